// The bytes of one stream, each write with its time: kept by reference, never copied, up to a limit. Writes after the first `maxChunks`
// count as part of the last one: 200,000 one-byte writes must not cost 200,000 records.
import { maxChunks } from "../contract/limits.js";
import type { Chunk, StreamInfo } from "../contract/trace.js";

export class CapturedStream {
  /** Bytes that were written. */
  bytes = 0;
  /** How many of them, from the first on, were kept. */
  captured = 0;
  /** The first write has fields of its own, as most streams have no other: its bytes, as far as they were kept, its time and its length. */
  #firstBytes: Uint8Array | null = null;
  #firstAt: number | null = null;
  #firstLength = 0;
  /** The further writes: their bytes, and the time and length of each, one after the other. */
  #parts: Uint8Array[] | null = null;
  #writes: number[] | null = null;
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** A stream that has ended, with one write, or empty for null. `at`: ms since the request's first byte. */
  static of(bytes: Uint8Array | null, at: number): CapturedStream {
    const stream = new CapturedStream(Number.MAX_SAFE_INTEGER);
    if (bytes) stream.add(bytes, at);
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
    const room = this.#maxBytes - this.captured;
    const kept = length <= room ? bytes : room > 0 ? new Uint8Array(bytes.subarray(0, room)) : null; // a copy: a view would keep the whole chunk alive
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

  get chunkCount(): number {
    return (this.#firstAt === null ? 0 : 1) + (this.#writes?.length ?? 0) / 2;
  }

  /** The captured bytes in the pieces in which they were written, each with its time. */
  *pieces(): Generator<{ readonly bytes: Uint8Array; readonly at: number }> {
    const chunks = this.chunks;
    let [index, offset] = [0, 0];
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

  /** Forgets all writes. */
  clear(): void {
    this.bytes = this.captured = this.#firstLength = 0;
    this.#firstBytes = this.#firstAt = null;
    this.#parts = null;
    this.#writes = null;
  }

  info(): StreamInfo {
    return { bytes: this.bytes, captured: this.captured, chunks: this.chunks };
  }

  #addFurther(kept: Uint8Array | null, at: number, length: number): void {
    if (kept && this.#parts) this.#parts.push(kept);
    else if (kept) this.#parts = [kept];
    if (!this.#writes) this.#writes = [at, length];
    else if (this.#writes.length < 2 * (maxChunks - 1)) this.#writes.push(at, length);
    else this.#writes[this.#writes.length - 1] = (this.#writes.at(-1) ?? 0) + length;
  }

  *#all(): Generator<Uint8Array> {
    if (this.#firstBytes) yield this.#firstBytes;
    yield* this.#parts ?? [];
  }
}
