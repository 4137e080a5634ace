// Sends bytes to the script origin over a plain socket, exactly as they are: nothing is added, nothing is checked. For
// requests that are malformed on purpose, and several on one connection.
import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { Pacing } from "../formats/probes/probe.js";
import type { TraceRecord } from "../trace/trace-record.js";
import { claimSocket, type Destination, openSocket, type RequestDecisions, type SendOptions } from "./send-request.js";

export interface RawSending {
  readonly bytes: Uint8Array;
  /** Our side is closed after the last byte, so that the server closes after its last answer. */
  readonly halfClose: boolean;
  /** Null: all at once. */
  readonly pacing: Pacing | null;
}

/** Resolves when the connection is closed, with the traces the bytes became, in order. */
export async function sendRaw(
  to: Destination,
  { bytes, halfClose, pacing }: RawSending,
  override: RequestDecisions,
  { signal, onTrace }: Pick<SendOptions, "signal" | "onTrace">,
): Promise<readonly TraceRecord[]> {
  signal?.throwIfAborted();
  const socket = await openSocket(to);
  // A reset is an end like any other: the server does not wait for the rest of what it refused.
  const closed = new Promise<void>((resolve) => {
    socket
      .once("error", () => resolve())
      .once("end", resolve)
      .once("close", () => resolve());
  });
  const { traces, release } = claimSocket(socket, to, override, { signal, onTrace });
  try {
    socket.resume();
    await Promise.race([closed, write(socket, bytes, pacing)]);
    if (halfClose && socket.writable) socket.end();
    await closed;
  } finally {
    socket.destroy();
    release();
  }
  return traces;
}

/** Resolves when the last byte was handed to the socket, or when that was closed. */
async function write(socket: Socket, bytes: Uint8Array, pacing: Pacing | null): Promise<void> {
  const { pieceBytes, pauseMs } = pacing ?? { pieceBytes: Math.max(bytes.length, 1), pauseMs: 0 };
  for (let from = 0; from < bytes.length && socket.writable; from += pieceBytes) {
    if (from > 0) await pause(pauseMs, null, { ref: false });
    socket.write(bytes.subarray(from, from + pieceBytes));
  }
}
