// Where the body begins in a script's output.
import type { Span } from "../../../server/contract/trace.js";

/** Where the body (or what was never read) begins: after the last span that is not body. */
export function bodyStart(spans: readonly Span[]): number {
  const body = spans.find((span) => span.is === "body");
  return body ? body.from : spans.reduce((end, span) => Math.max(end, span.to), 0);
}
