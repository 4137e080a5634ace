// A stream the script writes: bytes with the time they were read, pausable, ended exactly once. While paused at most one read's worth
// (64 KiB) waits here, then the pipe fills, then the script waits.
import type { Socket } from "node:net";
import type { Source } from "./start.js";

export class PipeSource implements Source {
  readonly #socket: Socket;
  readonly #onEnd: (at: number) => void;
  #isPaused = false;
  #hasEnded = false;

  /** Takes the socket over. `onData` returns false to pause. */
  constructor(socket: Socket, onData: (bytes: Uint8Array, at: number) => boolean, onEnd: (at: number) => void) {
    this.#socket = socket;
    this.#onEnd = onEnd;
    socket.on("data", (bytes: Buffer) => {
      if (this.#isPaused) {
        socket.pause(); // somebody else resumed it: child_process does so when the process exits
        socket.unshift(bytes);
      } else if (!onData(bytes, performance.now())) {
        this.#isPaused = true;
        socket.pause();
      }
    });
    socket.on("end", this.#end);
    socket.on("close", this.#end);
    socket.on("error", () => {
      // a pipe has no error that is not its end; "close" follows
    });
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  resume(): void {
    this.#isPaused = false;
    this.#socket.resume();
  }

  close(): void {
    this.#socket.destroy();
  }

  readonly #end = (): void => {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#onEnd(performance.now());
  };
}
