// Why an exchange ends before its natural end: one place that everybody concerned listens to. The first reason stands.
import type { Outcome } from "../contract/trace.js";
import { removeItem } from "../remove-item.js";

export interface InterruptionReason {
  readonly outcome: Extract<Outcome, "timeout" | "client-gone" | "stopped" | "bad-request">;
  /** A plain sentence. */
  readonly detail: string;
  /** The status the client gets when nothing was sent yet. */
  readonly status: number;
}

/** A signal with a typed reason; lighter than an AbortSignal, of which each request would need several listeners. */
export class Interruption {
  #reason: InterruptionReason | null = null;
  readonly #listeners: (() => void)[] = [];

  get reason(): InterruptionReason | null {
    return this.#reason;
  }

  interrupt(reason: InterruptionReason): void {
    if (this.#reason) return;
    this.#reason = reason;
    for (const listener of this.#listeners.splice(0)) listener();
  }

  /** Called once, at once when it has happened already. Returns the way to stop listening. */
  onInterrupt(listener: () => void): () => void {
    if (this.#reason) listener();
    else this.#listeners.push(listener);
    return () => removeItem(this.#listeners, listener);
  }
}
