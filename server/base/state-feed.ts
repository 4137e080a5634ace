// The workbench's state as something to wait for: readers hold a revision, and a burst of changes is one answer.
import { setTimeout as delay } from "node:timers/promises";

/** Changes within this time travel together: counts change with every request. */
const batchMs = 60;

export class StateFeed<State> {
  #rev = 0;
  readonly #waiting = new Set<() => void>();
  readonly #read: (rev: number) => State;

  constructor(read: (rev: number) => State) {
    this.#read = read;
  }

  changed(): void {
    this.#rev++;
    if (this.#waiting.size === 0) return; // as with every request nobody watches: clearing a Set makes a new one
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  /** The state as soon as its revision is above `since`. @throws the signal's reason when it aborts first */
  async next(since: number, signal: AbortSignal): Promise<State> {
    if (this.#rev <= since) {
      await new Promise<void>((resolve, reject) => {
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
      await delay(batchMs, undefined, { signal });
    }
    return this.#read(this.#rev);
  }
}
