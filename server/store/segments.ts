// A segment: the records of one batch as they came, and behind them the contexts that its traces need and that
// came earlier. So a segment can be read, and evicted, by itself. Each record gets its checksum; to read the records is
// left to `TraceRows`, when there is time.
import { recordHead, recordKind, seal } from "../trace/codec/record.js";

export interface Segment {
  readonly data: Buffer;
  readonly traces: number;
  /** Unix time, ms. The requests' own times do not count: they may be those of imported traces. */
  readonly madeAt: number;
  /** Traces were pinned, or are no longer. */
  readonly hasPins: boolean;
  /** It has no trace, finding or pin: contexts alone are stored with the first trace that needs them. */
  readonly isEmpty: boolean;
}

/** Makes the segments of one process: it remembers the contexts that traces to come may refer to. */
export class Segments {
  readonly #contexts = new Map<number, Buffer>();

  /** @throws RangeError when a trace refers to a context that never came */
  of(batch: Buffer<ArrayBuffer>): Segment {
    const heads = new Uint32Array(batch.buffer, batch.byteOffset, batch.length >> 2);
    const needed = new Set<number>();
    const here = new Set<number>();
    let traces = 0;
    let floor = 0;
    let hasPins = false;
    let isEmpty = true;
    for (let at = 0; at < batch.length; ) {
      const head = at >> 2;
      const length = heads[head] ?? 0;
      const kind = heads[head + recordHead.kind];
      const number = heads[head + recordHead.number] ?? 0;
      seal(batch, at);
      if (kind === recordKind.trace) {
        traces++;
        needed.add(number);
      } else if (kind === recordKind.context) {
        here.add(number);
        // A copy: the batch must not live as long.
        this.#contexts.set(number, Buffer.from(batch.subarray(at, at + length)));
      } else if (kind === recordKind.pin) hasPins = true;
      if (kind === recordKind.context || kind === recordKind.floor) floor = heads[head + recordHead.floor] ?? 0;
      else isEmpty = false;
      at += length;
    }
    const data = this.#withContexts(
      batch,
      [...needed].filter((number) => !here.has(number)),
    );
    // Traces from now on do not refer to those below the floor. (Those before may be in this batch.)
    for (const known of this.#contexts.keys()) if (known < floor) this.#contexts.delete(known);
    return { data, traces, madeAt: Date.now(), hasPins, isEmpty };
  }

  #withContexts(batch: Buffer, numbers: readonly number[]): Buffer {
    if (numbers.length === 0) return batch;
    const parts = [batch];
    for (const number of numbers) {
      const bytes = this.#contexts.get(number);
      if (!bytes) throw new RangeError(`a trace refers to the context ${number}, which never came`);
      parts.push(bytes);
    }
    return Buffer.concat(parts);
  }
}
