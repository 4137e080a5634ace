// The ended traces in memory that the store's lists may not have yet, in the order in which they ended.
import type { TraceRow } from "../contract/trace.js";
import type { EncodedTrace } from "./codec/encode-trace.js";

export interface UnlistedRow {
  readonly row: TraceRow;
  /** It runs; it was passed on to the store; it will not be stored. */
  readonly is: "running" | "passed-on" | "unstored";
}

export class UnlistedTraces {
  #traces: (EncodedTrace | null)[] = [];
  /** Everything before this place is null. */
  #passed = 0;

  add(trace: EncodedTrace): void {
    this.#traces.push(trace);
  }

  remove(trace: EncodedTrace): void {
    const place = this.#traces.indexOf(trace, this.#passed);
    if (place >= 0) this.#traces[place] = null;
    while (this.#passed < this.#traces.length && this.#traces[this.#passed] === null) this.#passed++;
    if (this.#passed < 1024 || this.#passed < this.#traces.length / 2) return;
    this.#traces = this.#traces.slice(this.#passed);
    this.#passed = 0;
  }

  /** The store has this one, and all that were passed on to it before. */
  stored(newest: EncodedTrace): void {
    const end = this.#traces.lastIndexOf(newest) + 1;
    for (const trace of this.#traces.slice(this.#passed, end)) if (trace?.isPassedOn) this.remove(trace);
  }

  newestFirst(): EncodedTrace[] {
    return this.#traces
      .slice(this.#passed)
      .flatMap((trace) => trace ?? [])
      .reverse();
  }
}
