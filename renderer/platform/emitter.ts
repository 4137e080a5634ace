// One kind of event, for those who want to know: who fires it need not know them.

export class Emitter<T> {
  readonly #listeners = new Set<(event: T) => void>();

  /** Called at each event from now on. Returns a function that unsubscribes. */
  on(listener: (event: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  fire(event: T): void {
    for (const listener of this.#listeners) listener(event);
  }
}
