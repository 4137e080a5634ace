// A trace's response as the preview's rules see it, and the address it has in a browser.
import type { TraceView } from "../../../server/contract/trace.js";
import type { RecordedAnswer } from "../../../server/protocol/preview-eligibility.js";
import { addressOf } from "../../../server/protocol/script-address.js";
import { readable, toByteString } from "../../format/bytes-text.js";

/** Null when there is no response, or its request names no page. `origin`: where a browser reaches the scripts. */
export function recordedAnswer({ request, response }: TraceView, origin: string): RecordedAnswer | null {
  const address = addressOf(toByteString(request.target), origin);
  if (!response || !address) return null;
  return {
    method: readable(request.method),
    url: address.href,
    status: response.status,
    headers: response.headers.map(([name, value]) => [readable(name), readable(value)]),
    bodyBytes: response.body.bytes,
    capturedBytes: response.body.captured,
  };
}
