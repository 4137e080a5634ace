// The pause before a process that died is started again: very short at first, longer while it keeps dying.

const windowMs = 60_000;
const firstMs = 100;
const longestMs = 10_000;

export class BackOff {
  #deaths: number[] = [];

  /** Counts a death at `now` (ms, any clock) and returns the pause before the next start, ms. */
  died(now: number): number {
    this.#deaths = [...this.#deaths.filter((at) => now - at < windowMs), now];
    return Math.min(firstMs * 2 ** (this.#deaths.length - 1), longestMs);
  }
}
