// A request's body as its connection delivers it: without its transfer coding, and only as fast as a reader takes it.
// Without a reader, no byte of it is read from the socket.
import type { Writable } from "node:stream";
import { paced } from "../../base/pacer.js";
import type { BodyFraming } from "../../protocol/http1/body-framing.js";
import { ChunkedReader } from "../../protocol/http1/chunked-reader.js";
import type { RequestFault } from "../../protocol/http1/request-fault.js";
import type { HeaderPair } from "../../protocol/request.js";
import type { HeldBytes } from "./held-bytes.js";

interface BodyListener {
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
  readonly held: HeldBytes;
  readonly #chunked: ChunkedReader | null;
  readonly #onFlow: () => void;
  #listener: BodyListener | null = null;
  #left: number;
  #isPaused = false;
  #isBroken = false;
  #waitingBytes = 0;
  #takenBytes = 0;
  /** Passes bytes to the reader at a slow network's rate. */
  #paced: Writable | null = null;

  /** `onFlow`: bytes are wanted again. `held`: where bytes are counted that wait for the script. */
  constructor(framing: BodyFraming, onFlow: () => void, held: HeldBytes) {
    this.held = held;
    this.framing = framing;
    this.#chunked = framing.kind === "chunked" ? new ChunkedReader() : null;
    this.#left = framing.kind === "length" ? framing.bytes : 0;
    this.#onFlow = onFlow;
  }

  /** Every byte came; so it is with a request that has no body. */
  get isComplete(): boolean {
    return this.#chunked ? this.#chunked.isDone : this.#left === 0;
  }

  /** A reader takes bytes now. */
  get isFlowing(): boolean {
    return this.#listener !== null && !this.#isPaused && !this.#isBroken && this.isPassedOn;
  }

  /** Nothing more of it can be read: its coding is broken, or it was discarded. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** Somebody reads it, if not at the moment. What is dropped, nobody reads. */
  get hasReader(): boolean {
    return this.#listener !== null && this.#listener !== nobody;
  }

  /** Everything behind the head belongs to it, until the connection closes. */
  get isUpgraded(): boolean {
    return this.#left === Number.POSITIVE_INFINITY;
  }

  /** The request has no body, and the client speaks another protocol from now on (RFC 9110 §7.8). */
  upgrade(): void {
    this.#left = Number.POSITIVE_INFINITY;
  }

  /** A reader waits for bytes that have not come. */
  get isAwaited(): boolean {
    return this.isFlowing && this.hasReader && !this.isComplete && !this.isUpgraded;
  }

  /** Bytes read of the body, its transfer coding included. */
  get takenBytes(): number {
    return this.#takenBytes;
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
    if (this.isComplete && this.isPassedOn) listener.end();
    else if (this.#isBroken) listener.broken();
    else this.resume();
  }

  /** `waitingBytes`: what was taken last waits for the script until `resume` or `release`. */
  pause(waitingBytes: number): void {
    this.release();
    this.#isPaused = true;
    this.#waitingBytes = waitingBytes;
    this.held.add(waitingBytes, null);
  }

  /** Nothing that was taken waits any more. */
  release(): void {
    this.held.release(this.#waitingBytes, null);
    this.#waitingBytes = 0;
  }

  resume(): void {
    this.release();
    this.#isPaused = false;
    if (this.isFlowing && !this.isComplete) this.#onFlow();
  }

  /** From now on the reader gets so many bytes a second. */
  slowDown(bytesPerSecond: number): void {
    const send = (piece: Uint8Array): void => this.#listener?.bytes(piece);
    this.#paced = paced(bytesPerSecond, send, () => this.#isPaused || this.#listener === null);
    this.#paced.on("drain", () => {
      if (this.isComplete) this.#listener?.end();
      else if (!this.#isPaused) this.resume(); // else its reader says when
    });
  }

  /** No byte that was read waits for a slow network. */
  get isPassedOn(): boolean {
    return (this.#paced?.writableLength ?? 0) === 0;
  }

  /** What still comes is read and dropped. */
  discard(): void {
    this.#paced?.destroy();
    this.#paced = null;
    this.#listener = nobody;
    this.resume();
  }

  /**
   * For the connection: takes what belongs to the body from `piece`, as copies;
   * returns the offset of the first byte after it.
   */
  take(piece: Uint8Array, from: number): number {
    const listener = this.#listener ?? nobody;
    const give = (bytes: Uint8Array) => (this.#paced ? this.#paced.write(bytes) : listener.bytes(bytes));
    let to: number;
    if (this.#chunked) {
      const stretches: number[] = [];
      to = this.#chunked.read(piece, from, (start, end) => {
        stretches.push(start, end);
        return true;
      });
      if (stretches.length > 0) give(joined(piece, stretches));
    } else {
      to = Math.min(piece.length, from + this.#left);
      this.#left -= to - from;
      give(part(piece, from, to));
    }
    this.#takenBytes += to - from;
    if (this.isComplete && this.isPassedOn) listener.end();
    return to;
  }

  /** For the connection: nothing more will come. */
  break(): void {
    if (this.isComplete || this.#isBroken) return;
    this.#paced?.destroy();
    this.#isBroken = true;
    this.#listener?.broken();
  }
}

/** `[from, to)` of what was read, as a copy: the memory is used for the next read. */
const part = (piece: Uint8Array, from: number, to: number): Uint8Array => new Uint8Array(piece.subarray(from, to));

/**
 * The data of all chunks in one read, as one piece: a body in chunks of one byte
 * must not cost an object for each of them.
 */
function joined(piece: Uint8Array, stretches: readonly number[]): Uint8Array {
  if (stretches.length === 2) return part(piece, stretches[0] ?? 0, stretches[1] ?? 0);
  let length = 0;
  for (let i = 0; i < stretches.length; i += 2) length += (stretches[i + 1] ?? 0) - (stretches[i] ?? 0);
  const all = new Uint8Array(length);
  for (let i = 0, at = 0; i < stretches.length; i += 2) {
    const [from = 0, to = 0] = [stretches[i], stretches[i + 1]];
    all.set(piece.subarray(from, to), at);
    at += to - from;
  }
  return all;
}
