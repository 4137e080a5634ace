// The bytes of one stream as they passed, each write with its time: kept by reference, never copied, up to a bound. Times of more
// than `maxChunks` writes are merged into the last one: 200,000 one-byte writes must not cost 200,000 records.
import { maxChunks } from "../contract/limits.js";
import type { Chunk, StreamInfo } from "../contract/trace.js";

export class CapturedStream {
  /** Bytes that passed. */
  bytes = 0;
  /** The first of them, which were kept. */
  captured = 0;
  /** Made with their first element: an array that is pushed to begins with room for seventeen, and most streams have one write. */
  #parts: Uint8Array[] | null = null;
  /** Of each write its time and its length, one after the other. */
  #writes: number[] | null = null;
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** A stream that is over, all of it in one write, or nothing at all. `at`: ms since the request's first byte. */
  static of(bytes: Uint8Array | null, at: number): CapturedStream {
    const stream = new CapturedStream(Number.MAX_SAFE_INTEGER);
    if (bytes) stream.add(bytes, at);
    return stream;
  }

  /** It could be made by `of`: at most one write, and kept whole. */
  get isSimple(): boolean {
    return this.bytes === this.captured && (this.#parts?.length ?? 0) <= 1;
  }

  /** The first write's bytes, as far as they were kept, and its time. */
  get firstBytes(): Uint8Array | null {
    return this.#parts?.[0] ?? null;
  }

  get firstAt(): number | null {
    return this.#writes?.[0] ?? null;
  }

  /** `at`: ms since the request's first byte. The bytes must not change afterwards. */
  add(bytes: Uint8Array, at: number): void {
    const length = bytes.length;
    if (length === 0) return;
    const room = this.#maxBytes - this.captured;
    if (room > 0) {
      const part = length <= room ? bytes : new Uint8Array(bytes.subarray(0, room)); // a copy: a view would keep the whole chunk alive
      if (this.#parts) this.#parts.push(part);
      else this.#parts = [part];
      this.captured += Math.min(length, room);
    }
    if (this.#maxBytes === 0) {
      this.bytes += length; // nothing is kept: not its times either
      return;
    }
    this.#addWrite(at, length);
    this.bytes += length;
  }

  get chunks(): Chunk[] {
    const writes = this.#writes ?? [];
    const chunks: Chunk[] = [];
    for (let i = 0, offset = 0; i < writes.length; i += 2) {
      const [at = 0, length = 0] = [writes[i], writes[i + 1]];
      chunks.push({ at, offset, length });
      offset += length;
    }
    return chunks;
  }

  get chunkCount(): number {
    return (this.#writes?.length ?? 0) / 2;
  }

  /** The captured bytes in the pieces in which they passed, each with its time. */
  *pieces(): Generator<{ readonly bytes: Uint8Array; readonly at: number }> {
    const writes = this.#writes ?? [];
    let [nth, end, at] = [0, writes[1] ?? 0, 0];
    for (const bytes of this.#parts ?? []) {
      while (at >= end && nth + 2 < writes.length) {
        nth += 2;
        end += writes[nth + 1] ?? 0;
      }
      yield { bytes, at: writes[nth] ?? 0 };
      at += bytes.length;
    }
  }

  /** Captured bytes `[from, from + length)`, fewer at the end, in an ArrayBuffer of their own. */
  read(from: number, length: number): Uint8Array<ArrayBuffer> {
    const out = new Uint8Array(Math.max(0, Math.min(length, this.captured - from)));
    let at = 0;
    for (const part of this.#parts ?? []) {
      const begin = Math.max(from - at, 0);
      const end = Math.min(part.length, from + out.length - at);
      if (end > begin) out.set(part.subarray(begin, end), at + begin - from);
      at += part.length;
      if (at >= from + out.length) break;
    }
    return out;
  }

  /** As if nothing had passed. */
  clear(): void {
    this.bytes = this.captured = 0;
    this.#parts = null;
    this.#writes = null;
  }

  info(): StreamInfo {
    return { bytes: this.bytes, captured: this.captured, chunks: this.chunks };
  }

  #addWrite(at: number, length: number): void {
    if (!this.#writes) this.#writes = [at, length];
    else if (this.#writes.length < 2 * maxChunks) this.#writes.push(at, length);
    else this.#writes[2 * maxChunks - 1] = (this.#writes[2 * maxChunks - 1] ?? 0) + length;
  }
}
