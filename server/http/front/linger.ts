// Closing a connection whose client may still be sending.
import type { Socket } from "node:net";
import { dropBodyMs, lingerMs } from "./http-limits.js";

/** Reads on while bytes come, but not for ever, then closes. */
export function linger(socket: Socket): void {
  socket.resume();
  const until = performance.now() + dropBodyMs;
  let { bytesRead } = socket;
  const timer = setInterval(() => {
    if (socket.bytesRead === bytesRead || performance.now() > until) socket.destroy();
    else bytesRead = socket.bytesRead;
  }, lingerMs).unref();
  socket.once("end", () => socket.destroySoon()).once("close", () => clearInterval(timer));
  if (socket.readableEnded) socket.destroySoon();
}
