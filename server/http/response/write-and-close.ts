// An answer after which the connection closes although the client may still be sending: written past node:http, which would
// either wait for the rest or reset the connection, and the client would lose the answer.
import type { Socket } from "node:net";
import { byteString, toBytes } from "../../protocol/byte-string.js";
import type { Framed } from "../../protocol/framing.js";
import { lingerMs } from "../front/http-limits.js";

/** Resolves when the answer went to the system, or the connection is gone. */
export function writeAndClose(socket: Socket, framed: Framed, body: Uint8Array): Promise<void> {
  const lines = [
    `HTTP/1.1 ${framed.status} ${framed.reason}`,
    ...framed.headers.map(([name, value]) => `${name}: ${value}`),
    "",
    "",
  ];
  const sent = new Promise<void>((resolve) => {
    socket.once("close", () => resolve()).once("finish", () => resolve());
  });
  if (socket.writable) {
    socket.write(toBytes(byteString(lines.join("\r\n"))));
    if (framed.framing !== "none") socket.write(body);
    socket.end();
  }
  linger(socket);
  return sent;
}

/** Reads on for a moment, then closes. */
export function linger(socket: Socket): void {
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), lingerMs).unref();
  socket.once("end", () => socket.destroySoon()).once("close", () => clearTimeout(timer));
  if (socket.readableEnded) socket.destroySoon();
}
