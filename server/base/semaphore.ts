// A semaphore: limits how many pieces of work run at the same time. First come, first served.

export class Semaphore {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  /** `count`: how many may run at the same time. */
  constructor(count: number) {
    this.#free = count;
  }

  /** Resolves or rejects as `work` does, which begins when one of the places is free. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
