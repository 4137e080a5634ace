// Collects one request's head from a connection's bytes, in whatever pieces they come, and takes not one byte more. A
// head that comes in one piece, as nearly all do, is not copied. What can never become a request is refused as soon as
// that is certain: a client that speaks TLS waits for an answer and never sends a blank line.
import type { ByteString } from "../../contract/bytes-text.js";
import { fromBytes, latin1 } from "../byte-string.js";
import { isTokenByte } from "../token.js";
import { type RequestFault, requestFault } from "./request-fault.js";

const LF = 0x0a;
const CR = 0x0d;
const tlsHandshake = 0x16;
/** Longer than any version and line end: " HTTP/1.1\r\n". */
const tailBytes = 16;

export class HeadReader {
  readonly #maxBytes: number;
  /** The pieces before this one, as text; "" before the first byte of the request line. */
  #text = "";
  /** Bytes of the line under way, a carriage return at its end not counted. */
  #lineBytes = 0;
  #endsInCarriageReturn = false;
  #lines = 0;
  #head: ByteString | null = null;
  #fault: RequestFault | null = null;

  /** `maxBytes`: of request line and header lines together. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The whole head, up to and including its blank line. */
  get head(): ByteString | null {
    return this.#head;
  }

  /** Set as soon as the bytes cannot become a request any more. */
  get fault(): RequestFault | null {
    return this.#fault;
  }

  /** What came of the head so far. */
  get partial(): ByteString {
    return latin1(this.#text);
  }

  /** Whether a byte of a request came: blank lines before one are none (RFC 9112 §2.2). */
  get hasBegun(): boolean {
    return this.#text !== "" || this.#head !== null;
  }

  /** Reads `chunk` from `from`; returns the offset of the first byte that it did not take. */
  read(chunk: Uint8Array, from: number): number {
    if (!this.hasBegun) {
      while (from < chunk.length && (chunk[from] === CR || chunk[from] === LF)) from++;
      if (from === chunk.length) return from;
      const first = chunk[from];
      if (!isTokenByte(first)) {
        this.#text = fromBytes(chunk, from, Math.min(chunk.length, from + this.#maxBytes));
        this.#fault = requestFault(first === tlsHandshake ? "tls-hello" : "not-http", 0);
        return chunk.length;
      }
    }
    return this.#readLines(chunk, from);
  }

  #readLines(chunk: Uint8Array, start: number): number {
    let from = start;
    while (from < chunk.length) {
      const lineFeed = chunk.indexOf(LF, from);
      const end = lineFeed < 0 ? chunk.length : lineFeed;
      if (this.#text.length + end - start > this.#maxBytes) return this.#tooLarge(chunk, start);
      if (end > from) {
        this.#lineBytes += end - from + (this.#endsInCarriageReturn ? 1 : 0);
        this.#endsInCarriageReturn = chunk[end - 1] === CR;
        if (this.#endsInCarriageReturn) this.#lineBytes--;
      }
      if (lineFeed < 0) break;
      const isBlank = this.#lineBytes === 0;
      this.#lineBytes = 0;
      this.#endsInCarriageReturn = false;
      this.#lines++;
      from = lineFeed + 1;
      if (isBlank || (this.#lines === 1 && !this.#endsInVersion(chunk, start, from))) {
        const text = fromBytes(chunk, start, from);
        this.#head = latin1(this.#text === "" ? text : this.#text + text);
        return from;
      }
    }
    this.#text += fromBytes(chunk, start, chunk.length);
    return chunk.length;
  }

  /**
   * Whether the first line, which ends at `end`, ends in a version. A line without one is not HTTP/1, and its
   * client may wait for a response instead of sending a blank line. So the line counts as the whole head, and
   * the grammar reports what is wrong with it.
   */
  #endsInVersion(chunk: Uint8Array, start: number, end: number): boolean {
    const tail = this.#text.slice(-tailBytes) + fromBytes(chunk, Math.max(start, end - tailBytes), end);
    return / HTTP\/[0-9.]+\r?\n$/.test(tail);
  }

  #tooLarge(chunk: Uint8Array, start: number): number {
    const room = this.#maxBytes - this.#text.length;
    this.#text += fromBytes(chunk, start, start + room);
    this.#fault = requestFault(
      this.#lines === 0 ? "request-line-too-large" : "request-head-too-large",
      this.#maxBytes,
      this.#maxBytes,
    );
    return start + room;
  }
}
