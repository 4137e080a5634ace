// A signal does not say what happened, so each one asks for one check of everything that waits. There is one check per
// turn of the event loop, however many signals came: a busy server would otherwise handle nothing but signals.

/** If a signal is lost (libuv's signal pipe holds 4,096), its event is noticed this much later, ms. */
const heartbeatMs = 1000;

export class SignalPoller {
  readonly #looks: (() => void)[] = [];
  readonly #signals = new Set<NodeJS.Signals>();
  // Signal handlers do not keep Node alive: without a timer a short program would
  // exit between the pipes' end and SIGCHLD.
  #heartbeat: NodeJS.Timeout | null = null;
  #keepingAlive = 0;
  #isDue = false;

  /** `look` is called after each such signal, and after `soon`, in the order of registration. */
  on(signal: NodeJS.Signals, look: () => void): void {
    this.#looks.push(look);
    this.#signals.add(signal);
    process.on(signal, this.soon);
  }

  /** In this turn of the loop or the next. */
  readonly soon = (): void => {
    if (this.#isDue) return;
    this.#isDue = true;
    // Each check in a callback of its own: a response that one of them completes is sent before the next check.
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

  /** Call when nothing waits any more. SIGIO keeps a listener: without one it would end the process. */
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
