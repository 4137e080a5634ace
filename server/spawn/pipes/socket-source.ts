// A stream the script writes: bytes with the time they were read, pausable, ended exactly once. While paused at most one read's worth
// (64 KiB) waits here, then the pipe fills, then the script waits.
import type { Socket } from "node:net";
import type { Source } from "../start.js";

/** Returns false to pause. */
export type OnBytes = (bytes: Uint8Array, at: number) => boolean;
export interface EndingSource extends Source {
  readonly hasEnded: boolean;
}

export class SocketSource implements EndingSource {
  readonly #socket: Socket;
  readonly #onEnd: (at: number) => void;
  #isPaused = false;
  #hasEnded = false;

  /** Takes the socket over. */
  constructor(socket: Socket, onData: OnBytes, onEnd: (at: number) => void) {
    this.#socket = socket;
    this.#onEnd = onEnd;
    socket.on("data", (bytes: Buffer) => {
      if (this.#isPaused) {
        socket.pause(); // somebody else resumed it: child_process does so when the process exits
        socket.unshift(bytes);
      } else if (!onData(bytes, performance.now())) {
        this.pause();
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

  pause(): void {
    this.#isPaused = true;
    this.#socket.pause();
  }

  look(): void {
    // the loop passes on what has come
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

/** How a child's output is opened that comes through this socket. */
export function fromSocket(socket: Socket): (onData: OnBytes, onEnd: (at: number) => void) => SocketSource {
  return (onData, onEnd) => new SocketSource(socket, onData, onEnd);
}
