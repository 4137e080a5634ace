// Work that is left when a response is out is deferred until the event loop would be idle (after the next request was
// handed to its script), or for 1 ms, whichever is first.
const delayMs = 1;

export class IdleQueue {
  #waiting: (() => void)[] = [];
  #timer: NodeJS.Timeout | null = null;
  #isFlushing = false;

  /** Calls `work` when the event loop is idle, or after 1 ms. It must not throw. */
  add(work: () => void): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#flush();
    }, delayMs);
    this.#waiting.push(work);
  }

  /** A request came: it is handed to its script in this turn of the event loop, which is idle then. */
  flushNextTick(): void {
    if (this.#isFlushing || this.#waiting.length === 0) return;
    this.#isFlushing = true;
    setImmediate(() => {
      this.#isFlushing = false;
      this.#flush();
    });
  }

  #flush(): void {
    for (const work of this.#waiting.splice(0)) work();
  }
}
