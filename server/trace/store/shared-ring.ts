// A ring of bytes that the thread of the requests writes and the thread of the store reads. Writing is a copy and one
// atomic store: no message, no wake-up, no wait. The reader asks for news by itself.

const ringBytes = 1 << 24;
/** A batch holds the records of so many bytes, or a single larger one. */
const batchBytes = 1 << 18;

/**
 * Each record begins with these numbers. Then come `json` and `body`. `number` and `floor` are those of contexts; a
 * record that has nothing but a `floor` comes when contexts are forgotten. The `floor` of a trace is 1 if it was pinned
 * from the beginning: a record behind it could come when it is evicted.
 */
export const recordHead = { length: 0, kind: 1, number: 2, jsonBytes: 3, bodyBytes: 4, floor: 5, form: 6 } as const;
export const recordHeadBytes = 32;
export const recordKind = { trace: 1, context: 2, findings: 3, pin: 4, floor: 5 } as const;
/** Of a trace: its facts are JSON, or a compact trace's row of numbers. */
export const recordForm = { json: 0, compact: 1 } as const;
/** The rest of the ring is not used: the next record begins at its start. */
const skipKind = 0xffff;

const place = { written: 0, read: 1, lost: 2, shortened: 3, tooLarge: 4 } as const;

/** What both threads share. */
export interface SharedRing {
  readonly bytes: SharedArrayBuffer;
  readonly places: SharedArrayBuffer;
}

export const newRing = (size = ringBytes): SharedRing => ({
  bytes: new SharedArrayBuffer(size),
  places: new SharedArrayBuffer(4 * Object.keys(place).length),
});

/** What the reader missed since it asked last. */
export interface Missed {
  readonly lost: number;
  readonly shortened: number;
  /** Shortened because of their own size. Not counted in `shortened`. */
  readonly tooLarge: number;
}

/** The numbers of a record's head that depend on its kind, and the length of its JSON. */
interface RecordHead {
  readonly kind: number;
  readonly number?: number;
  readonly floor?: number;
  readonly form?: number;
}

export class RingWriter {
  readonly #size: number;
  readonly #ring: Buffer;
  readonly #numbers: Uint32Array;
  readonly #places: Int32Array;
  #written: number;

  constructor({ bytes, places }: SharedRing) {
    this.#size = bytes.byteLength;
    this.#ring = Buffer.from(bytes);
    this.#numbers = new Uint32Array(bytes);
    this.#places = new Int32Array(places);
    this.#written = Atomics.load(this.#places, place.written);
  }

