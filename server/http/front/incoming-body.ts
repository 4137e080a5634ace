// A request's body as its connection brings it: without its transfer coding, and only as fast as somebody takes it. Until then not
// one byte of it is read from the socket.
import type { BodyFraming } from "../../protocol/http1/body-framing.js";
import { ChunkedReader } from "../../protocol/http1/chunked-reader.js";
import type { RequestFault } from "../../protocol/http1/request-fault.js";
import type { HeaderPair } from "../../protocol/request.js";

export interface BodyListener {
  bytes(piece: Uint8Array): void;
  /** Every byte came. */
  end(): void;
  /** The connection closed first, or the coding is broken. */
  broken(): void;
}

const nobody: BodyListener = { bytes: () => {}, end: () => {}, broken: () => {} };
const noTrailers: readonly HeaderPair[] = [];

export class IncomingBody {
  readonly framing: BodyFraming;
  readonly #chunked: ChunkedReader | null;
  readonly #onFlow: () => void;
  #listener: BodyListener | null = null;
  #left: number;
  #isPaused = false;
  #isBroken = false;

  /** `onFlow`: bytes are wanted again. */
  constructor(framing: BodyFraming, onFlow: () => void) {
    this.framing = framing;
    this.#chunked = framing.kind === "chunked" ? new ChunkedReader() : null;
    this.#left = framing.kind === "length" ? framing.bytes : 0;
    this.#onFlow = onFlow;
  }

  /** Every byte came; so it is with a request that has no body. */
  get isComplete(): boolean {
    return this.#chunked ? this.#chunked.isDone : this.#left === 0;
  }

  /** Somebody takes bytes now. */
  get isFlowing(): boolean {
    return this.#listener !== null && !this.#isPaused && !this.#isBroken;
  }

  get fault(): RequestFault | null {
    return this.#chunked?.fault ?? null;
  }

  /** Fields after a chunked body. */
  get trailers(): readonly HeaderPair[] {
    return this.#chunked?.trailers ?? noTrailers;
  }

  listen(listener: BodyListener): void {
    this.#listener = listener;
    if (this.isComplete) listener.end();
    else if (this.#isBroken) listener.broken();
    else this.resume();
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    if (this.isFlowing && !this.isComplete) this.#onFlow();
  }

  /** What still comes is read and dropped. */
  discard(): void {
    this.#listener = nobody;
    this.resume();
  }

  /** For the connection: takes what belongs to the body from `piece`; returns the offset of the first byte after it. */
  take(piece: Uint8Array, from: number): number {
    const listener = this.#listener ?? nobody;
    let to: number;
    if (this.#chunked)
      to = this.#chunked.read(piece, from, (start, end) => {
        listener.bytes(piece.subarray(start, end));
        return !this.#isPaused;
      });
    else {
      to = Math.min(piece.length, from + this.#left);
      this.#left -= to - from;
      listener.bytes(from === 0 && to === piece.length ? piece : piece.subarray(from, to));
    }
    if (this.isComplete) listener.end();
    return to;
  }

  /** For the connection: nothing more will come. */
  break(): void {
    if (this.isComplete || this.#isBroken) return;
    this.#isBroken = true;
    this.#listener?.broken();
  }
}
