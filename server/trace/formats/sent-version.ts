// The version in the status line that the client got, of a trace in an exported form.
import type { TraceJson } from "../../contract/trace.js";
import { ownStatusLine, sentVersion } from "../../protocol/status-line.js";

/** Null: it got no status line. */
export function sentVersionOf(trace: TraceJson): string | null {
  const own = ownStatusLine(trace);
  return sentVersion(trace, own && Buffer.from(trace.stdout?.base64 ?? "", "base64").subarray(own.from, own.to));
}
