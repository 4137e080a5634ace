// The workbench's state as a feed: readers hold a revision, and a burst of changes is one new state.
import { setTimeout as delay } from "node:timers/promises";
import { Waiters } from "./waiters.js";

/** Changes within this time are published together: counts change with every request. */
const batchMs = 60;

export class StateFeed<State> {
  #rev = 0;
  #hasEnded = false;
  readonly #waiters = new Waiters();
  readonly #read: (rev: number) => State;

  constructor(read: (rev: number) => State) {
    this.#read = read;
  }

  /** Later changes are not published: readers keep the last state. */
  end(): void {
    this.#hasEnded = true;
  }

  changed(): void {
    if (this.#hasEnded) return;
    this.#rev++;
    this.#waiters.wake();
  }

  /** The state as soon as its revision is above `since`. @throws the signal's reason when it aborts first */
  async next(since: number, signal: AbortSignal): Promise<State> {
    await this.#above(since, signal);
    return this.#read(this.#rev);
  }

  /** Calls `onState` with the state now and after each change. Resolves when the signal aborts. */
  async follow(onState: (state: State) => void, signal: AbortSignal): Promise<void> {
    for (let since = -1; !signal.aborted; ) {
      try {
        await this.#above(since, signal);
      } catch (error) {
        if (!signal.aborted) throw error;
        return;
      }
      since = this.#rev; // before the call: a change during it makes another state
      onState(this.#read(since));
    }
  }

  async #above(since: number, signal: AbortSignal): Promise<void> {
    if (this.#rev > since) return;
    await this.#waiters.wait(signal);
    await delay(batchMs, undefined, { signal });
  }
}
