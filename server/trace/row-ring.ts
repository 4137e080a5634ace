// The newest rows, bounded. Readers hold a number, never a queue of their own: a reader that pauses costs nothing.
import { setTimeout as delay } from "node:timers/promises";
import type { TraceRow } from "../contract/trace.js";

export const maxRows = 20_000;
/** Rows that arrive within this time travel together. */
const batchMs = 16;

export class RowRing {
  readonly #rows: TraceRow[] = [];
  #next = 1;
  readonly #waiting = new Set<() => void>();

  push(make: (rev: number) => TraceRow): void {
    const rev = this.#next++;
    this.#rows[rev % maxRows] = make(rev);
    if (this.#waiting.size === 0) return;
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  read(since: number, max: number): { rows: TraceRow[]; next: number; missed: number } {
    const from = Math.max(since + 1, this.#next - maxRows, 1);
    const to = Math.min(this.#next, from + max);
    const rows: TraceRow[] = [];
    for (let rev = from; rev < to; rev++) {
      const row = this.#rows[rev % maxRows];
      if (row) rows.push(row);
    }
    return { rows, next: Math.max(to - 1, since), missed: from - since - 1 };
  }

  /**
   * Rows after `since`, oldest first, at most `max`, once there is at least one. `missed`: how many had left the ring.
   * @throws the signal's reason when it aborts first.
   */
  async next(since: number, max: number, signal: AbortSignal): Promise<{ rows: TraceRow[]; next: number; missed: number }> {
    const behind = since > this.#next - 1 ? 0 : since; // a number of the future belongs to another server: begin again
    if (this.#next - 1 <= behind) await this.#wait(signal);
    await delay(batchMs, undefined, { signal });
    return this.read(behind, max);
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
