// The status line that a client got. The gateway writes its own, in HTTP/1.1; an NPH script's goes out as the script
// wrote it, if it wrote one (RFC 3875 §5).
import type { Span } from "../contract/trace.js";
import { fromBytes } from "./byte-string.js";

/** A trace, or what of it matters here. */
interface Responded {
  readonly script: { readonly kind: string; readonly spans: readonly Span[] } | null;
  readonly response: { readonly status: number } | null;
}

/** Where an NPH script's status line is in its stdout; null: the client got none, or the gateway's. */
export function ownStatusLine({ script }: Responded): Span | null {
  return script?.kind === "nph" ? (script.spans.find(({ is }) => is === "status-line") ?? null) : null;
}

/**
 * The version in the status line that the client got; null: it got none. `own`: the bytes of `ownStatusLine`, without
 * which an NPH script's version is "".
 */
export function sentVersion(trace: Responded, own: Uint8Array | null): string | null {
  const { script, response } = trace;
  if (ownStatusLine(trace) !== null) return own === null ? "" : (fromBytes(own).split(/[ \t]/, 1)[0] ?? "");
  return script?.kind === "nph" || response === null || response.status === 0 ? null : "HTTP/1.1";
}
