// Prints what a socket delivers no faster than it is read (`| less`), and stops when the reader has closed (`| head`).
import type { Socket } from "node:net";

/** Call the returned function after each write to standard output. */
export function paced(socket: Socket): () => void {
  process.stdout.once("error", () => socket.destroy());
  return () => {
    if (!process.stdout.writableNeedDrain || socket.isPaused()) return;
    socket.pause();
    process.stdout.once("drain", () => socket.resume());
  };
}
