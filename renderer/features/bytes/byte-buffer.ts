// The captured bytes of a stream as far as they are here: one allocation, filled by ranges of 256 KiB in any order.

/** Bytes asked for at a time (measured: 64 KiB costs a round trip too many, 1 MiB is no faster on a MessagePort). */
export const rangeBytes = 256 * 1024;

export class ByteBuffer {
  #bytes: Uint8Array;
  readonly #filled = new Map<number, number>();

  /** `length`: bytes that can be had. */
  constructor(length: number) {
    this.#bytes = new Uint8Array(length);
  }

  get bytes(): Uint8Array {
    return this.#bytes;
  }
  get length(): number {
    return this.#bytes.length;
  }
  /** Bytes that are here, all in all. */
  get loaded(): number {
    let sum = 0;
    for (const length of this.#filled.values()) sum += length;
    return sum;
  }
  /** Bytes that are here without a gap from the beginning. */
  get prefix(): number {
    let at = 0;
    for (let range = 0; ; range++) {
      const length = this.#filled.get(range) ?? 0;
      at += length;
      if (length < rangeBytes) return at;
    }
  }

  /** More was captured meanwhile: a range that was short is asked for again. */
  grow(length: number): void {
    if (length <= this.length) return;
    const larger = new Uint8Array(length);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }

  /** Whether the bytes `[from, to)` are here. */
  has(from: number, to: number): boolean {
    for (let range = Math.floor(from / rangeBytes); range * rangeBytes < to; range++) {
      const end = Math.min(to, this.length) - range * rangeBytes;
      if ((this.#filled.get(range) ?? 0) < Math.min(rangeBytes, end)) return false;
    }
    return true;
  }

  /** The next range to ask for, those around `wanted` first; null when everything is here. */
  nextMissing(wanted: { readonly from: number; readonly to: number }): number | null {
    const ranges = Math.ceil(this.length / rangeBytes);
    for (let range = Math.floor(wanted.from / rangeBytes); range < ranges && range * rangeBytes < wanted.to; range++)
      if (this.#isShort(range)) return range;
    for (let range = 0; range < ranges; range++) if (this.#isShort(range)) return range;
    return null;
  }

  /** Puts the bytes of a range in their place; surplus bytes belong to a stream that grew meanwhile. */
  put(range: number, bytes: Uint8Array): void {
    const from = range * rangeBytes;
    const length = Math.min(bytes.length, this.length - from, rangeBytes);
    if (length <= 0) return;
    this.#bytes.set(bytes.subarray(0, length), from);
    this.#filled.set(range, length);
  }

  #isShort(range: number): boolean {
    return (this.#filled.get(range) ?? 0) < Math.min(rangeBytes, this.length - range * rangeBytes);
  }
}
