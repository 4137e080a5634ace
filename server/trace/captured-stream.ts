// The bytes of one stream, each write with its time: kept by reference, up to a limit. Writes after
// the first `maxChunks` count as part of the last one, and small ones are copied together: 200,000
// one-byte writes must not cost 200,000 records.
import { maxChunks } from "../contract/limits.js";
import type { Chunk, StreamInfo } from "../contract/trace.js";
import { type CaptureRoom, pieceBytes } from "./capture-room.js";

/** Where small writes are copied to once a stream has `maxChunks`, and how large they may be, bytes. */
const tailBytes = 32 << 10;
const smallBytes = 4 << 10;

const none: readonly CapturedStream[] = [];

export class CapturedStream {
  /** Bytes that were written. */
  bytes = 0;
  /** How many of them, from the first on, were kept. */
  captured = 0;
  /**
   * The first write has fields of its own, as most streams have no other: its bytes, as far as
   * they were kept, its time and its length.
   */
  #firstBytes: Uint8Array | null = null;
  #firstAt: number | null = null;
  #firstLength = 0;
  /** The further writes: their bytes, and the time and length of each, one after the other. */
  #parts: Uint8Array[] | null = null;
  #writes: number[] | null = null;
  /** The last part is the beginning of this one. */
  #tail: Uint8Array | null = null;
  readonly #maxBytes: number;
  readonly #room: CaptureRoom | null;
  /** Counted in the room. */
  #taken = 0;
  readonly #sources: readonly CapturedStream[];
  #isCut = false;

  /**
   * Keeps the first `maxBytes`. `room`: what is kept is counted there until `settle`. `sources`: streams that keep the
   * same bytes, and count them: where one of them is cut, so is this one.
   */
  constructor(maxBytes: number, room: CaptureRoom | null = null, sources: readonly CapturedStream[] = none) {
    this.#maxBytes = maxBytes;
    this.#room = room;
    this.#sources = sources;
  }

