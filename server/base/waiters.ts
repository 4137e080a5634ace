// Callers that wait for the next change. Without any, a change costs nothing.

export class Waiters {
  readonly #waiting = new Set<() => void>();

  /** Resolves at the next `wake`. @throws the signal's reason when it aborts first */
  wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const wake = (): void => {
        signal.removeEventListener("abort", stop);
        resolve();
      };
      const stop = (): void => {
        this.#waiting.delete(wake);
        reject(signal.reason);
      };
      if (signal.aborted) return stop();
      signal.addEventListener("abort", stop, { once: true });
      this.#waiting.add(wake);
    });
  }

  wake(): void {
    if (this.#waiting.size === 0) return; // the usual case, without a window: clearing a Set would allocate a new one
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}
