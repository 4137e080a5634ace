// The numbers of compact traces, many rows in one piece of memory. In an object most of them would be objects of their
// own, which the garbage collector copies.

/** The numbers of one trace: those of `numbers` from `from` on. The first says how many there are, itself included. */
export interface PackedRow {
  readonly numbers: Int32Array;
  readonly from: number;
}

const none = -1;
/** Longer times, in ms, do not fit into a row. */
export const longestMs = (2 ** 31 - 1) / 1000;

/** No row has more numbers. */
const maxRowLength = 64;
const pageLength = 2048;

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

/** Writes rows: numbers one after the other, read back in the same order. */
export class NumberPages {
  #page = new Int32Array(pageLength);
  #rowFrom = 0;
  #end = 0;

  /** Begins a row. */
  begin(): void {
    if (this.#end + maxRowLength > pageLength) {
      this.#page = new Int32Array(pageLength);
      this.#end = 0;
    }
    this.#rowFrom = this.#end++;
  }

  /** A whole number from 0 on, or null. */
  integer(value: number | null): void {
    this.#page[this.#end++] = value ?? none;
  }

  /** A time up to `longestMs`, kept in whole microseconds, or null. Times before 0 are kept as null. */
  time(ms: number | null): void {
    this.#page[this.#end++] = ms !== null && ms >= 0 ? Math.round(ms * 1000) : none;
  }

  /** Any number, exactly. */
  double(value: number): void {
    double[0] = value;
    this.#page[this.#end++] = halves[0] ?? 0;
    this.#page[this.#end++] = halves[1] ?? 0;
  }

  end(): PackedRow {
    this.#page[this.#rowFrom] = this.#end - this.#rowFrom;
    return { numbers: this.#page, from: this.#rowFrom };
  }
}

/** The row alone, as bytes. */
export const rowBytes = ({ numbers, from }: PackedRow): Uint8Array =>
  new Uint8Array(numbers.buffer, numbers.byteOffset + 4 * from, 4 * (numbers[from] ?? 0));

/** Reads a row in the order in which it was written. */
export class RowReader {
  readonly #numbers: Int32Array;
  #at: number;

  constructor({ numbers, from }: PackedRow) {
    this.#numbers = numbers;
    this.#at = from + 1;
  }

  integer(): number | null {
    const value = this.#next();
    return value === none ? null : value;
  }

  /** An integer that was not null. */
  count(): number {
    return this.#next();
  }

  /** ms. */
  time(): number | null {
    const micros = this.#next();
    return micros === none ? null : micros / 1000;
  }

  double(): number {
    halves[0] = this.#next();
    halves[1] = this.#next();
    return double[0] ?? 0;
  }

  #next(): number {
    return this.#numbers[this.#at++] ?? none;
  }
}
