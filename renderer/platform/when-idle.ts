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

/** A pause in what a person does with the page, ms. */
const pauseMs = 300;
const input = ["pointerdown", "wheel", "touchmove", "keydown"] as const;

/**
 * As `whenIdle`, but waits while the user scrolls, clicks or types. For code that the user has not asked for: its first
 * run would delay the response to input.
 */
export function whenUnused(begin: () => void): void {
  let usedAt = Number.NEGATIVE_INFINITY;
  const note = (): void => {
    usedAt = performance.now();
  };
  for (const type of input) addEventListener(type, note, { capture: true, passive: true });
  const look = (): void => {
    const leftMs = usedAt + pauseMs - performance.now();
    if (leftMs > 0) {
      setTimeout(() => whenIdle(look), leftMs);
      return;
    }
    for (const type of input) removeEventListener(type, note, { capture: true });
    begin();
  };
  whenIdle(look);
}
