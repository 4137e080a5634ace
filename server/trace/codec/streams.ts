// The streams of a trace in its record, with each byte once: a script's response body lies in its stdout, and that in
// what a FastCGI application sent.
import type { StreamName } from "../../contract/trace.js";
import type { CapturedStream } from "../captured-stream.js";
import type { TraceRecord } from "../trace-record.js";
import { streamIn } from "../trace-streams.js";
import type { NumberReader, NumberWriter } from "./numbers.js";

/** In this order: a stream that holds another one's bytes comes before it. */
export const recordedStreams: readonly StreamName[] = [
  "fastcgi-received",
  "fastcgi-sent",
  "stdout",
  "stderr",
  "stdin",
  "request-body",
  "response-body",
];

/**
 * How a stream is written. `whole`: one write that was kept whole, as most streams have no other: its time, place and
 * length. `inContext`: the same, and the context has the bytes: its time. `general`: see `writeGeneral`.
 */
export const form = { none: 0, empty: 1, whole: 2, inContext: 3, general: 4 } as const;

export interface StoredStream {
  /** Bytes that passed. */
  readonly bytes: number;
  /** Time, in ms, and length of each write. */
  readonly writes: readonly number[];
  /** Place and length of each run of kept bytes: in the record's body or, `inContext`, in its context. */
  readonly runs: readonly number[];
}
export const inContext = -1;

/** Writes the streams of one trace, and collects their bytes without those that lie in an earlier part. */
export class StreamWriter {
  readonly #numbers: NumberWriter;
  #parts: Uint8Array[] = [];
  #places: number[] = [];
  #bytes = 0;
  /** How many parts the streams before have. */
  #before = 0;
  /** Streams that share memory are met in the same order: the next part probably lies behind the last one found. */
  #next = 0;
  /** The parts of the streams before, by their memory; made when there are many. */
  #byMemory: Map<ArrayBufferLike, number[]> | null = null;

  constructor(numbers: NumberWriter) {
    this.#numbers = numbers;
  }

  /** `sent`: what the context has. `isShortened`: without any bytes. Returns the body's parts. */
  write(trace: TraceRecord, sent: Uint8Array | null, isShortened: boolean): readonly Uint8Array[] {
    this.#parts = [];
    this.#places = [];
    this.#bytes = this.#next = 0;
    this.#byMemory = null;
    const numbers = this.#numbers;
    for (const name of recordedStreams) {
      const stream = streamIn[name](trace);
      if (this.#before !== this.#parts.length) this.#byMemory = null;
      this.#before = this.#parts.length;
      if (stream === null) numbers.integer(form.none);
      else if (stream.bytes === 0) numbers.integer(form.empty);
      else if (stream.isSimple && stream.firstBytes && !isShortened) {
        const isShared = stream.firstBytes === sent;
        numbers.integer(isShared ? form.inContext : form.whole);
        numbers.double(stream.firstAt);
        if (isShared) continue;
        numbers.integer(this.#placeOf(stream.firstBytes));
        numbers.integer(stream.bytes);
      } else this.#writeGeneral(stream, sent, isShortened);
    }
    return this.#parts;
  }

  /** Bytes that passed; how many writes, with their times and lengths; how many runs, with their places and lengths. */
  #writeGeneral(stream: CapturedStream, sent: Uint8Array | null, isShortened: boolean): void {
    const numbers = this.#numbers;
    numbers.integer(form.general);
    numbers.double(stream.bytes);
    const { chunks } = stream;
    numbers.integer(chunks.length);
    for (const { at, length } of chunks) {
      numbers.double(at);
      numbers.double(length);
    }
    const runs = isShortened || stream.captured === 0 ? [] : this.#runsOf(stream.parts(), sent);
    numbers.integer(runs.length / 2);
    for (const number of runs) numbers.integer(number);
  }

  #runsOf(parts: Iterable<Uint8Array>, sent: Uint8Array | null): number[] {
    const runs: number[] = [];
    for (const part of parts) {
      const at = part === sent ? inContext : this.#placeOf(part);
      const before = runs.length - 2;
      if (before >= 0 && at !== inContext && (runs[before] ?? 0) + (runs[before + 1] ?? 0) === at)
        runs[before + 1] = (runs[before + 1] ?? 0) + part.length;
      else runs.push(at, part.length);
    }
    return runs;
  }

