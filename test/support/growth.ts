// How the time of some work grows with its input: by processor time, as a ratio within one run.

/** How many times as large the larger input is. Quadratic work takes 256 times as long on it. */
export const growth = 16;
/**
 * What linear work stays below: 2.6 times as long for each doubling, which leaves
 * a busy machine a factor of almost three.
 */
export const linearAtMost = 2.6 ** Math.log2(growth);
/**
 * So many tries in a row that bring no shorter time end the measuring: a busy machine takes more tries. What looks
 * superlinear is tried on: the compiler may have given up its code for one side for a while.
 */
const triesInVain = 4;
const maxTries = 40;

/** Shorter runs are at the mercy of the clock's steps and of the collector, ms of processor time. */
const shortestMs = 20;

/** How many times as long `work` takes on the larger input, by processor time: the least of several tries of each. */
export function ratio<T>(small: T, large: T, work: (input: T) => unknown): number {
  let rounds = 1;
  const timed = (input: T, times: number) =>
    processorMs(() => {
      for (let n = 0; n < times; n++) work(input);
    });
  while (timed(small, growth * rounds) < shortestMs) rounds *= 2; // warms the compiler up, too
  let [least, leastLarge] = [Infinity, Infinity];
  // In turn, so that a busy machine slows both alike; both sides take about as long.
  const found = (): number => (growth * leastLarge) / least;
  for (let n = 0, inVain = 0; n < maxTries && (inVain < triesInVain || found() >= linearAtMost); n++) {
    const [once, onceLarge] = [timed(small, growth * rounds), timed(large, rounds)];
    if (once < shortestMs) {
      // Compiled by now: faster than while it was warmed up.
      rounds *= 2;
      [least, leastLarge, inVain] = [Infinity, Infinity, 0];
      continue;
    }
    inVain = once < least || onceLarge < leastLarge ? 0 : inVain + 1;
    [least, leastLarge] = [Math.min(least, once), Math.min(leastLarge, onceLarge)];
  }
  return found();
}

/** Processor time of this process for some work, ms. */
export function processorMs(work: () => void): number {
  const begun = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}
