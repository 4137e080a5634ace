// A trace and the bytes of its streams, read from the server.
import { maxRangeBytes } from "../../../server/contract/limits.js";
import type { StreamName, TraceView } from "../../../server/contract/trace.js";
import { bodyRange, connected } from "../../rpc/store.js";

export async function readTrace(id: string): Promise<TraceView> {
  return connected().traces.get({ id });
}

/**
 * The first `length` captured bytes of a stream, of which `known` are there already. Rejects when they are no longer
 * there, or when the signal aborts.
 */
export async function readStream(
  id: string,
  stream: StreamName,
  length: number,
  signal?: AbortSignal,
  known?: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  if (known) bytes.set(known);
  for (let at = known?.length ?? 0; at < length; ) {
    signal?.throwIfAborted();
    const piece = await bodyRange(id, stream, at, Math.min(maxRangeBytes, length - at));
    if (piece.length === 0) throw new Error(`The server no longer holds the bytes of ${stream}.`);
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
