// Where the rows of a text begin: after each line feed, and where a line is wider than the view. Built piece by piece
// while the bytes arrive, so that 8 MB never stall the window; offsets only, nothing is decoded before it is shown.
import { columnsOf, isInvalid, lengthOf, stepOf, withEscapes } from "./characters.js";
import type { RowLayout } from "./row-layout.js";

/** Rows beyond this are not listed; as many as eight megabytes of nothing but line feeds. */
const maxTextRows = 1 << 23;
/** Places of invalid bytes beyond this are counted, not kept. */
const maxInvalid = 10_000;

/** How far the rows are known. */
interface Progress {
  /** Rows. */
  count: number;
  /** The first byte that was not scanned yet. */
  next: number;
  /** Its place in its row. */
  column: number;
  invalidCount: number;
  /** The end of the last invalid bytes. */
  invalidEnd: number;
}
interface TailStart extends Progress {
  readonly invalidRuns: number;
}

export class TextRows implements RowLayout {
  /** Begins of rows, ascending. */
  #starts = new Uint32Array(1024);
  #known: Progress = { count: 0, next: 0, column: 0, invalidCount: 0, invalidEnd: -1 };
  readonly #columns: number;
  readonly #step;
  readonly #lineFeed: readonly number[];
  /** Bytes at the end that wait for what follows them: a character is at most four, an escape sequence at most 64. */
  readonly #held: number;
  /** Offsets of invalid bytes, ascending: the first of each run of them. */
  readonly invalid: number[] = [];
  /** What was known before the last bytes were laid out as the end; null while there are none. */
  #tail: TailStart | null = null;

  /** `columns`: width of the view in characters. `hasEscapes`: a terminal's escape sequences take no room. */
  constructor(charset: string, columns: number, hasEscapes = false) {
    this.#columns = Math.max(8, columns);
    this.#step = hasEscapes ? withEscapes(stepOf(charset)) : stepOf(charset);
    this.#held = hasEscapes ? 64 : 3;
    this.#lineFeed = charset === "utf-16le" ? [0x0a, 0] : charset === "utf-16be" ? [0, 0x0a] : [0x0a];
  }

  /** Rows known so far. */
  get count(): number {
    return this.#known.count;
  }
  /** Bytes before this offset have been scanned. */
  get indexed(): number {
    return this.#known.next;
  }
  /** True when the bound on rows was reached: the rest is not listed. */
  get isFull(): boolean {
    return this.#known.count >= maxTextRows;
  }

  /** Bytes that mean nothing in the charset, so far. */
  get invalidCount(): number {
    return this.#known.invalidCount;
  }

  /** The offset at which row `index` begins. */
  start(index: number): number {
    return this.#starts[index] ?? 0;
  }
  /** The offset after the last byte of row `index`. */
  end(index: number): number {
    return index + 1 < this.#known.count ? (this.#starts[index + 1] ?? 0) : this.#known.next;
  }
  /** The row that holds the byte at `offset`. */
  rowAt(offset: number): number {
    let low = 0;
    let high = this.#known.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }

  /**
   * Goes on to `available` bytes. `isEnd`: nothing comes after them, so a character cut off there is shown as it is.
   * When more come all the same, the rows of the last few bytes are made again.
   */
  extend(bytes: Uint8Array, available: number, isEnd: boolean): void {
    const sure = available - this.#held;
    if (this.#tail !== null) {
      if ((isEnd ? available : sure) <= this.#known.next) return;
      this.#dropTail(this.#tail);
    }
    this.#scan(bytes, available, sure);
    if (!isEnd || this.isFull) return;
    this.#tail = { ...this.#known, invalidRuns: this.invalid.length };
    this.#scan(bytes, available, available);
  }

  #dropTail({ invalidRuns, ...known }: TailStart): void {
    this.#known = known;
    this.invalid.length = invalidRuns;
    this.#tail = null;
  }

  #scan(bytes: Uint8Array, available: number, stop: number): void {
    const [first, second] = this.#lineFeed;
    while (this.#known.next < stop && !this.isFull) {
      if (this.#known.next === 0) this.#push(0);
      const at = this.#known.next;
      const character = this.#step(bytes, at, available);
      const width = columnsOf(character);
      if (isInvalid(character)) this.#noteInvalid(at, lengthOf(character));
      if (this.#known.column > 0 && this.#known.column + width > this.#columns) {
        this.#push(at);
        this.#known.column = 0;
      }
      this.#known.column += width;
      this.#known.next = at + Math.max(1, lengthOf(character));
      if (bytes[at] === first && (second === undefined || bytes[at + 1] === second) && this.#known.next < available) {
        this.#push(this.#known.next);
        this.#known.column = 0;
      }
    }
  }

  #noteInvalid(at: number, length: number): void {
    this.#known.invalidCount += length;
    if (at !== this.#known.invalidEnd && this.invalid.length < maxInvalid) this.invalid.push(at);
    this.#known.invalidEnd = at + length;
  }

  #push(at: number): void {
    if (this.#known.count === this.#starts.length) {
      const larger = new Uint32Array(this.#starts.length * 2);
      larger.set(this.#starts);
      this.#starts = larger;
    }
    this.#starts[this.#known.count++] = at;
  }
}
