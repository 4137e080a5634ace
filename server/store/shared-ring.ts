// A ring of bytes that the thread of the requests writes and the thread of the store reads. Writing is a copy and one
// atomic store: no message, no wake-up, no wait. The reader asks for news by itself.

import {
  mostRecordBytes,
  type RecordParts,
  recordHead,
  type WrittenRecord,
  writeRecord,
} from "../trace/codec/record.js";

const ringBytes = 1 << 24;
/** A batch holds the records of so many bytes, or a single larger one. */
const batchBytes = 1 << 18;

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

  /** False: there is no room. */
  write(parts: RecordParts): boolean {
    // What is not used of the most that it can take is given back at once.
    const at = this.#room(mostRecordBytes(parts));
    if (at < 0) return false;
    this.#publish(writeRecord(this.#ring, at, parts));
    return true;
  }

  /** Copies a record that was written elsewhere. Its `number` and `floor` are the ring's own. */
  copy({ data, at, length }: WrittenRecord, number: number, floor: number): boolean {
    const to = this.#room(length);
    if (to < 0) return false;
    this.#ring.set(data.subarray(at, at + length), to);
    this.#numbers[(to >> 2) + recordHead.number] = number;
    this.#numbers[(to >> 2) + recordHead.floor] = floor;
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
