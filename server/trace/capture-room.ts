// What the streams of running requests keep, counted together: thousands of unfinished uploads must not end the server,
// whatever each of them may keep. A stream that finds no room passes its bytes on and keeps no more of them.

/** About what each kept write takes beside its bytes. */
export const pieceBytes = 160;

export class CaptureRoom {
  readonly #maxBytes: () => number;
  #bytes = 0;

  /** `maxBytes`: of all streams together, read each time. */
  constructor(maxBytes: () => number) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes that running requests keep, with what each piece takes beside them. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * How many of the next `bytes` of a stream may be kept. These are counted, with
   * `pieceBytes`, until they are given back.
   */
  take(bytes: number): number {
    const taken = Math.max(0, Math.min(bytes, this.#maxBytes() - this.#bytes - pieceBytes));
    if (taken > 0) this.#bytes += taken + pieceBytes;
    return taken;
  }

  give(bytes: number): void {
    this.#bytes -= bytes;
  }
}
