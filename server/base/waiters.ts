// Those who wait for the next change of something. Waiting costs the one who waits; nobody waiting costs nothing.

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
    if (this.#waiting.size === 0) return; // as with every request nobody watches: clearing a Set makes a new one
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}