  /** Where its bytes are in the body, which gets them if it has not. */
  #placeOf(part: Uint8Array): number {
    const holder = this.#before === 0 ? null : this.#holderOf(part);
    if (holder !== null) {
      this.#next = holder;
      return (this.#places[holder] ?? 0) + part.byteOffset - (this.#parts[holder]?.byteOffset ?? 0);
    }
    this.#parts.push(part);
    this.#places.push(this.#bytes);
    this.#bytes += part.length;
    return this.#bytes - part.length;
  }

  /** The part of a stream before that has its bytes. */
  #holderOf(part: Uint8Array): number | null {
    const { buffer } = part; // asked for once: it is a call into V8's runtime
    for (let index = this.#next; index < Math.min(this.#next + 2, this.#before); index++)
      if (this.#holds(index, part, buffer)) return index;
    if (this.#before > fewParts)
      return this.#inMemory(buffer).find((index) => this.#holds(index, part, buffer)) ?? null;
    for (let index = 0; index < this.#before; index++) if (this.#holds(index, part, buffer)) return index;
    return null;
  }

  #holds(index: number, { byteOffset, length }: Uint8Array, buffer: ArrayBufferLike): boolean {
    const part = this.#parts[index];
    if (!part || byteOffset < part.byteOffset || byteOffset + length > part.byteOffset + part.length) return false;
    return part.buffer === buffer;
  }

  #inMemory(buffer: ArrayBufferLike): readonly number[] {
    if (this.#byMemory === null) {
      this.#byMemory = new Map();
      for (let index = 0; index < this.#before; index++) {
        const memory = this.#parts[index]?.buffer ?? buffer;
        const known = this.#byMemory.get(memory);
        if (known) known.push(index);
        else this.#byMemory.set(memory, [index]);
      }
    }
    return this.#byMemory.get(buffer) ?? [];
  }
}

/** So many are looked at one by one. */
const fewParts = 8;

/** Reads one stream; null: there is none. `sentBytes`: how many the context has. @throws RangeError if it is damaged */
export function readStream(numbers: NumberReader, sentBytes: number): StoredStream | null {
  const written = numbers.integer();
  switch (written) {
    case form.none:
      return null;
    case form.empty:
      return { bytes: 0, writes: [], runs: [] };
    case form.inContext:
      return { bytes: sentBytes, writes: [numbers.double(), sentBytes], runs: [inContext, sentBytes] };
    case form.whole: {
      const time = numbers.double();
      const at = placeFrom(numbers);
      const bytes = numbers.integer();
      return { bytes, writes: [time, bytes], runs: [at, bytes] };
    }
    case form.general:
      return readGeneral(numbers);
    default:
      throw new RangeError("a record has a stream of an unknown form");
  }
}

function readGeneral(numbers: NumberReader): StoredStream {
  const bytes = numbers.double();
  const writes: number[] = [];
  for (let left = numbers.integer(); left > 0; left--) writes.push(numbers.double(), numbers.double());
  const runs: number[] = [];
  for (let left = numbers.integer(); left > 0; left--) runs.push(placeFrom(numbers), numbers.integer());
  return { bytes, writes, runs };
}

function placeFrom(numbers: NumberReader): number {
  const at = numbers.integer();
  if (at < inContext) throw new RangeError("a record has a stream before its beginning");
  return at;
}

/** What the body of a record has of a stream, in one piece. */
export function bytesOfStream({ runs }: StoredStream, body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let i = 0; i < runs.length; i += 2) {
    const [from = 0, length = 0] = [runs[i], runs[i + 1]];
    if (from !== inContext) parts.push(body.subarray(from, from + length));
  }
  const [only] = parts;
  return only && parts.length === 1 ? only : Buffer.concat(parts);
}
