// Signals say that something happened, not what: each of them asks for one look at everything that waits, and there is one look a turn
// of the loop however many signals came. Handled each on its own, a busy server would hear nothing but signals.

/** Should a signal get lost (libuv's signal pipe holds 4,096), what it told of is seen this much later, ms. */
const heartbeatMs = 1000;

export class SignalPoller {
  readonly #looks: (() => void)[] = [];
  readonly #signals = new Set<NodeJS.Signals>();
  // Signal handlers do not keep Node alive: without a timer a short program would end between the pipes' end and SIGCHLD.
  #heartbeat: NodeJS.Timeout | null = null;
  #keepingAlive = 0;
  #isDue = false;

  /** `look` is called after each such signal, and after `soon`. Looks happen in the order they were added. */
  on(signal: NodeJS.Signals, look: () => void): void {
    this.#looks.push(look);
    this.#signals.add(signal);
    process.on(signal, this.soon);
  }

  /** In this turn of the loop or the next. */
  readonly soon = (): void => {
    if (this.#isDue) return;
    this.#isDue = true;
    // Each look in a callback of its own: what follows from one, an answer that is complete, goes out before the next.
    setImmediate(this.#begin);
    for (const look of this.#looks) setImmediate(look);
  };

  /** Node runs at least until the matching `release`. */
  ref(): void {
    this.#keepingAlive++;
    this.#heartbeat ??= setInterval(this.soon, heartbeatMs);
  }

  unref(): void {
    if (--this.#keepingAlive > 0 || !this.#heartbeat) return;
    clearInterval(this.#heartbeat);
    this.#heartbeat = null;
  }

  /** When nothing waits any more. SIGIO keeps a listener: without any it would end the process. */
  dispose(): void {
    for (const signal of this.#signals) {
      if (signal === "SIGIO" && !process.listeners(signal).includes(ignore)) process.on(signal, ignore);
      process.off(signal, this.soon);
    }
    if (this.#heartbeat) clearInterval(this.#heartbeat);
    this.#heartbeat = null;
  }

  readonly #begin = (): void => {
    this.#isDue = false;
  };
}

function ignore(): void {}
