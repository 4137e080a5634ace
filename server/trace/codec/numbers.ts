// The numbers of a trace's record, 32 bits each, read back in the order in which they were written.
import { recordHead, recordHeadBytes } from "./record.js";

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

export class NumberWriter {
  #numbers = new Int32Array(256);
  #count = 0;

  begin(): void {
    this.#count = 0;
  }

  /** A whole number of 32 bits. */
  integer(value: number): void {
    if (this.#count === this.#numbers.length) this.#grow();
    this.#numbers[this.#count++] = value;
  }

  /** Any number, exactly, or null. */
  double(value: number | null): void {
    double[0] = value ?? Number.NaN;
    this.integer(halves[0] ?? 0);
    this.integer(halves[1] ?? 0);
  }

  /** What was written since `begin`; it holds until the next one. */
  bytes(): Uint8Array {
    return new Uint8Array(this.#numbers.buffer, 0, 4 * this.#count);
  }

  #grow(): void {
    const more = new Int32Array(2 * this.#numbers.length);
    more.set(this.#numbers);
    this.#numbers = more;
  }
}

/** Reads the numbers of one record. @throws RangeError behind its last one */
export class NumberReader {
  readonly #data: Buffer;
  readonly #end: number;
  #at: number;

  constructor({ data, at }: { readonly data: Buffer; readonly at: number }) {
    this.#data = data;
    this.#at = at + recordHeadBytes;
    this.#end = this.#at + 4 * data.readUInt32LE(at + 4 * recordHead.numbers);
  }

  integer(): number {
    if (this.#at >= this.#end) throw new RangeError("a record has too few numbers");
    const value = this.#data.readInt32LE(this.#at);
    this.#at += 4;
    return value;
  }

  double(): number {
    return this.doubleOrNull() ?? 0;
  }

  doubleOrNull(): number | null {
    halves[0] = this.integer();
    halves[1] = this.integer();
    const value = double[0] ?? 0;
    return Number.isNaN(value) ? null : value;
  }
}
