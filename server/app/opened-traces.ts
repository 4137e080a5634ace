// Traces that were read from the store to be shown: the last few, as if they were still in memory.
import type { TraceRecord } from "../trace/trace-record.js";
import { allBytes } from "../trace/trace-streams.js";

const maxOpened = 32;
const maxOpenedBytes = 64 << 20;

export class OpenedTraces {
  readonly #traces = new Map<string, TraceRecord>();
  #bytes = 0;

  get(id: string): TraceRecord | null {
    const trace = this.#traces.get(id);
    if (!trace) return null;
    this.#traces.delete(id); // the one that was used last is the last to leave
    this.#traces.set(id, trace);
    return trace;
  }

  add(trace: TraceRecord): void {
    this.#remove(trace.id);
    this.#traces.set(trace.id, trace);
    this.#bytes += allBytes(trace);
    for (const [id] of this.#traces) {
      if (this.#traces.size === 1 || (this.#traces.size <= maxOpened && this.#bytes <= maxOpenedBytes)) break;
      this.#remove(id);
    }
  }

  #remove(id: string): void {
    const trace = this.#traces.get(id);
    if (trace) this.#bytes -= allBytes(trace);
    this.#traces.delete(id);
  }

  clear(): void {
    this.#traces.clear();
    this.#bytes = 0;
  }
}
