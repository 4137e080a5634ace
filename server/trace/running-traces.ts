// The traces of requests that run. One that takes a while has a row, which is published again and again until it ends.
import { removeItem } from "../base/remove-item.js";
import type { TraceRecord } from "./trace-record.js";

/** A request that takes longer than this gets a row while it runs, ms. */
const firstRowAfterMs = 16;
/** That row is published again this often, ms. */
const publishEveryMs = 500;

export class RunningTraces {
  readonly #traces: TraceRecord[] = [];
  /** Gives the trace a row, and the number of that row in `rev`. */
  readonly #publish: (trace: TraceRecord) => void;
  /** By the traces' ids: who waits for their end. */
  readonly #awaited = new Map<string, (() => void)[]>();
  #firstRows: NodeJS.Timeout | null = null;
  #publisher: NodeJS.Timeout | null = null;

  constructor(publish: (trace: TraceRecord) => void) {
    this.#publish = publish;
  }

  get pinnedCount(): number {
    return this.#traces.filter(({ pinned }) => pinned).length;
  }

  add(trace: TraceRecord): void {
    this.#traces.push(trace);
  }

  /** False: it did not run. */
  remove(trace: TraceRecord): boolean {
    if (!removeItem(this.#traces, trace)) return false;
    if (this.#awaited.size > 0) this.#tellEnd(trace);
    return true;
  }

  /** Resolves when the trace is removed, after the caller of `remove` has finished with it. */
  whenEnded(trace: TraceRecord): Promise<void> {
    if (!this.#traces.includes(trace)) return Promise.resolve();
    return new Promise((resolve) => {
      const others = this.#awaited.get(trace.id);
      if (others) others.push(resolve);
      else this.#awaited.set(trace.id, [resolve]);
    });
  }

  get all(): readonly TraceRecord[] {
    return this.#traces;
  }

  /** Those that have a row, the newest first. */
  listed(): TraceRecord[] {
    return this.#traces.filter(({ rev }) => rev > 0).sort((a, b) => b.seq - a.seq);
  }

  find(isWanted: (trace: TraceRecord) => boolean): TraceRecord | null {
    return this.#traces.find(isWanted) ?? null;
  }

  /** Publishes rows from now on, until nothing runs. */
  publishSoon(): void {
    this.#firstRows ??= setTimeout(() => this.#publishNew(), firstRowAfterMs).unref();
    this.#publisher ??= setInterval(() => this.publish(), publishEveryMs).unref();
  }

  /** Publishes again each row that was published. */
  publish(): void {
    for (const trace of this.#traces) if (trace.rev > 0) this.#publish(trace);
    if (this.#traces.length === 0) this.dispose();
  }

  dispose(): void {
    if (this.#firstRows) clearTimeout(this.#firstRows);
    if (this.#publisher) clearInterval(this.#publisher);
    this.#firstRows = null;
    this.#publisher = null;
  }

  #tellEnd({ id }: TraceRecord): void {
    for (const resolve of this.#awaited.get(id) ?? []) resolve();
    this.#awaited.delete(id);
  }

  /** Publishes the first row of each request that has taken long enough. */
  #publishNew(): void {
    this.#firstRows = null;
    const before = performance.now() - firstRowAfterMs;
    for (const trace of this.#traces) {
      if (trace.rev > 0) continue;
      if (trace.t0Ms <= before) this.#publish(trace);
      else this.#firstRows ??= setTimeout(() => this.#publishNew(), firstRowAfterMs).unref();
    }
  }
}
