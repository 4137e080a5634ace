// Why an exchange ends before its natural end: one place that everybody concerned listens to. The first reason stands.

import { removeItem } from "../../base/remove-item.js";
import type { Message } from "../../contract/message.js";
import type { Outcome } from "../../contract/trace.js";

export interface AbortReason {
  readonly outcome: Extract<Outcome, "timeout" | "client-gone" | "stopped" | "bad-request">;
  readonly cause: Message;
  /** The status the client gets when nothing was sent yet. */
  readonly status: number;
}

/** A signal with a typed reason; lighter than an AbortSignal, of which each request would need several listeners. */
export class ExchangeAbort {
  #reason: AbortReason | null = null;
  readonly #listeners: (() => void)[] = [];

  get reason(): AbortReason | null {
    return this.#reason;
  }

  abort(reason: AbortReason): void {
    if (this.#reason) return;
    this.#reason = reason;
    for (const listener of this.#listeners.splice(0)) listener();
  }

  /** Called once, at once when it has happened already. Returns the way to stop listening. */
  onAbort(listener: () => void): () => void {
    if (this.#reason) listener();
    else this.#listeners.push(listener);
    return () => removeItem(this.#listeners, listener);
  }
}
