// What remains to be done for an exchange once its answer is out has time. A millisecond later the next request's script is being started,
// which others do, and the loop would only wait.
const delayMs = 1;

export class Aftermath {
  #due: Promise<void> | null = null;

  /** Resolves a millisecond after the first of those who wait began to. */
  time(): Promise<void> {
    this.#due ??= new Promise((resolve) => {
      setTimeout(() => {
        this.#due = null;
        resolve();
      }, delayMs);
    });
    return this.#due;
  }
}
