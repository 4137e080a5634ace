// What the page shows comes first: what can be done later waits until that is there and nothing else is to be done.

/** What is shown and still under way. */
const awaited = new Set<Promise<unknown>>();

/** Something that is shown depends on `work`. */
export function beforeIdle(work: Promise<unknown>): void {
  awaited.add(work);
  const done = (): boolean => awaited.delete(work);
  work.then(done, done);
}

/**
 * Runs `begin` once the page has what it shows and is idle, or has been busy for
 * `patienceMs` after that. @returns what cancels it
 */
export function whenIdle(begin: () => void, patienceMs = 500): () => void {
  let isCancelled = false;
  const look = (): void => {
    if (isCancelled) return;
    if (awaited.size === 0) begin();
    else void Promise.allSettled(awaited).then(wait);
  };
  const wait = (): number => requestIdleCallback(look, { timeout: patienceMs });
  wait();
  return () => {
    isCancelled = true;
  };
}
