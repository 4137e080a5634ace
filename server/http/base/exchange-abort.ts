// Why an exchange is aborted. All parts of the exchange listen to it. The first reason counts.

import { removeItem } from "../../base/remove-item.js";
import type { Message } from "../../contract/message.js";
import type { Outcome } from "../../contract/trace.js";

interface AbortReason {
  readonly outcome: Extract<Outcome, "timeout" | "client-gone" | "stopped" | "bad-request">;
  readonly cause: Message;
  /** The status of the error page when nothing was sent yet. */
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

  /**
   * Calls the listener once: immediately when the exchange was aborted already.
   * Returns a function that stops listening.
   */
  onAbort(listener: () => void): () => void {
    if (this.#reason) listener();
    else this.#listeners.push(listener);
    return () => removeItem(this.#listeners, listener);
  }
}
