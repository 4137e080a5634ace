// Limits how many scripts run at once, and how many requests may wait for a permit. First come, first served.

import type { ExchangeAbort } from "./exchange-abort.js";
import type { GatewayLimits } from "./gateway-settings.js";

/** The right to run scripts for one request. */
export class Permit {
  #onRelease: (() => void) | null;

  constructor(onRelease: () => void) {
    this.#onRelease = onRelease;
  }

  /** Idempotent. */
  release(): void {
    const onRelease = this.#onRelease;
    this.#onRelease = null;
    onRelease?.();
  }
}
export type AcquireResult = Permit | "full" | "aborted";

interface Waiting {
  readonly concurrency: number;
  readonly admit: () => void;
}

export class ConcurrencyLimiter {
  #running = 0;
  readonly #queue = new Set<Waiting>();

  get running(): number {
    return this.#running;
  }

  get queued(): number {
    return this.#queue.size;
  }

  /**
   * A permit; "full" when too many requests wait already; "aborted" when the request ended while it
   * waited. A promise only when it has to wait.
   */
  acquire(
    limits: Pick<GatewayLimits, "concurrency" | "queue">,
    exchangeAbort: ExchangeAbort,
  ): AcquireResult | Promise<AcquireResult> {
    if (exchangeAbort.reason) return "aborted";
    if (this.#running < limits.concurrency && this.#queue.size === 0) return this.#permit();
    if (this.#queue.size >= limits.queue) return "full";
    return new Promise((resolve) => {
      const waiting: Waiting = {
        concurrency: limits.concurrency,
        admit: () => {
          stopListening();
          resolve(this.#permit());
        },
      };
      const stopListening = exchangeAbort.onAbort(() => {
        this.#queue.delete(waiting);
        resolve("aborted");
        this.#admitNext(); // the next ones in the queue may have a higher limit
      });
      this.#queue.add(waiting);
      this.#admitNext(); // a raised limit may admit requests in the queue now
    });
  }

  #permit(): Permit {
    this.#running++;
    return new Permit(() => {
      this.#running--;
      this.#admitNext();
    });
  }

  #admitNext(): void {
    for (const waiting of this.#queue) {
      if (this.#running >= waiting.concurrency) return;
      this.#queue.delete(waiting);
      waiting.admit();
    }
  }
}
