// How often the window follows when much arrives: at once when it is quiet, a few times a second when it is not. Nobody reads faster,
// and what is drawn sixty times a second is drawn instead of being read.

/** Batches of rows are taken at most so often, ms, while they keep coming. */
export const busyPauseMs = 100;
/** The inspector moves to the newest trace at most so often, ms. */
const followEveryMs = 250;

/** A function that has `act` done: at once, then at most every `everyMs`, and always once more after the last call. */
export function paced(act: () => void, everyMs = followEveryMs): () => void {
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
