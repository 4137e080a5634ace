// Whether a recorded request can be sent again, and why it sometimes cannot.
import type { TraceView } from "../../../server/contract/trace.js";

/** A sentence; null when it can. */
export function whyNotAgain({ request }: Pick<TraceView, "request">): string | null {
  if (request.head === "" && request.method === "") return "No byte of this request was read.";
  return request.body.captured < request.body.bytes ? "Only the beginning of its request body was kept." : null;
}
