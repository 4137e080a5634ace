// The pause before a process that died is started again: longer while it keeps dying.
import { BackOff } from "../../base/back-off.js";

export class RestartPause {
  readonly #over: () => void;
  #backOff = new BackOff();
  #timer: NodeJS.Timeout | null = null;
  #until = 0;

  /** `over`: told when a pause has passed; not when it was ended. */
  constructor(over: () => void) {
    this.#over = over;
  }

  /** Unix time, ms; null while there is none. */
  get until(): number | null {
    return this.#timer === null ? null : this.#until;
  }

  /** After a death. Answers with its length, ms. */
  begin(longestMs: number): number {
    const ms = Math.min(this.#backOff.died(performance.now()), longestMs);
    this.#until = Date.now() + ms;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#over();
    }, ms);
    return ms;
  }

  end(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Ends it, and forgets the deaths so far. */
  forget(): void {
    this.end();
    this.#backOff = new BackOff();
  }
}
