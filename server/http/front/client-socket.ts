// A client's connection as a socket that reads into memory of ours. Node allocates 64 KiB for each read of a
// socket that its server made, and enters its queue of ticks after it: a tenth of the processor time of a
// FastCGI request. Only a socket that is made with `onread` is read otherwise, and a server makes none, so
// the connection gets a socket of its own.
import { Socket } from "node:net";

/** For the reads of all clients: what is to be kept is copied before the next. */
const scratch = Buffer.allocUnsafeSlow(64 << 10);

/**
 * `accepted` must be paused (`pauseOnConnect`). `onBytes` is called with what came, which holds until it returns,
 * and never before this has returned. To move a connection to another socket, its `_handle` is needed, which Node
 * does not document: without one, it stays.
 */
export function clientSocket(accepted: Socket, onBytes: (bytes: Uint8Array) => void): Socket {
  const handle: unknown = Reflect.get(accepted, "_handle");
  if (typeof handle !== "object" || handle === null) return accepted.on("data", onBytes).resume();
  Reflect.set(accepted, "_handle", null);
  const onread = {
    buffer: scratch,
    callback: (length: number): boolean => {
      onBytes(scratch.subarray(0, length));
      return true;
    },
  };
  const options = { handle, allowHalfOpen: true, onread };
  const socket = new Socket(options);
  socket.once("close", () => accepted.destroy()); // its server counts it
  return socket.resume();
}
