// Work that runs one piece after the other, in the order in which it was given.
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Resolves or rejects as the work does. A failure does not keep the next work from running. */
  run<T>(work: () => T | Promise<T>): Promise<T> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => undefined); // its caller gets the reason
    return mine;
  }

  /** Resolves when all work that was given so far has ended. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
