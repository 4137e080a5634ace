// What remains to be done for an exchange once its answer is out has time: until the next request was handed on and somebody else is at
// work, when the loop would only wait. A millisecond later it is done in any case.
const delayMs = 1;

export class IdleQueue {
  #waiting: (() => void)[] = [];
  #timer: NodeJS.Timeout | null = null;
  #isSoon = false;

  /** Resolves when there is time. */
  whenIdle(): Promise<void> {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#go();
    }, delayMs);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** A request came: in this turn of the loop it is handed on, and then there is time. */
  flushNextTick(): void {
    if (this.#isSoon || this.#waiting.length === 0) return;
    this.#isSoon = true;
    setImmediate(() => {
      this.#isSoon = false;
      this.#go();
    });
  }

  #go(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
