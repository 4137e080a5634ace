// Printing what comes from a socket no faster than it is read (`| less`), and no further once nobody reads it (`| head`).
import type { Socket } from "node:net";

/** Call what this returns after each write to standard output. */
export function paced(socket: Socket): () => void {
  process.stdout.once("error", () => socket.destroy());
  return () => {
    if (!process.stdout.writableNeedDrain || socket.isPaused()) return;
    socket.pause();
    process.stdout.once("drain", () => socket.resume());
  };
}
