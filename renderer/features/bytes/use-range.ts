// A few bytes from within a stream, such as its end; again when the range or the connection changes.
import type { StreamName } from "../../../server/contract/trace.js";
import { useLoaded } from "../../platform/use-loaded.js";
import { bodyRange } from "../../rpc/store.js";

/** The bytes `[from, from + length)` as captured; null until they are here (or when they cannot be had any more). */
export function useRange(traceId: string, stream: StreamName, from: number, length: number): Uint8Array | null {
  // A trace that the server no longer holds: the place stays empty, and the stream's own tab shows the reason.
  return useLoaded(`${traceId} ${stream} ${from} ${length}`, () => bodyRange(traceId, stream, from, length)).value;
}
