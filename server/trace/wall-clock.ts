// The time of day of moments that were taken with performance.now(). The two clocks drift apart: performance.now() may
// stand still while the computer sleeps, and the system's clock can be set.

/** A smaller difference is the clocks' resolution and drift: correcting it would put requests out of order. */
const toleranceMs = 5;

export class WallClock {
  readonly #now: () => number;
  #offset: number;

  /** `now`: Unix time in whole ms. */
  constructor(now = Date.now, offset = performance.timeOrigin) {
    this.#now = now;
    this.#offset = offset;
  }

  /** Unix time, ms with fractions. `at`: performance.now() of a moment just past. */
  timeOf(at: number): number {
    const difference = this.#now() - (this.#offset + performance.now());
    if (Math.abs(difference) > toleranceMs) this.#offset += difference;
    return this.#offset + at;
  }
}
