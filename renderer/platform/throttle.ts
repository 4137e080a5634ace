// How often the window updates under load: at once when it is quiet, a few times a second when it is not. No user reads
// faster.

/** Between two batches of rows, ms: what the user's own requests need, and what many others' allow. */
const calmPauseMs = 20;
const busyPauseMs = 100;
/** Rows of about the last second, and from then on they are many. */
const busyRows = 50;
/** The inspector moves to the newest trace at most so often, ms. */
const followEveryMs = 250;

/** A function that has `act` done: at once, then at most every `everyMs`, and always once more after the last call. */
export function throttle(act: () => void, everyMs = followEveryMs): () => void {
  let isWanted = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const run = (): void => {
    isWanted = false;
    timer = setTimeout(() => {
      timer = null;
      if (isWanted) run();
    }, everyMs);
    act();
  };
  return () => {
    if (timer === null) run();
    else isWanted = true;
  };
}

/** How long to wait, ms, before the next batch is taken, by how many rows came lately. `now`: ms. */
export class BatchThrottle {
  #rows = 0;
  #at = 0;

  pauseAfter(rows: number, now: number): number {
    this.#rows = this.#rows * Math.exp((this.#at - now) / 1000) + rows;
    this.#at = now;
    return this.#rows > busyRows ? busyPauseMs : calmPauseMs;
  }
}