  /** Bytes that the reader has not taken yet. */
  get backlog(): number {
    return (this.#written - Atomics.load(this.#places, place.read)) >>> 0;
  }

  get size(): number {
    return this.#size;
  }

  /** False: there is no room. `parts`: the bytes of the body, one after the other. */
  write(
    { kind, number = 0, floor = 0, form = recordForm.json }: RecordHead,
    json: string,
    parts: readonly Uint8Array[],
    bytes: number,
  ): boolean {
    // A character takes three bytes at most. What is not used of that is given back at once.
    const at = this.#room(recordHeadBytes + 3 * json.length + bytes + 8);
    if (at < 0) return false;
    const jsonBytes = this.#ring.write(json, at + recordHeadBytes, "utf8");
    let end = at + recordHeadBytes + jsonBytes;
    for (const part of parts) {
      this.#ring.set(part, end);
      end += part.length;
    }
    const length = (end - at + 7) & ~7;
    const head = at >> 2;
    this.#numbers[head + recordHead.length] = length;
    this.#numbers[head + recordHead.kind] = kind;
    this.#numbers[head + recordHead.number] = number;
    this.#numbers[head + recordHead.jsonBytes] = jsonBytes;
    this.#numbers[head + recordHead.bodyBytes] = bytes;
    this.#numbers[head + recordHead.floor] = floor;
    this.#numbers[head + recordHead.form] = form;
    this.#publish(length);
    return true;
  }

  /** Goes on at the ring's beginning, where a large record has the most room. */
  rewind(): void {
    const at = (this.#written >>> 0) % this.#size;
    const gap = this.#size - at;
    if (at > 0 && this.backlog + gap <= this.#size) this.#skip(at, gap);
  }

  countLost(): void {
    Atomics.add(this.#places, place.lost, 1);
  }

  countShortened(isTooLarge: boolean): void {
    Atomics.add(this.#places, isTooLarge ? place.tooLarge : place.shortened, 1);
  }

  /** Where so many bytes have room in a row; -1: nowhere. */
  #room(length: number): number {
    const at = (this.#written >>> 0) % this.#size;
    const gap = at + length > this.#size ? this.#size - at : 0;
    if (this.backlog + gap + length > this.#size) return -1;
    if (gap === 0) return at;
    this.#skip(at, gap);
    return 0;
  }

  #skip(at: number, gap: number): void {
    this.#numbers[at >> 2] = gap;
    this.#numbers[(at >> 2) + recordHead.kind] = skipKind;
    this.#publish(gap);
  }

  #publish(length: number): void {
    this.#written = (this.#written + length) | 0;
    Atomics.store(this.#places, place.written, this.#written);
  }
}

export class RingReader {
  readonly #size: number;
  readonly #ring: Buffer;
  readonly #numbers: Uint32Array;
  readonly #places: Int32Array;

  constructor({ bytes, places }: SharedRing) {
    this.#size = bytes.byteLength;
    this.#ring = Buffer.from(bytes);
    this.#numbers = new Uint32Array(bytes);
    this.#places = new Int32Array(places);
  }

  /** Writes every page once. Otherwise the requests would wait for the system to make each of them. */
  touch(): void {
    for (let at = 0; at < this.#size; at += 4096) Atomics.or(this.#numbers, at >> 2, 0);
  }

  /** A copy of the next records, which leave the ring; null: there are none. */
  take(): Buffer<ArrayBuffer> | null {
    const written = Atomics.load(this.#places, place.written);
    for (;;) {
      const read = Atomics.load(this.#places, place.read);
      if (read === written) return null;
      const from = (read >>> 0) % this.#size;
      const waiting = (written - read) >>> 0;
      let bytes = 0;
      while (bytes < waiting && bytes < batchBytes && from + bytes < this.#size) {
        if (this.#numbers[((from + bytes) >> 2) + recordHead.kind] === skipKind) break;
        bytes += this.#numbers[(from + bytes) >> 2] ?? 0;
      }
      if (bytes === 0) {
        Atomics.store(this.#places, place.read, (read + (this.#numbers[from >> 2] ?? 0)) | 0);
        continue;
      }
      const batch = Buffer.from(new ArrayBuffer(bytes));
      this.#ring.copy(batch, 0, from, from + bytes);
      this.#ring.fill(0, from, from + bytes); // on a quiet server it would stay for days, and traces are deleted
      Atomics.store(this.#places, place.read, (read + bytes) | 0);
      return batch;
    }
  }

  missed(): Missed {
    const since = (count: number): number => Atomics.exchange(this.#places, count, 0);
    return { lost: since(place.lost), shortened: since(place.shortened), tooLarge: since(place.tooLarge) };
  }
}

/** A record in a copy of the ring's bytes, or of a part of it. */
export interface RingRecord {
  readonly kind: number;
  readonly number: number;
  readonly floor: number;
  readonly form: number;
  /** From the first byte of its head on. */
  readonly at: number;
  readonly length: number;
  readonly json: Buffer;
  readonly body: Buffer;
}

export function recordAt(batch: Buffer, at: number): RingRecord {
  const number = (field: number): number => batch.readUInt32LE(at + 4 * field);
  const bodyAt = at + recordHeadBytes + number(recordHead.jsonBytes);
  return {
    at,
    length: number(recordHead.length),
    kind: number(recordHead.kind),
    number: number(recordHead.number),
    floor: number(recordHead.floor),
    form: number(recordHead.form),
    json: batch.subarray(at + recordHeadBytes, bodyAt),
    body: batch.subarray(bodyAt, bodyAt + number(recordHead.bodyBytes)),
  };
}

export function* recordsOf(batch: Buffer): Generator<RingRecord> {
  for (let at = 0; at < batch.length; ) {
    const record = recordAt(batch, at);
    yield record;
    at += record.length;
  }
}
