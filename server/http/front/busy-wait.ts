// Keeps the event loop awake for what comes within microseconds: the answer of a process that is kept, and the next
// request of a client that sends one after the other. The system takes longer to wake a sleeping thread than such a
// script runs, and a processor that slept runs slower at first. Only while one exchange at most is under way: with more
// of them the loop hardly sleeps, and scripts need the other processors.
import { availableParallelism } from "node:os";

/** A wait is busy if the one before it was no longer than this, and for no longer than this; ms. */
export const maxBusyMs = 0.2;

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
    this.#wait(nowMs, this.#exchanges === 1 && lastMs <= maxBusyMs);
  }

  /** Its response is out. `lastMs`: what passed between the response before and this request; Infinity: none follows. */
  exchangeEnded(nowMs: number, lastMs: number): void {
    this.#exchanges--;
    this.#wait(nowMs, this.#exchanges === 0 && lastMs <= maxBusyMs);
  }

  #wait(nowMs: number, isShort: boolean): void {
    this.#until = isShort && this.#isPossible ? nowMs + maxBusyMs : 0;
    if (this.#until === 0 || this.#isTurning) return;
    this.#isTurning = true;
    setImmediate(this.#turn);
  }

  readonly #turn = (): void => {
    this.#isTurning = performance.now() < this.#until;
    if (this.#isTurning) setImmediate(this.#turn);
  };
}
