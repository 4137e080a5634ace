// How many scripts run at once, and how many requests may wait for that. First come, first served.
import type { GatewayLimits } from "./gateway-settings.js";
import type { Interruption } from "./interruption.js";

/** The right to run scripts for one request. */
export class Place {
  #onLeave: (() => void) | null;

  constructor(onLeave: () => void) {
    this.#onLeave = onLeave;
  }

  /** Idempotent. */
  leave(): void {
    const onLeave = this.#onLeave;
    this.#onLeave = null;
    onLeave?.();
  }
}
export type Admitted = Place | "full" | "interrupted";

interface Waiting {
  readonly concurrency: number;
  readonly admit: () => void;
}

export class Admission {
  #running = 0;
  readonly #queue = new Set<Waiting>();

  get running(): number {
    return this.#running;
  }

  get queued(): number {
    return this.#queue.size;
  }

  /** A place, "full" when too many wait already, or "interrupted" when the request ended while it waited. A promise only for one that has to wait. */
  enter(limits: Pick<GatewayLimits, "concurrency" | "queue">, interruption: Interruption): Admitted | Promise<Admitted> {
    if (interruption.reason) return "interrupted";
    if (this.#running < limits.concurrency && this.#queue.size === 0) return this.#place();
    if (this.#queue.size >= limits.queue) return "full";
    return new Promise((resolve) => {
      const waiting: Waiting = {
        concurrency: limits.concurrency,
        admit: () => {
          stopListening();
          resolve(this.#place());
        },
      };
      const stopListening = interruption.onInterrupt(() => {
        this.#queue.delete(waiting);
        resolve("interrupted");
        this.#admitNext(); // it may have stood before others with a higher limit
      });
      this.#queue.add(waiting);
      this.#admitNext(); // the queue may hold requests that a raised limit lets in now
    });
  }

  #place(): Place {
    this.#running++;
    return new Place(() => {
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
