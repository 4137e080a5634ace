// Work of which only so much runs at once; what comes after it waits for its turn.

export class AtOnce {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  /** `count`: how much of it may run at once. */
  constructor(count: number) {
    this.#free = count;
  }

  /** Resolves or rejects as `work` does, which begins when there is a place. */
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
