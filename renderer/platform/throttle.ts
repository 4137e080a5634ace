// How often the window updates under load: at once when it is quiet, a few times a second when it is not. No user reads
// faster.

/** Between two batches of rows, ms: what the user's own requests need, and what many others' allow. */
const calmPauseMs = 20;
const busyPauseMs = 100;
/** Rows of about the last second, and from then on they are many. */
const busyRows = 50;
/** What follows the newest trace moves at most so often, ms. */
export const followEveryMs = 250;
/** The same while many come: the one that is shown has the time to be read whole, with its bytes. */
export const followBusyMs = 1000;

/** A function that has `act` done: at once, then at most every `everyMs`, and always once more after the last call. */
export function throttle(act: () => void, everyMs: number | (() => number) = followEveryMs): () => void {
  let isWanted = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const run = (): void => {
    isWanted = false;
    timer = setTimeout(
      () => {
        timer = null;
        if (isWanted) run();
      },
      typeof everyMs === "number" ? everyMs : everyMs(),
    );
    act();
  };
  return () => {
    if (timer === null) run();
    else isWanted = true;
  };
}

/** How many rows came in about the last second. `now`: ms. */
export class RowRate {
  #rows = 0;
  #at = 0;

  add(rows: number, now: number): void {
    this.#rows = this.#rows * Math.exp((this.#at - now) / 1000) + rows;
    this.#at = now;
  }
  get isBusy(): boolean {
    return this.#rows > busyRows;
  }
}

/** How long to wait, ms, before the next batch is taken, by how many rows came lately. `now`: ms. */
export class BatchThrottle {
  readonly #rate = new RowRate();

  pauseAfter(rows: number, now: number): number {
    this.#rate.add(rows, now);
    return this.#rate.isBusy ? busyPauseMs : calmPauseMs;
  }
}