  /** A stream within the same bounds, of bytes that no other stream has. */
  another(): CapturedStream {
    return new CapturedStream(this.#maxBytes, this.#room);
  }

  /** There was no room, and nothing more is kept. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** A stream that has ended, with one write, or empty for null. `at`: ms since the request's first byte. */
  static of(bytes: Uint8Array | null, at: number): CapturedStream {
    const stream = new CapturedStream(Number.MAX_SAFE_INTEGER);
    if (bytes) stream.add(bytes, at);
    return stream;
  }

  /** A stream that has ended: its writes, and the bytes that were kept of them, from the first on. */
  static restored(chunks: readonly Chunk[], bytes: Uint8Array): CapturedStream {
    const stream = new CapturedStream(Number.MAX_SAFE_INTEGER);
    for (const { at, offset, length } of chunks) stream.#addCut(bytes.subarray(offset, offset + length), at, length);
    return stream;
  }

  /** `of` could make it: at most one write, which was kept whole. */
  get isSimple(): boolean {
    return this.bytes === this.captured && !this.#writes;
  }

  /** The first write's bytes, as far as they were kept, and its time. */
  get firstBytes(): Uint8Array | null {
    return this.#firstBytes;
  }

  get firstAt(): number | null {
    return this.#firstAt;
  }

  /** `at`: ms since the request's first byte. The bytes must not change afterwards. */
  add(bytes: Uint8Array, at: number): void {
    const length = bytes.length;
    if (length === 0) return;
    this.bytes += length;
    if (this.#maxBytes === 0) return; // nothing is kept, not the times either
    const room = this.#roomFor(Math.min(length, this.#maxBytes - this.captured));
    // A copy: a view would keep the whole chunk alive.
    const kept = length <= room ? bytes : room > 0 ? new Uint8Array(bytes.subarray(0, room)) : null;
    if (kept) this.captured += kept.length;
    if (this.#firstLength === 0) {
      this.#firstBytes = kept;
      this.#firstAt = at;
      this.#firstLength = length;
    } else this.#addFurther(kept, at, length);
  }

  get chunks(): Chunk[] {
    if (this.#firstAt === null) return [];
    const chunks: Chunk[] = [{ at: this.#firstAt, offset: 0, length: this.#firstLength }];
    const writes = this.#writes ?? [];
    for (let i = 0, offset = this.#firstLength; i < writes.length; i += 2) {
      const [at = 0, length = 0] = [writes[i], writes[i + 1]];
      chunks.push({ at, offset, length });
      offset += length;
    }
    return chunks;
  }

  /** The captured bytes, one part after the other. */
  parts(): Iterable<Uint8Array> {
    return this.#all();
  }

  /** The captured bytes in the pieces in which they were written, each with its time. */
  *pieces(): Generator<{ readonly bytes: Uint8Array; readonly at: number }> {
    const chunks = this.chunks;
    let index = 0;
    let offset = 0;
    for (const bytes of this.#all()) {
      for (let next = chunks[index + 1]; next && offset >= next.offset; next = chunks[index + 1]) index++;
      yield { bytes, at: chunks[index]?.at ?? 0 };
      offset += bytes.length;
    }
  }

  /** Captured bytes `[from, from + length)`, fewer at the end, in an ArrayBuffer of their own. */
  read(from: number, length: number): Uint8Array<ArrayBuffer> {
    const out = new Uint8Array(Math.max(0, Math.min(length, this.captured - from)));
    let at = 0;
    for (const part of this.#all()) {
      const begin = Math.max(from - at, 0);
      const end = Math.min(part.length, from + out.length - at);
      if (end > begin) out.set(part.subarray(begin, end), at + begin - from);
      at += part.length;
      if (at >= from + out.length) break;
    }
    return out;
  }

  /** What is kept is not counted as a running request's any more. */
  settle(): void {
    this.#room?.give(this.#taken);
    this.#taken = 0;
  }

  /** Only the first `bytes` were written after all, and nothing more will be. */
  cutTo(bytes: number): void {
    if (bytes >= this.bytes) return;
    const [first, ...further] = this.chunks.filter(({ offset }) => offset < bytes);
    const parts: Uint8Array[] = [];
    this.bytes = bytes;
    this.captured = Math.min(this.captured, bytes);
    let left = this.captured;
    for (const part of this.#all()) {
      if (left > 0) parts.push(part.subarray(0, left));
      left -= Math.min(left, part.length);
    }
    this.#firstBytes = parts.shift() ?? null;
    this.#firstAt = first?.at ?? null;
    this.#firstLength = Math.min(this.#firstLength, bytes);
    this.#parts = parts.length > 0 ? parts : null;
    this.#tail = null;
    const writes = further.flatMap(({ at, offset, length }) => [at, Math.min(length, bytes - offset)]);
    this.#writes = writes.length > 0 ? writes : null;
  }

  /** Forgets all writes. */
  clear(): void {
    this.settle();
    this.#isCut = false;
    this.bytes = this.captured = this.#firstLength = 0;
    this.#firstBytes = this.#firstAt = null;
    this.#parts = this.#tail = null;
    this.#writes = null;
  }

  /** Becomes equal to another stream that has ended. */
  takeFrom(other: CapturedStream | null): void {
    for (const { at, offset, length } of other?.chunks ?? []) {
      const kept = Math.max(0, Math.min(length, (other?.captured ?? 0) - offset));
      this.#addCut(other?.read(offset, kept) ?? new Uint8Array(0), at, length);
    }
  }

  info(): StreamInfo {
    return { bytes: this.bytes, captured: this.captured, chunks: this.chunks };
  }

  /** A write of which these bytes were kept. */
  #addCut(kept: Uint8Array, at: number, length: number): void {
    this.bytes += length;
    this.captured += kept.length;
    const bytes = kept.length > 0 ? kept : null;
    if (this.#firstLength === 0) {
      this.#firstBytes = bytes;
      this.#firstAt = at;
      this.#firstLength = length;
    } else this.#addFurther(bytes, at, length);
  }

  /** How many of `bytes` may be kept. Fewer than all: nothing after them. */
  #roomFor(bytes: number): number {
    if (bytes <= 0) return 0;
    for (const { isCut } of this.#sources) if (isCut) this.#isCut = true;
    if (this.#isCut) return 0;
    if (!this.#room) return bytes;
    const taken = this.#room.take(bytes);
    if (taken > 0) this.#taken += taken + pieceBytes;
    this.#isCut = taken < bytes;
    return taken;
  }

  #addFurther(kept: Uint8Array | null, at: number, length: number): void {
    const isLate = this.#writes !== null && this.#writes.length >= 2 * (maxChunks - 1);
    if (kept && isLate && kept.length < smallBytes) this.#append(kept);
    else if (kept) {
      this.#tail = null;
      if (this.#parts) this.#parts.push(kept);
      else this.#parts = [kept];
    }
    if (!this.#writes) this.#writes = [at, length];
    else if (this.#writes.length < 2 * (maxChunks - 1)) this.#writes.push(at, length);
    else this.#writes[this.#writes.length - 1] = (this.#writes.at(-1) ?? 0) + length;
  }

  /** Small writes of a stream that has many: one part for all of them. */
  #append(bytes: Uint8Array): void {
    this.#parts ??= [];
    const parts = this.#parts;
    const used = this.#tail ? (parts.at(-1)?.length ?? 0) : 0;
    if (this.#tail && used + bytes.length <= tailBytes) {
      this.#tail.set(bytes, used);
      parts[parts.length - 1] = this.#tail.subarray(0, used + bytes.length);
    } else {
      this.#tail = new Uint8Array(tailBytes);
      this.#tail.set(bytes);
      parts.push(this.#tail.subarray(0, bytes.length));
    }
  }

  *#all(): Generator<Uint8Array> {
    if (this.#firstBytes) yield this.#firstBytes;
    yield* this.#parts ?? [];
  }
}
