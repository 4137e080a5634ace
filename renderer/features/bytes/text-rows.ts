// Where the rows of a text begin: after each line feed, and where a line is wider than the view. Built piece by piece while
// the bytes arrive, so that 8 MB never stall the window; offsets only, nothing is decoded before it is looked at.
import { columnsOf, lengthOf, stepOf } from "./characters.js";

/** Rows beyond this are not listed: a taller element than 30 million pixels is cut off by browsers. */
export const maxTextRows = 1_500_000;

export class TextRows {
  /** Begins of rows, ascending; `count` of them are in use. */
  #starts = new Uint32Array(1024);
  #count = 0;
  #next = 0;
  #column = 0;
  readonly #columns: number;
  readonly #step;
  readonly #lineFeed: readonly number[];

  /** `columns`: width of the view in characters. */
  constructor(charset: string, columns: number) {
    this.#columns = Math.max(8, columns);
    this.#step = stepOf(charset);
    this.#lineFeed = charset === "utf-16le" ? [0x0a, 0] : charset === "utf-16be" ? [0, 0x0a] : [0x0a];
  }

  /** Rows known so far. */
  get count(): number {
    return this.#count;
  }
  /** Bytes before this offset have been looked at. */
  get indexed(): number {
    return this.#next;
  }
  /** True when the bound on rows was reached: the rest is not listed. */
  get isFull(): boolean {
    return this.#count >= maxTextRows;
  }

  /** The offset at which row `index` begins. */
  start(index: number): number {
    return this.#starts[index] ?? 0;
  }
  /** The offset after the last byte of row `index`. */
  end(index: number): number {
    return index + 1 < this.#count ? (this.#starts[index + 1] ?? 0) : this.#next;
  }
  /** The row that holds the byte at `offset`. */
  rowAt(offset: number): number {
    let low = 0;
    let high = this.#count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }

  /** Goes on to `available` bytes. `isEnd`: nothing comes after them, so a character cut off there is shown as it is. */
  extend(bytes: Uint8Array, available: number, isEnd: boolean): void {
    // A character is at most four bytes: without the end in sight the last three wait for what follows them.
    const stop = isEnd ? available : available - 3;
    const [first, second] = this.#lineFeed;
    while (this.#next < stop && !this.isFull) {
      if (this.#next === 0) this.#push(0);
      const at = this.#next;
      const character = this.#step(bytes, at, available);
      const width = columnsOf(character);
      if (this.#column > 0 && this.#column + width > this.#columns) {
        this.#push(at);
        this.#column = 0;
      }
      this.#column += width;
      this.#next = at + Math.max(1, lengthOf(character));
      if (bytes[at] === first && (second === undefined || bytes[at + 1] === second) && this.#next < available) {
        this.#push(this.#next);
        this.#column = 0;
      }
    }
  }

  #push(at: number): void {
    if (this.#count === this.#starts.length) {
      const larger = new Uint32Array(this.#starts.length * 2);
      larger.set(this.#starts);
      this.#starts = larger;
    }
    this.#starts[this.#count++] = at;
  }
}
