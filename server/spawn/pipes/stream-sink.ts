// The script's stdin over a Node stream, for the portable start: like `PipeSink`, but `written` counts whole pieces.
import type { Socket } from "node:net";
import type { Sink } from "../start.js";

/** A sink that can be closed while bytes still wait in it. */
export interface ClosableSink extends Sink {
  close(): void;
}

const pieceBytes = 64 << 10;

export class StreamSink implements ClosableSink {
  readonly #stream: Socket;
  readonly #onDrain: () => void;
  #written = 0;
  #isBroken = false;
  #isEnding = false;
  #waiting = 0;

  /** Takes ownership of the stream. */
  constructor(stream: Socket, onDrain: () => void) {
    this.#stream = stream;
    this.#onDrain = onDrain;
    stream.on("error", () => {
      this.#isBroken = true; // EPIPE: a script need not read its body
    });
    stream.on("close", () => {
      if (!this.#isEnding) this.#isBroken = true;
    });
  }

  get written(): number {
    return this.#written;
  }

  get broken(): boolean {
    return this.#isBroken;
  }

  /** A socket does not tell. */
  unread(): null {
    return null;
  }

  write(bytes: Uint8Array): boolean {
    if (this.#isBroken || this.#isEnding) return true;
    for (let from = 0; from < bytes.length; from += pieceBytes)
      this.#writePiece(bytes.subarray(from, from + pieceBytes));
    return this.#waiting === 0;
  }

  end(): void {
    this.#isEnding = true;
    this.#stream.end();
  }

  close(): void {
    this.#isEnding = true;
    if (this.#waiting > 0) this.#isBroken = true;
    this.#stream.destroy();
  }

  #writePiece(piece: Uint8Array): void {
    this.#waiting++;
    this.#stream.write(piece, (error) => {
      this.#waiting--;
      if (error) this.#isBroken = true;
      else this.#written += piece.length;
      if (this.#waiting === 0 && !this.#isEnding) this.#onDrain();
    });
  }
}
