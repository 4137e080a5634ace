// The pause before a process that died is restarted: longer while it keeps dying.
import { BackOff } from "../../base/back-off.js";

export class RestartPause {
  readonly #over: () => void;
  #backOff = new BackOff();
  #timer: NodeJS.Timeout | null = null;
  #until = 0;
  /** performance.now() */
  #endsAt = 0;

  /** `over`: called when a pause has passed, not when it was cancelled. */
  constructor(over: () => void) {
    this.#over = over;
  }

  /** End of the pause, Unix time, ms, for display: the clock may be set meanwhile. Null without one. */
  get until(): number | null {
    return this.#timer === null ? null : this.#until;
  }

  /** How long it still lasts, ms; null without one. */
  get leftMs(): number | null {
    return this.#timer === null ? null : this.#endsAt - performance.now();
  }

  /** Call after a death. Returns the length of the pause, ms. */
  begin(longestMs: number): number {
    const now = performance.now();
    const ms = Math.min(this.#backOff.died(now), longestMs);
    this.#endsAt = now + ms;
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

  /** Cancels the pause, and resets the count of deaths. */
  forget(): void {
    this.end();
    this.#backOff = new BackOff();
  }
}
