// The newest rows, bounded. Readers hold a number, never a queue of their own: a reader that pauses costs nothing. What is held is what a
// row is made of; the row itself is made when somebody reads it.
import { setTimeout as delay } from "node:timers/promises";
import { maxTraces } from "../../contract/limits.js";
import type { TraceRow } from "../../contract/trace.js";

/** Rows that arrive within this time travel together. */
const batchMs = 16;

/** `missed`: rows that had left the ring unread. `cleared`: rows up to this `rev` were taken back; 0 for none. */
export interface Rows {
  readonly rows: TraceRow[];
  readonly next: number;
  readonly missed: number;
  readonly cleared: number;
}

export class ChangeFeed<Source> {
  readonly #toRow: (source: Source, rev: number) => TraceRow;
  #sources: (Source | null)[] = [];
  #next = 1;
  #cleared = 0;
  readonly #waiting = new Set<() => void>();

  constructor(toRow: (source: Source, rev: number) => TraceRow) {
    this.#toRow = toRow;
  }

  /** The row's `rev`. */
  push(source: Source): number {
    const rev = this.#next++;
    this.#sources[rev % maxTraces] = source;
    if (this.#waiting.size > 0) this.#wake();
    return rev;
  }

  /** It can still be read. */
  contains(rev: number): boolean {
    return rev > this.#cleared && rev >= this.#next - maxTraces;
  }

  /** From now on the row is made of something else; null: it is not there any more, a later one says it all. Nothing when it has left the ring. */
  replace(rev: number, source: Source | null): void {
    if (this.contains(rev)) this.#sources[rev % maxTraces] = source;
  }

  /** Takes every row back. A number of its own, so that whoever reads on is told. */
  clear(): void {
    this.#sources = [];
    this.#cleared = this.#next++;
    this.#wake();
  }

  read(since: number, max: number): Rows {
    const first = Math.max(since, this.#cleared) + 1; // what was cleared was not missed
    const from = Math.max(first, this.#next - maxTraces);
    const to = Math.min(this.#next, from + max);
    const rows: TraceRow[] = [];
    for (let rev = from; rev < to; rev++) {
      const source = this.#sources[rev % maxTraces];
      if (source) rows.push(this.#toRow(source, rev));
    }
    return { rows, next: Math.max(to - 1, since), missed: from - first, cleared: this.#cleared };
  }

  /**
   * Rows after `since`, oldest first, at most `max`, once there is at least one or they were cleared.
   * @throws the signal's reason when it aborts first.
   */
  async next(since: number, max: number, signal: AbortSignal): Promise<Rows> {
    const behind = since > this.#next - 1 ? 0 : since; // a number of the future belongs to another server: begin again
    if (this.#next - 1 <= behind) await this.#wait(signal);
    await delay(batchMs, undefined, { signal });
    return this.read(behind, max);
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const wake = () => {
        signal.removeEventListener("abort", stop);
        resolve();
      };
      const stop = () => {
        this.#waiting.delete(wake);
        reject(signal.reason);
      };
      if (signal.aborted) return stop();
      signal.addEventListener("abort", stop, { once: true });
      this.#waiting.add(wake);
    });
  }
}
