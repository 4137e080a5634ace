// The workbench's state as a feed: readers hold a revision, and a burst of changes is one new state.
import { setTimeout as delay } from "node:timers/promises";
import { Waiters } from "./waiters.js";

/** Changes within this time are published together: counts change with every request. */
const batchMs = 60;

export class StateFeed<State> {
  #rev = 0;
  #last: { readonly state: State } | null = null;
  readonly #waiters = new Waiters();
  readonly #read: (rev: number) => State;

  constructor(read: (rev: number) => State) {
    this.#read = read;
  }

  /** Later changes are not published: readers keep the state of now, also those that a change has just woken. */
  end(): void {
    this.#last ??= { state: this.#read(this.#rev) };
  }

  changed(): void {
    if (this.#last) return;
    this.#rev++;
    this.#waiters.wake();
  }

  /** The state as soon as its revision is above `since`. @throws the signal's reason when it aborts first */
  async next(since: number, signal: AbortSignal): Promise<State> {
    await this.#above(since, signal);
    return this.#now();
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
      onState(this.#now());
    }
  }

  #now(): State {
    return this.#last ? this.#last.state : this.#read(this.#rev);
  }

  async #above(since: number, signal: AbortSignal): Promise<void> {
    if (this.#rev > since) return;
    await this.#waiters.wait(signal);
    await delay(batchMs, undefined, { signal });
  }
}
