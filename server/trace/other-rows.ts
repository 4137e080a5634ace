// Rows of traces that other processes have stored, beside those of this server, in the order in which they were stored.
// The traces themselves are in the store alone.
import { maxTraces } from "../contract/limits.js";
import type { TraceRow } from "../contract/trace.js";
import { noMarks, type TraceMarks } from "../contract/trace-marks.js";
import type { ChangeFeed } from "./change-feed.js";

export class OtherRows {
  readonly #feed: Pick<ChangeFeed<TraceRow>, "push" | "replace">;
  readonly #nextSeq: () => number;
  /** By their ids, oldest first; `rev`: of the row in the feed. */
  readonly #rows = new Map<string, TraceRow>();
  #oldestId: string | null = null;

  /** `nextSeq`: their numbers are among those of this server. */
  constructor(feed: Pick<ChangeFeed<TraceRow>, "push" | "replace">, nextSeq: () => number) {
    this.#feed = feed;
    this.#nextSeq = nextSeq;
  }

  /** None that was added has a lower id; null: none was added. */
  get oldestId(): string | null {
    return this.#oldestId;
  }

  get(id: string): TraceRow | null {
    return this.#rows.get(id) ?? null;
  }

  add(row: TraceRow): void {
    if (this.#rows.has(row.id)) return;
    if (this.#oldestId === null || row.id < this.#oldestId) this.#oldestId = row.id;
    this.#push({ ...row, seq: this.#nextSeq(), rev: 0 });
    if (this.#rows.size <= maxTraces) return;
    for (const [id] of this.#rows) return void this.#rows.delete(id); // the window has as many rows at most
  }

  pin(id: string, pinned: boolean): void {
    const row = this.#rows.get(id);
    if (row && row.pinned !== pinned) this.#push({ ...row, pinned });
  }

  mark(id: string, marks: TraceMarks): void {
    const row = this.#rows.get(id);
    if (row) this.#push({ ...row, marks });
  }

  /** The list was cleared. Pinned ones stay; `pinnedToo`: they do not. */
  clear(pinnedToo: boolean): void {
    for (const row of [...this.#rows.values()]) {
      if (row.pinned && !pinnedToo) this.#push({ ...row, rev: 0 });
      else this.#rows.delete(row.id);
    }
  }

  /** The trace is no longer stored. */
  withdraw(id: string): void {
    const row = this.#rows.get(id);
    if (!row) return;
    const marks = { ...noMarks, isDeleted: true };
    this.#push({ ...row, method: "", target: "", file: null, pinned: false, marks });
    this.#rows.delete(id);
  }

  /** The store is another one. */
  withdrawAll(): void {
    for (const id of [...this.#rows.keys()]) this.withdraw(id);
  }

  /** Its newest row takes the place of the one before. */
  #push(row: TraceRow): void {
    if (row.rev > 0) this.#feed.replace(row.rev, null);
    this.#rows.set(row.id, { ...row, rev: this.#feed.push(row) });
  }
}
