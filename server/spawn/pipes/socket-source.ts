// A stream that the script writes: bytes with the time of their read, pausable, ended exactly once. While it is paused,
// at most one read (64 KiB) waits here, then the pipe fills, then the script waits.
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

  /** Takes ownership of the socket. */
  constructor(socket: Socket, onData: OnBytes, onEnd: (at: number) => void) {
    this.#socket = socket;
    this.#onEnd = onEnd;
    socket.on("data", (bytes: Buffer) => {
      if (this.#isPaused) {
        socket.pause(); // child_process resumes the socket when the process exits
        socket.unshift(bytes);
      } else if (!onData(bytes, performance.now())) {
        this.pause();
      }
    });
    socket.on("end", this.#end);
    socket.on("close", this.#end);
    socket.on("error", () => {
      // a pipe's only error is its end; "close" follows
    });
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  pause(): void {
    this.#isPaused = true;
    this.#socket.pause();
  }

  /** Bytes that were read wait here, or may: while it is paused. */
  get holdsBytes(): boolean {
    return this.#isPaused || this.#socket.readableLength > 0;
  }

  look(): boolean {
    return false; // the event loop delivers what has arrived
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

/** Opens a child's output that arrives through this socket. */
export function fromSocket(socket: Socket): (onData: OnBytes, onEnd: (at: number) => void) => SocketSource {
  return (onData, onEnd) => new SocketSource(socket, onData, onEnd);
}
