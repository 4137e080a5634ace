// The numbers of a trace's record, 32 bits each, read back in the order in which they were written.
import { recordHead, recordHeadBytes } from "./record.js";

const none = -(2 ** 31);
const most = 2 ** 31 - 1;
/** Longer times, in ms, do not fit into 32 bits as whole microseconds. */
const longestMs = most / 1000;

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

export class NumberWriter {
  #numbers = new Int32Array(256);
  #count = 0;
  #perMs = 1000;

  /** `doneMs`: no time of the trace is later. Those of longer requests are kept in whole milliseconds. */
  begin(doneMs: number): void {
    this.#count = 0;
    this.#perMs = doneMs < longestMs ? 1000 : 1;
    this.integer(this.#perMs);
  }

  /** A whole number of 32 bits, or null. */
  integer(value: number | null): void {
    if (this.#count === this.#numbers.length) this.#grow();
    this.#numbers[this.#count++] = value ?? none;
  }

  /** ms, or null. */
  time(ms: number | null): void {
    this.integer(ms === null ? null : Math.min(Math.max(Math.round(ms * this.#perMs), none + 1), most));
  }

  /** Any number, exactly. */
  double(value: number): void {
    double[0] = value;
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

/** Reads the numbers of one record. */
export class NumberReader {
  readonly #data: Buffer;
  readonly #perMs: number;
  #at: number;

  constructor({ data, at }: { readonly data: Buffer; readonly at: number }) {
    this.#data = data;
    this.#at = at + recordHeadBytes;
    this.#perMs = data.readUInt32LE(at + 4 * recordHead.numbers) > 0 ? this.count() : 1;
  }

  integer(): number | null {
    const value = this.count();
    return value === none ? null : value;
  }

  /** A whole number that was not null. */
  count(): number {
    const value = this.#data.readInt32LE(this.#at);
    this.#at += 4;
    return value;
  }

  /** ms. */
  time(): number | null {
    const value = this.count();
    return value === none ? null : value / this.#perMs;
  }

  double(): number {
    halves[0] = this.count();
    halves[1] = this.count();
    return double[0] ?? 0;
  }
}
