// Whether a recorded request can be sent again, and why it sometimes cannot.
import type { TraceView } from "../../../server/contract/trace.js";

/** A sentence; null when it can. */
export function whyNotAgain({ request }: Pick<TraceView, "request">): string | null {
  if (request.head === "" && request.method === "") return "Nothing of this request was read.";
  return request.body.captured < request.body.bytes ? "Only the beginning of its body was kept." : null;
}

/** Bytes as base64, in slices that no engine's argument limit minds. */
export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}
