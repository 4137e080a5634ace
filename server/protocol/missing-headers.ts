// What the sender of a composed request puts into its head by itself, each only where it is missing: used where
// it is sent, and where it is shown before.
import { firstValue } from "./header-values.js";
export interface AddedHeader {
  readonly name: string;
  readonly value: string;
  /** A plain sentence's end. */
  readonly why: string;
}

export interface MissingHeaders {
  /** In front of what was composed. */
  readonly before: readonly AddedHeader[];
  readonly after: readonly AddedHeader[];
}

/** `bodyBytes`: null without a body, "unknown" when it is sent in chunks. */
export function missingHeaders(
  given: readonly (readonly [string, string])[],
  host: string,
  bodyBytes: number | "unknown" | null,
): MissingHeaders {
  const has = (name: string): boolean => firstValue(given, name) !== null;
  const before = has("host") ? [] : [{ name: "Host", value: host, why: "HTTP/1.1 requires it (RFC 9112 §3.2)" }];
  const after: AddedHeader[] = [];
  if (bodyBytes !== null && !has("content-length") && !has("transfer-encoding")) {
    if (bodyBytes === "unknown")
      after.push({ name: "Transfer-Encoding", value: "chunked", why: "the body’s length is not known before" });
    else after.push({ name: "Content-Length", value: String(bodyBytes), why: "the body’s length in bytes" });
  }
  if (!has("connection"))
    after.push({ name: "Connection", value: "close", why: "one request on a connection of its own" });
  return { before, after };
}

/** The Host field's value for an address. */
export const hostField = (host: string, port: number): string => `${host.includes(":") ? `[${host}]` : host}:${port}`;
