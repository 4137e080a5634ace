// What a piece of work reports, as it comes: all since the last time together, so that much of it takes few messages.
import { setTimeout as pause } from "node:timers/promises";

/** Ends with the work's result. `batchMs`: for so long reports are collected. */
export async function* asItComes<Report, Result>(
  work: (report: (one: Report) => void) => Promise<Result>,
  batchMs = 0,
): AsyncGenerator<readonly Report[], Result> {
  const waiting: Report[] = [];
  let wake = (): void => {};
  let isOver = false;
  const done = work((one) => {
    waiting.push(one);
    wake();
  }).finally(() => {
    isOver = true;
    wake();
  });
  const ended = done.then(
    () => {},
    () => {}, // reported below
  );
  for (;;) {
    const reports = waiting.splice(0);
    if (reports.length > 0) {
      yield reports;
      if (batchMs > 0) await Promise.race([pause(batchMs, null, { ref: false }), ended]);
    } else if (isOver) return done;
    else
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  }
}
