// One kind of event, for those who want to know: who fires it need not know them.

export class Emitter<T> {
  readonly #listeners = new Set<(event: T) => void>();

  /** Called at each event from now on. Answers with what ends it. */
  on(listener: (event: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  fire(event: T): void {
    for (const listener of this.#listeners) listener(event);
  }
}
