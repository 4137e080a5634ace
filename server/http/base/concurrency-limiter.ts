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

type Limits = Pick<GatewayLimits, "concurrency" | "queue">;

export class ConcurrencyLimiter {
  #running = 0;
  /** What admits each request that waits. */
  readonly #queue = new Set<() => void>();
  readonly #limits: () => Limits;

  /** `limits`: those in force. They hold for the requests that wait, too. */
  constructor(limits: () => Limits) {
    this.#limits = limits;
  }

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
  acquire(exchangeAbort: ExchangeAbort): AcquireResult | Promise<AcquireResult> {
    if (exchangeAbort.reason) return "aborted";
    const { concurrency, queue } = this.#limits();
    if (this.#running < concurrency && this.#queue.size === 0) return this.#permit();
    if (this.#queue.size >= queue) return "full";
    return new Promise((resolve) => {
      const admit = (): void => {
        stopListening();
        resolve(this.#permit());
      };
      const stopListening = exchangeAbort.onAbort(() => {
        this.#queue.delete(admit);
        resolve("aborted");
      });
      this.#queue.add(admit);
    });
  }

  /** Those for which there is room: a permit is back, or other limits are in force. */
  admitWaiting(): void {
    for (const admit of this.#queue) {
      if (this.#running >= this.#limits().concurrency) return;
      this.#queue.delete(admit);
      admit();
    }
  }

  #permit(): Permit {
    this.#running++;
    return new Permit(() => {
      this.#running--;
      this.admitWaiting();
    });
  }
}
