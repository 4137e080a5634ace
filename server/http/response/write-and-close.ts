// A response after which the connection closes although the client may still be sending: closing at once would reset
// the connection, and the client would lose the response.
import type { Socket } from "node:net";
import { dropBodyMs, lingerMs } from "../front/http-limits.js";
import type { SentResponse } from "./response-writer.js";

/** Resolves when the kernel has the whole response, or the connection is closed. */
export function writeAndClose(
  socket: Socket,
  { head, framing }: Pick<SentResponse, "head" | "framing">,
  body: Uint8Array,
): Promise<void> {
  const sent = new Promise<void>((resolve) => {
    socket.once("close", () => resolve()).once("finish", () => resolve());
  });
  if (socket.writable) {
    socket.cork();
    socket.write(head, "latin1");
    if (framing !== "none") socket.write(body);
    socket.uncork();
    socket.end();
  }
  linger(socket);
  return sent;
}

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
