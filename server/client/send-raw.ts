// Sends bytes to the script origin over a plain socket, exactly as they are: nothing is added, nothing is checked. For requests that
// are malformed on purpose, and several on one connection.
import type { TraceRecord } from "../trace/trace-record.js";
import type { RequestOverride } from "./request-overrides.js";
import { type Destination, openSocket } from "./send-request.js";

export interface RawSending {
  readonly bytes: Uint8Array;
  /** Our side is closed after the last byte, so that the server closes after its last answer. */
  readonly halfClose: boolean;
}

/** Resolves when the connection is closed, with the traces the bytes became, in order; aborting closes it. */
export async function sendRaw(
  to: Destination,
  { bytes, halfClose }: RawSending,
  override: Omit<RequestOverride, "onTrace">,
  { signal }: { readonly signal: AbortSignal },
): Promise<readonly TraceRecord[]> {
  const socket = await openSocket(to);
  const traces: TraceRecord[] = [];
  const release = to.overrides.register(socket.localPort ?? 0, { ...override, onTrace: (trace) => traces.push(trace) });
  const abort = (): void => {
    socket.destroy();
  };
  signal.addEventListener("abort", abort);
  try {
    if (signal.aborted) abort();
    // A reset is an end like any other: the server does not wait for the rest of what it refused.
    const closed = new Promise<void>((resolve) => {
      socket
        .once("error", () => resolve())
        .once("end", resolve)
        .once("close", () => resolve());
    });
    socket.resume();
    if (halfClose) socket.end(bytes);
    else socket.write(bytes);
    await closed;
  } finally {
    signal.removeEventListener("abort", abort);
    socket.destroy();
    release();
  }
  return traces;
}
