// Finds the records in a byte stream that may be cut anywhere (FastCGI §3.3). Content is passed on as views of
// what came, never copied or collected; padding is skipped. It never throws: what is no FastCGI is said with
// its place, and then nothing more is read.
import { headerAt, type RecordHeader } from "./record-header.js";
import { headerBytes } from "./record-types.js";

/** A record's header and its offset in the stream. */
export interface PlacedRecord extends RecordHeader {
  readonly offset: number;
}

export interface RecordReceiver {
  record(record: PlacedRecord): void;
  /** A piece of its content: a view, not empty. */
  content(bytes: Uint8Array, record: PlacedRecord): void;
  /** Its content is complete; its padding may still come. */
  contentEnd(record: PlacedRecord): void;
}

/** A header that begins with another version than 1: see `wrongProtocol` for what it may be. */
export interface RecordFault {
  /** The offset of the wrong byte in the stream. */
  readonly offset: number;
  readonly byte: number;
  /** The record before it, whose lengths may be what is wrong. */
  readonly after: PlacedRecord | null;
}

/** What the stream lacks when it ends now. */
export interface MissingOfRecord {
  readonly inside: "header" | "content" | "padding";
  /** Bytes that belong to it, and how many of them came. */
  readonly need: number;
  readonly have: number;
  /** Where it begins in the stream. */
  readonly offset: number;
  /** Null inside a header. */
  readonly record: PlacedRecord | null;
}

export class RecordReader {
  readonly #receiver: RecordReceiver;
  readonly #header = new Uint8Array(headerBytes);
  #headerHas = 0;
  #record: PlacedRecord | null = null;
  #contentLeft = 0;
  #paddingLeft = 0;
  #last: PlacedRecord | null = null;
  #offset = 0;
  #fault: RecordFault | null = null;

  constructor(receiver: RecordReceiver) {
    this.#receiver = receiver;
  }

  /** Set once, and then no byte is looked at any more. */
  get fault(): RecordFault | null {
    return this.#fault;
  }

  /** Bytes of the stream so far, up to a fault. */
  get offset(): number {
    return this.#offset;
  }

  push(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length && this.#fault === null) {
      const before = at;
      if (this.#contentLeft > 0) at += this.#takeContent(bytes, at);
      else if (this.#paddingLeft > 0) at += this.#skipPadding(bytes.length - at);
      else at += this.#takeHeader(bytes, at);
      this.#offset += at - before;
    }
  }

  /** Null when the stream may end here: between two records. */
  missing(): MissingOfRecord | null {
    const offset = this.#offset;
    if (this.#contentLeft > 0 && this.#record) {
      const { contentLength } = this.#record;
      const have = contentLength - this.#contentLeft;
      return { inside: "content", need: contentLength, have, offset: offset - have, record: this.#record };
    }
    if (this.#paddingLeft > 0 && this.#last) {
      const { paddingLength } = this.#last;
      const have = paddingLength - this.#paddingLeft;
      return { inside: "padding", need: paddingLength, have, offset: offset - have, record: this.#last };
    }
    if (this.#headerHas === 0) return null;
    return {
      inside: "header",
      need: headerBytes,
      have: this.#headerHas,
      offset: offset - this.#headerHas,
      record: null,
    };
  }

  #takeHeader(bytes: Uint8Array, at: number): number {
    const first = bytes[at] ?? 0;
    if (this.#headerHas === 0 && first !== 1) {
      this.#fault = { offset: this.#offset, byte: first, after: this.#last };
      return 0;
    }
    const taken = Math.min(headerBytes - this.#headerHas, bytes.length - at);
    for (let i = 0; i < taken; i++) this.#header[this.#headerHas + i] = bytes[at + i] ?? 0;
    this.#headerHas += taken;
    if (this.#headerHas === headerBytes) this.#begin(this.#offset + taken - headerBytes);
    return taken;
  }

  #begin(offset: number): void {
    const { type, requestId, contentLength, paddingLength } = headerAt(this.#header, 0);
    const record: PlacedRecord = { type, requestId, contentLength, paddingLength, offset };
    this.#headerHas = 0;
    this.#record = record;
    this.#contentLeft = contentLength;
    this.#paddingLeft = paddingLength;
    this.#receiver.record(record);
    if (contentLength === 0) this.#end(record);
  }

  #takeContent(bytes: Uint8Array, at: number): number {
    const taken = Math.min(this.#contentLeft, bytes.length - at);
    const record = this.#record;
    this.#contentLeft -= taken;
    if (record) {
      this.#receiver.content(taken === bytes.length ? bytes : bytes.subarray(at, at + taken), record);
      if (this.#contentLeft === 0) this.#end(record);
    }
    return taken;
  }

  #end(record: PlacedRecord): void {
    this.#last = record;
    this.#record = null;
    this.#receiver.contentEnd(record);
  }

  #skipPadding(available: number): number {
    const skipped = Math.min(this.#paddingLeft, available);
    this.#paddingLeft -= skipped;
    return skipped;
  }
}
