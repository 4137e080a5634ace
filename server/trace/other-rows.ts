// Rows of traces that are not in memory: those that other processes have stored, beside those of this server in the
// order in which they were stored, and those of this server that were evicted.
import type { TraceRow } from "../contract/trace.js";
import type { WrittenMarks } from "../contract/trace-marks.js";
import { noMarks } from "../contract/trace-values.js";
import type { ChangeFeed } from "./change-feed.js";
import { isSame } from "./kept-marks.js";

interface Entry {
  /** `rev`: in the feed. */
  readonly row: TraceRow;
  /** What names its deletion; null: it is not deleted. */
  readonly removedAt: number | null;
  /** This server has recorded the trace. */
  readonly isOwn: boolean;
}

type Feed = Pick<ChangeFeed<TraceRow>, "push" | "replace">;

export class OtherRows {
  readonly #feed: Feed;
  /** By their ids; none that has left the feed. */
  readonly #rows = new Map<string, Entry>();
  #oldestId: string | null = null;

  constructor(feed: Feed) {
    this.#feed = feed;
  }

  /** None that was added has a lower id; null: none was added. */
  get oldestId(): string | null {
    return this.#oldestId;
  }

  get(id: string): TraceRow | null {
    return this.#rows.get(id)?.row ?? null;
  }

  /** Of a trace that another process has stored. */
  add(row: TraceRow): void {
    if (this.#rows.has(row.id)) return;
    if (this.#oldestId === null || row.id < this.#oldestId) this.#oldestId = row.id;
    this.#push({ row: { ...row, rev: 0 }, removedAt: null, isOwn: false });
  }

  /** Of a trace of this server that leaves memory: the row is in the feed already. */
  keep(row: TraceRow, removedAt: number | null): void {
    this.#rows.set(row.id, { row, removedAt, isOwn: true });
  }

  /** Its row has left the feed. */
  forget(id: string): void {
    this.#rows.delete(id);
  }

  pin(id: string, pinned: boolean): void {
    const entry = this.#rows.get(id);
    if (entry && entry.row.pinned !== pinned) this.#push({ ...entry, row: { ...entry.row, pinned } });
  }

  /** Takes over what is written to a trace. `removedAt`: names its deletion; null: it is not deleted. */
  mark(id: string, written: WrittenMarks, removedAt: number | null): void {
    const entry = this.#rows.get(id);
    if (!entry || (entry.removedAt === removedAt && isSame(entry.row.marks ?? noMarks, written))) return;
    const marks = { ...written, isDeleted: removedAt !== null };
    this.#push({ ...entry, row: { ...entry.row, marks }, removedAt });
  }

  /** Hides a trace. False: it has no row here, or is hidden already. `at` names the deletion. */
  remove(id: string, at: number): boolean {
    const entry = this.#rows.get(id);
    if (!entry || entry.removedAt !== null) return false;
    this.mark(id, entry.row.marks ?? noMarks, at);
    return true;
  }

  /** Shows again what a deletion has hidden. Returns how many. */
  restore(at: number): number {
    const removed = this.#removed(at);
    for (const { row } of removed) this.mark(row.id, row.marks ?? noMarks, null);
    return removed.length;
  }

  /** Withdraws what a deletion has hidden. Returns how many. */
  purge(at: number): number {
    const removed = this.#removed(at);
    for (const { row } of removed) this.withdraw(row.id);
    return removed.length;
  }

  /** The list was cleared. Pinned ones stay; `pinnedToo`: they do not. */
  clear(pinnedToo: boolean): void {
    for (const entry of [...this.#rows.values()]) {
      if (entry.row.pinned && !pinnedToo) this.#push({ ...entry, row: { ...entry.row, rev: 0 } });
      else this.#rows.delete(entry.row.id);
    }
  }

  /** The trace is deleted for good: what is left of its row is for windows that have not heard of it. */
  withdraw(id: string): void {
    const entry = this.#rows.get(id);
    if (!entry) return;
    const marks = { ...noMarks, isDeleted: true };
    this.#push({ ...entry, row: { ...entry.row, method: "", target: "", file: null, pinned: false, marks } });
    this.#rows.delete(id);
  }

  /** The store is another one: those of other processes are not in it. */
  withdrawOthers(): void {
    for (const { row, isOwn } of [...this.#rows.values()]) if (!isOwn) this.withdraw(row.id);
  }

  #removed(at: number): Entry[] {
    return [...this.#rows.values()].filter(({ removedAt }) => removedAt === at);
  }

  /** Its newest row takes the place of the one before. */
  #push(entry: Entry): void {
    const { row } = entry;
    if (row.rev > 0) this.#feed.replace(row.rev, null);
    this.#rows.set(row.id, { ...entry, row: { ...row, rev: this.#feed.push(row) } });
  }
}
