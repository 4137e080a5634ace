// The logarithmic scale of the rounds, on the screen and in a picture.

export interface RateScale {
  readonly ticks: readonly number[];
  /** From 0 to 100. */
  at(rate: number): number;
}

/** Powers of ten around the rates. */
export function scaleOf(rates: readonly number[]): RateScale {
  const logs = rates.filter((rate) => rate > 0).map(Math.log10);
  const from = Math.floor(Math.min(...logs, 3));
  const to = Math.max(Math.ceil(Math.max(...logs, from)), from + 1);
  return {
    ticks: Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index)),
    at: (rate) => (100 * (Math.log10(Math.max(rate, 10 ** from)) - from)) / (to - from),
  };
}

/** Of a round in its lane, in percent: one below the other, so that equal rounds stay apart. */
export const dotTop = (index: number): number => 20 + ((index * 15) % 75);
