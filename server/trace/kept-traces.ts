// The ended traces in memory: the newest, as many as the budget allows, and those that are pinned.
import { maxTraces } from "../contract/limits.js";
import type { CaptureRoom } from "./capture-room.js";
import type { EncodedTrace } from "./codec/encode-trace.js";
import type { KeptMarks } from "./kept-marks.js";
import type { RowFeed } from "./row-feed.js";
import { TraceTable } from "./trace-table.js";

interface KeptTracesOptions {
  /** What running requests keep: it counts, too. */
  readonly room: Pick<CaptureRoom, "bytes">;
  readonly marks: KeptMarks;
  readonly rows: RowFeed;
}

export class KeptTraces {
  /** What all of them together may cost in memory. */
  budgetBytes: number;
  /** What they cost. */
  bytes = 0;
  /** How many were evicted to make room for newer ones. */
  evicted = 0;
  /** Those that the store's lists may not have yet, in the order in which they ended. */
  readonly unlisted = new Set<EncodedTrace>();
  readonly #room: Pick<CaptureRoom, "bytes">;
  readonly #marks: KeptMarks;
  readonly #rows: RowFeed;
  readonly #table = new TraceTable<EncodedTrace>();

  constructor(budgetBytes: number, { room, marks, rows }: KeptTracesOptions) {
    this.budgetBytes = budgetBytes;
    this.#room = room;
    this.#marks = marks;
    this.#rows = rows;
  }

  get count(): number {
    return this.#table.count;
  }

  get(seq: number): EncodedTrace | null {
    return this.#table.get(seq);
  }

  [Symbol.iterator](): Iterator<EncodedTrace> {
    return this.#table[Symbol.iterator]();
  }

  /** Keeps a trace in place of what was kept of it before, and evicts the oldest ones if that is too much. */
  put(trace: EncodedTrace): void {
    const before = this.#table.get(trace.seq);
    if (!before) this.unlisted.add(trace);
    this.bytes += trace.cost - (before?.cost ?? 0);
    this.#table.put(trace);
    if (this.#hasTooMuch) this.#makeRoomFor(trace);
  }

  /** Forgets a trace. What was written to it is its row's. */
  remove(trace: EncodedTrace): void {
    // Other traces keep the piece of memory that the bytes of a deleted one are in.
    if (this.#marks.removedAt(trace.seq) !== null) trace.data.fill(0, trace.at, trace.at + trace.length);
    this.#table.remove(trace.seq);
    this.unlisted.delete(trace);
    this.bytes -= trace.cost;
  }

  /**
   * Forgets every trace that is not pinned; `pinnedToo`: every one. The rows of all
   * were withdrawn: pinned ones get new ones.
   */
  clear(pinnedToo: boolean): void {
    for (const trace of [...this.#table]) {
      if (trace.pinned && !pinnedToo) this.#rows.publish(trace);
      else {
        trace.data.fill(0, trace.at, trace.at + trace.length);
        this.remove(trace);
        this.#marks.forget(trace.seq);
      }
    }
    this.evicted = 0;
  }

  get #isOverBudget(): boolean {
    return this.bytes + this.#room.bytes > this.budgetBytes;
  }

  get #hasTooMuch(): boolean {
    return this.#isOverBudget || this.#table.count > maxTraces;
  }

  #makeRoomFor(newest: EncodedTrace): void {
    while (this.#hasTooMuch) {
      const oldest = this.#table.oldest();
      if (!oldest || oldest === newest) return; // all others are pinned
      // The list may still show it. If there are only too many, its row is about to
      // leave the list as well: no need to make it.
      if (this.#isOverBudget || this.#marks.of(oldest.seq) !== null) this.#rows.freeze(oldest);
      this.remove(oldest);
      this.evicted++;
    }
  }
}
