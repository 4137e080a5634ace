// Keeps the event loop awake for what comes soon: the response of a short script, and the next request of a client that
// sends one after the other. To wake a sleeping thread takes a good part of the time that such a script runs, and a
// processor that slept runs slower at first. Only while one exchange at most is under way: with more of them the loop
// hardly sleeps, and scripts need the other processors.
import { availableParallelism } from "node:os";

/**
 * A wait is busy if the one before it was no longer than this, and for no longer than this; ms. A small program that is
 * started for a request takes about one.
 */
export const maxBusyMs = { forResponse: 1.5, forRequest: 0.2 } as const;

export class BusyWait {
  #exchanges = 0;
  /** performance.now() */
  #until = 0;
  #isTurning = false;
  /** The only processor belongs to the script. */
  readonly #isPossible: boolean;

  constructor(processors = availableParallelism()) {
    this.#isPossible = processors > 1;
  }

  /** A request came at `nowMs`, performance.now(). `lastMs`: what the one before on its connection took. */
  exchangeBegan(nowMs: number, lastMs: number): void {
    this.#exchanges++;
    this.#wait(nowMs, this.#exchanges === 1, lastMs, maxBusyMs.forResponse);
  }

  /**
   * Its response is out. `lastMs`: what passed between the response before and this request; Infinity: none follows.
   */
  exchangeEnded(nowMs: number, lastMs: number): void {
    this.#exchanges--;
    this.#wait(nowMs, this.#exchanges === 0, lastMs, maxBusyMs.forRequest);
  }

  #wait(nowMs: number, isAlone: boolean, lastMs: number, maxMs: number): void {
    this.#until = isAlone && lastMs <= maxMs && this.#isPossible ? nowMs + maxMs : 0;
    if (this.#until === 0 || this.#isTurning) return;
    this.#isTurning = true;
    setImmediate(this.#turn);
  }

  readonly #turn = (): void => {
    this.#isTurning = performance.now() < this.#until;
    if (this.#isTurning) setImmediate(this.#turn);
  };
}
