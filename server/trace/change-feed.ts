// The newest row of each trace, limited in number. Readers hold a number, never a queue of their own, so a reader that
// pauses costs nothing. The feed holds what rows are made from; a row is made when it is read.
import { setTimeout as delay } from "node:timers/promises";
import { Waiters } from "../base/waiters.js";
import { countBefore } from "../contract/count-before.js";
import { maxTraces } from "../contract/limits.js";
import type { TraceRow } from "../contract/trace.js";

/** Rows that arrive within this time travel together. */
const batchMs = 16;

/**
 * `missed`: changes that had left the feed before they were read. `cleared`: rows up to this `rev` were
 * withdrawn; 0 for none. `left`: the same, because the folder is no longer open. `stored`: at this `rev` another
 * process changed what is stored; 0 for never.
 */
export interface Rows {
  readonly rows: TraceRow[];
  readonly next: number;
  readonly missed: number;
  readonly cleared: number;
  readonly left: number;
  readonly stored: number;
}

export class ChangeFeed<Source extends { readonly pinned: boolean }> {
  readonly #toRow: (source: Source, rev: number) => TraceRow;
  readonly #onDropped: (source: Source) => void;
  /** Ascending. Two arrays, since an object for each request costs more. */
  #revs: number[] = [];
  /** In the same places; null: replaced or dropped. */
  #sources: (Source | null)[] = [];
  #count = 0;
  /** Everything before this place is null or pinned. */
  #passed = 0;
  /** Highest number that was dropped for newer ones. */
  #lost = 0;
  #next = 1;
  #cleared = 0;
  #left = 0;
  #stored = 0;
  readonly #waiters = new Waiters();

  /** `onDropped`: called with each that is dropped for newer ones. */
  constructor(toRow: (source: Source, rev: number) => TraceRow, onDropped: (source: Source) => void = () => undefined) {
    this.#toRow = toRow;
    this.#onDropped = onDropped;
  }

  /** The row's `rev`. At more than `maxTraces` rows the oldest that is not pinned is dropped. */
  push(source: Source): number {
    const rev = this.#next++;
    this.#revs.push(rev);
    this.#sources.push(source);
    if (++this.#count > maxTraces) this.#dropOldest();
    if (this.#revs.length > 2 * maxTraces) this.#closeGaps();
    this.#waiters.wake();
    return rev;
  }

  /** It can still be read. */
  contains(rev: number): boolean {
    const place = this.#placeOf(rev);
    return this.#revs[place] === rev && this.#sources[place] !== null;
  }

  /**
   * From now on the row is made from something else; null: a later row replaces it.
   * Does nothing when the row has left the feed.
   */
  replace(rev: number, source: Source | null): void {
    if (!this.contains(rev)) return;
    this.#sources[this.#placeOf(rev)] = source;
    if (source === null) this.#count--;
  }

  /**
   * Withdraws every row. It takes a `rev` of its own, so that waiting readers
   * notice. `isLeft`: the folder is no longer open.
   */
  clear(isLeft = false): void {
    this.#revs = [];
    this.#sources = [];
    this.#count = this.#passed = 0;
    this.#cleared = this.#next++;
    if (isLeft) this.#left = this.#cleared;
    this.#waiters.wake();
  }

  /** The rows were withdrawn last while the folder stayed open. */
  get isCleared(): boolean {
    return this.#cleared !== this.#left;
  }

  /** What is stored beside these rows has changed; `isSearched`: what was found there may be out of date. */
  touch(isSearched: boolean): void {
    const rev = this.#next++;
    if (isSearched) this.#stored = rev;
    this.#waiters.wake();
  }

  /** Grows with every change. */
  get version(): number {
    return this.#next - 1;
  }

  /** Resolves when the version is another one. @throws the signal's reason when it aborts first */
  async changed(version: number, signal: AbortSignal): Promise<void> {
    while (this.version === version) await this.#waiters.wait(signal);
    await delay(batchMs, undefined, { signal });
  }

  read(since: number, max: number): Rows {
    const after = Math.max(since, this.#cleared); // what was cleared was not missed
    const rows: TraceRow[] = [];
    let read = this.#next - 1;
    for (let place = this.#placeOf(after + 1); place < this.#revs.length; place++) {
      const source = this.#sources[place];
      const rev = this.#revs[place];
      if (!source || rev === undefined) continue;
      rows.push(this.#toRow(source, rev));
      if (rows.length < max) continue;
      read = rev;
      break;
    }
    return {
      rows,
      next: Math.max(read, since),
      missed: Math.max(0, this.#lost - after),
      cleared: this.#cleared,
      left: this.#left,
      stored: this.#stored,
    };
  }

  /**
   * Rows after `since`, oldest first, at most `max`, once there is at least one or they were cleared.
   * @throws the signal's reason when it aborts first.
   */
  async next(since: number, max: number, signal: AbortSignal): Promise<Rows> {
    // A number that was not given yet belongs to another server: start from the beginning.
    const behind = since > this.#next - 1 ? 0 : since;
    if (this.#next - 1 <= behind) await this.#waiters.wait(signal);
    await delay(batchMs, undefined, { signal });
    return this.read(behind, max);
  }

  /** Of the first row whose number is this or above. */
  #placeOf(rev: number): number {
    const usual = this.#revs.length - (this.#next - rev); // where no gap was closed after it
    if (this.#revs[usual] === rev) return usual;
    return countBefore(this.#revs, (one) => one < rev);
  }

  #dropOldest(): void {
    for (; this.#passed < this.#sources.length; this.#passed++) {
      const source = this.#sources[this.#passed];
      if (!source || source.pinned) continue;
      this.#sources[this.#passed] = null;
      this.#count--;
      this.#lost = this.#revs[this.#passed] ?? 0;
      this.#onDropped(source);
      return;
    }
  }

  #closeGaps(): void {
    this.#revs = this.#revs.filter((_, place) => this.#sources[place] !== null);
    this.#sources = this.#sources.filter((source) => source !== null);
    this.#passed = 0;
  }
}
