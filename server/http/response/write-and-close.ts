// A response after which the connection closes although the client may still be sending: closing at once would reset
// the connection, and the client would lose the response.
import type { Socket } from "node:net";
import { linger } from "../front/linger.js";
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
