// Which sequences of three bytes the bodies of a segment hold, as a set of bits, so that a search reads
// only the segments that may hold its text. The set never misses one that is there; it may have one that is
// not, since several sequences share a bit.

const gramBytes = 3;
/** A set has 2 ** 9 to 2 ** 16 bits: 64 bytes to 8 KiB. */
const leastBits = 9;
const mostBits = 16;
/** The set is made so large that no more of its bits are set, as long as it may be. */
const maxFill = 0.25;
/** The beginning alone of a longer text is compared. */
const maxGrams = 64;

/**
 * The bit of three bytes, as one number, in a set of 2 ** `mostBits` bits. In a
 * set half as large two neighbours are one.
 */
const bitOf = (gram: number): number => Math.imul(gram, 0x9e3779b1) >>> (32 - mostBits);

/** Collects the sequences of one segment after the other. */
export class BodyGrams {
  /** A byte for each bit: that is faster to write. */
  readonly #seen = new Uint8Array(1 << mostBits);
  /** The same, four of them at a time. */
  readonly #fours = new Uint32Array(this.#seen.buffer);

  add(body: Uint8Array): void {
    const seen = this.#seen;
    let gram = ((body[0] ?? 0) << 8) | (body[1] ?? 0);
    for (let i = gramBytes - 1; i < body.length; i++) {
      gram = ((gram << 8) | (body[i] ?? 0)) & 0xffffff;
      seen[bitOf(gram)] = 1;
    }
  }

  /** The set of what was added since the last call. */
  take(): Uint8Array {
    const seen = this.#seen;
    const found: number[] = [];
    const fours = this.#fours;
    for (let index = 0; index < fours.length; index++) {
      if (fours[index] === 0) continue;
      for (let bit = 4 * index; bit < 4 * index + 4; bit++) if (seen[bit] === 1) found.push(bit);
    }
    seen.fill(0);
    let size = leastBits;
    while (size < mostBits && found.length > maxFill * 2 ** size) size++;
    const bits = new Uint8Array(1 << (size - 3));
    for (const bit of found) {
      const at = bit >>> (mostBits - size);
      bits[at >>> 3] = (bits[at >>> 3] ?? 0) | (1 << (at & 7));
    }
    return bits;
  }
}

/** A text that is searched for. */
export class WantedGrams {
  readonly #bits: readonly number[];

  constructor(needle: Uint8Array) {
    const count = Math.min(maxGrams, needle.length - gramBytes + 1);
    this.#bits = Array.from({ length: Math.max(0, count) }, (_, at) => {
      const [a = 0, b = 0, c = 0] = needle.subarray(at, at + gramBytes);
      return bitOf((a << 16) | (b << 8) | c);
    });
  }

  /** A text of fewer than three bytes has none: it may be in any body. */
  get hasAny(): boolean {
    return this.#bits.length > 0;
  }

  /** False: no body of the segment holds the text. */
  mayBeIn(bits: Uint8Array): boolean {
    const shift = mostBits - Math.log2(bits.length * 8);
    return this.#bits.every((bit) => ((bits[bit >>> (shift + 3)] ?? 0) >>> ((bit >>> shift) & 7)) & 1);
  }
}
