// Takes the chunked coding off a body (RFC 9112 §7.1), in whatever pieces it comes, and takes not one byte more.
// Strict: what one server reads as the end of a chunk and another does not is how requests are smuggled.
import type { ByteString } from "../../contract/bytes-text.js";
import { fromBytes, latin1 } from "../byte-string.js";
import { hexDigit } from "../percent.js";
import type { HeaderPair } from "../request.js";
import { type HeadPolicy, readFieldLines } from "./head-grammar.js";
import { type RequestFault, type RequestFaultCode, requestFault } from "./request-fault.js";

const LF = 0x0a;
const CR = 0x0d;
const SEMICOLON = 0x3b;
const SP = 0x20;
const HTAB = 0x09;

/** 2^52 bytes and more cannot be counted exactly. Zeros before the first digit do not count. */
const maxSizeDigits = 13;
/**
 * For all chunks of a body together, including zeros before a size: they carry no data,
 * and would cost the reader unlimited work.
 */
const maxExtensionBytes = 16 << 10;
const maxTrailerBytes = 16 << 10;
/**
 * A line of the trailer section ends in CR LF. It may be folded: nothing is read from it,
 * and its section ends where it ends for all.
 */
const trailerPolicy: HeadPolicy = { foldedRequestHeader: "join", bareLineFeed: "reject" };

type State =
  | "size"
  | "after-size"
  | "extension"
  | "size-end"
  | "data"
  | "data-cr"
  | "data-lf"
  | "trailer"
  | "done"
  | "fault";
/** A stretch of body in the piece that is read. False: read no further now. */
type OnBodyBytes = (from: number, to: number) => boolean;

export class ChunkedReader {
  #state: State = "size";
  /** Bytes of the chunk under way that are still to come. */
  #left = 0;
  /** The digits of its size: all that came, and those that count. */
  #digits = 0;
  #significantDigits = 0;
  #extensionBytes = 0;
  #trailer = "";
  /** The length of the trailer's line under way, without its LF. */
  #trailerLineBytes = 0;
  #endsInCarriageReturn = false;
  /** Encoded bytes read before the piece that is read now. */
  #offset = 0;
  #fault: RequestFault | null = null;
  readonly #trailers: HeaderPair[] = [];

  get isDone(): boolean {
    return this.#state === "done";
  }

  /** Offsets count in the encoded body. */
  get fault(): RequestFault | null {
    return this.#fault;
  }

  /** Header lines after the last chunk. */
  get trailers(): readonly HeaderPair[] {
    return this.#trailers;
  }

  /** Reads `piece` from `from`; returns the offset of the first byte that it did not take. */
  read(piece: Uint8Array, from: number, onBytes: OnBodyBytes): number {
    const start = from;
    while (from < piece.length && this.#state !== "done" && this.#state !== "fault") {
      if (this.#state === "data") {
        const to = Math.min(piece.length, from + this.#left);
        const goesOn = onBytes(from, to);
        this.#left -= to - from;
        from = to;
        if (this.#left === 0) this.#state = "data-cr";
        if (!goesOn) break;
      } else if (this.#state === "trailer") from = this.#readTrailer(piece, from, start);
      else this.#step(piece[from++] ?? 0, this.#offset + from - 1 - start);
    }
    this.#offset += from - start;
    return from;
  }

  /** One byte of what lies round the data. `at`: its offset in the encoded body. */
  #step(byte: number, at: number): void {
    switch (this.#state) {
      case "size": {
        const digit = hexDigit(byte);
        if (digit >= 0) return void this.#addDigit(digit, at);
        if (this.#digits === 0) return void this.#refuse("chunk-size-invalid", at);
        return void this.#endSize(byte, at);
      }
      case "after-size":
        return void this.#endSize(byte, at);
      case "extension":
        if (byte === CR) this.#state = "size-end";
        else if ((byte < 0x20 && byte !== HTAB) || byte === 0x7f) this.#refuse("chunk-extension-invalid", at);
        else this.#extend("extension", at);
        return;
      case "size-end":
        if (byte !== LF) return void this.#refuse("chunk-line-end-invalid", at);
        this.#state = this.#left === 0 ? "trailer" : "data";
        this.#digits = this.#significantDigits = 0;
        return;
      case "data-cr":
        if (byte === CR) this.#state = "data-lf";
        else this.#refuse("chunk-data-end-invalid", at);
        return;
      default:
        if (byte === LF) this.#state = "size";
        else this.#refuse("chunk-data-end-invalid", at);
    }
  }

  #addDigit(digit: number, at: number): void {
    this.#digits++;
    if (digit === 0 && this.#significantDigits === 0) {
      if (this.#digits > maxSizeDigits) this.#extend("size", at);
      return;
    }
    if (++this.#significantDigits > maxSizeDigits) return void this.#refuse("chunk-size-too-large", at);
    this.#left = this.#left * 16 + digit;
  }

  /** What follows a size: the line end, an extension, or white space before either (RFC 9112 §7.1.1). */
  #endSize(byte: number, at: number): void {
    if (byte === CR) this.#state = "size-end";
    else if (byte === SEMICOLON) this.#extend("extension", at);
    else if (byte === SP || byte === HTAB) this.#extend("after-size", at);
    else this.#refuse("chunk-size-invalid", at);
  }

  #extend(state: State, at: number): void {
    this.#state = state;
    if (++this.#extensionBytes > maxExtensionBytes) this.#refuse("chunk-extensions-too-large", at);
  }

  /**
   * Collects lines up to the blank one, or up to one that ends in LF alone: its grammar
   * refuses that, and nothing after it need come.
   */
  #readTrailer(piece: Uint8Array, from: number, start: number): number {
    const lineFeed = piece.indexOf(LF, from);
    const to = lineFeed < 0 ? piece.length : lineFeed;
    const end = lineFeed < 0 ? to : to + 1;
    this.#trailer += fromBytes(piece, from, end);
    if (to > from) this.#endsInCarriageReturn = piece[to - 1] === CR;
    this.#trailerLineBytes += to - from;
    const at = this.#offset + end - start;
    if (this.#trailer.length > maxTrailerBytes) this.#refuse("trailers-too-large", at, at);
    else if (lineFeed >= 0) {
      const isLast = this.#trailerLineBytes === 1 || !this.#endsInCarriageReturn;
      this.#trailerLineBytes = 0;
      this.#endsInCarriageReturn = false;
      if (isLast) this.#endTrailer(latin1(this.#trailer), at);
    }
    return end;
  }

  #endTrailer(text: ByteString, at: number): void {
    const from = at - text.length;
    const fault = readFieldLines(text, 0, trailerPolicy, this.#trailers);
    if (fault) this.#refuse("trailer-invalid", from + fault.range[0], from + fault.range[1]);
    else this.#state = "done";
  }

  #refuse(code: RequestFaultCode, from: number, to = from + 1): void {
    this.#state = "fault";
    this.#fault = requestFault(code, from, to);
  }
}
