// Follows one connection's bytes beside the HTTP parser, which keeps neither a head's bytes nor the time its first byte came. Which
// bytes are a head is known only by following the bodies too: by length, or chunk by chunk (RFC 9112 §6.3, §7.1). It judges
// nothing: on bytes the parser refuses it may be wrong, and the parser says so. Every byte is looked at once.
import type { ByteString } from "../contract/bytes-text.js";
import { fromBytes } from "./byte-string.js";
import { hexDigit } from "./percent.js";

/** Bytes of a head that are kept; above the parser's own bound, so that what it refused for its size can be shown. */
export const maxScannedHeadBytes = 80 << 10;

export interface ScannedHead {
  /** As received, from the request line's first byte up to and including the empty line. */
  readonly text: ByteString;
  /** Time of the first byte, on the clock of `feed`. */
  readonly at: number;
}

/** What the next byte belongs to. "gap": before a request line, where empty lines may stand (RFC 9112 §2.2). "chunk-data" counts the CR LF after the data. */
type Place = "gap" | "head" | "body" | "chunk-size" | "chunk-extension" | "chunk-data" | "trailer";

const LF = 0x0a;
const CR = 0x0d;
const COLON = 0x3a;

export class HeadScan {
  readonly #heads: ScannedHead[] = [];
  #place: Place = "gap";
  #at = 0;
  /** The head under way, when it came in more than one piece. */
  #held = new Uint8Array(0);
  #heldBytes = 0;
  /** Bytes of the line under way, a carriage return at its very beginning not counted: 0 at a line feed is an empty line. */
  #lineBytes = 0;
  /** Bytes of body or chunk still to come. */
  #left = 0;

  /** The connection's next bytes and the time they came. Keeps no reference to `chunk`. */
  feed(chunk: Uint8Array, at: number): void {
    let i = 0;
    while (i < chunk.length) {
      if (this.#place === "gap") {
        while (chunk[i] === CR || chunk[i] === LF) i++;
        if (i === chunk.length) return;
        this.#place = "head";
        this.#at = at;
        this.#lineBytes = 0;
      } else if (this.#place === "head") {
        const from = i;
        i = this.#afterEmptyLine(chunk, from);
        if (i < 0) {
          this.#hold(chunk, from, chunk.length);
          return;
        }
        if (this.#heldBytes === 0) this.#headEnds(fromBytes(chunk, from, Math.min(i, from + maxScannedHeadBytes)));
        else {
          this.#hold(chunk, from, i);
          this.#headEnds(fromBytes(this.#held, 0, this.#heldBytes));
        }
      } else if (this.#place === "body" || this.#place === "chunk-data") {
        const taken = Math.min(this.#left, chunk.length - i);
        i += taken;
        this.#left -= taken;
        if (this.#left === 0) this.#place = this.#place === "body" ? "gap" : "chunk-size";
      } else if (this.#place === "trailer") {
        i = this.#afterEmptyLine(chunk, i);
        if (i < 0) return;
        this.#place = "gap";
      } else i = this.#chunkSize(chunk, i);
    }
  }

  /** The oldest complete head not taken yet. */
  shift(): ScannedHead | undefined {
    return this.#heads.shift();
  }

  /** The head under way: what came of it so far. For a request that turned out to be broken. */
  partial(): ScannedHead | undefined {
    return this.#place === "head" ? { text: fromBytes(this.#held, 0, this.#heldBytes), at: this.#at } : undefined;
  }

  /** The place after the next empty line, or −1 when the chunk ends before. */
  #afterEmptyLine(chunk: Uint8Array, from: number): number {
    let i = from;
    while (i < chunk.length) {
      if (this.#lineBytes === 0 && chunk[i] === CR && i + 1 === chunk.length) return -1; // its line feed may come with the next chunk
      const lineFeed = chunk.indexOf(LF, i);
      if (lineFeed < 0) {
        this.#lineBytes += chunk.length - i;
        return -1;
      }
      const empty = this.#lineBytes === 0 && (lineFeed === i || (lineFeed === i + 1 && chunk[i] === CR));
      i = lineFeed + 1;
      this.#lineBytes = 0;
      if (empty) return i;
    }
    return -1;
  }

  #hold(chunk: Uint8Array, from: number, to: number): void {
    const end = Math.min(to, from + maxScannedHeadBytes - this.#heldBytes);
    const size = this.#heldBytes + end - from;
    if (size > this.#held.length) {
      const larger = new Uint8Array(Math.min(maxScannedHeadBytes, Math.max(1024, size, this.#held.length * 2)));
      larger.set(this.#held.subarray(0, this.#heldBytes));
      this.#held = larger;
    }
    this.#held.set(chunk.subarray(from, end), this.#heldBytes);
    this.#heldBytes = size;
  }

  #headEnds(text: ByteString): void {
    this.#heads.push({ text, at: this.#at });
    this.#heldBytes = 0;
    const body = bodyAfter(text);
    this.#left = body === "chunked" ? 0 : body;
    this.#lineBytes = 0;
    this.#place = body === "chunked" ? "chunk-size" : body > 0 ? "body" : "gap";
  }

  /** Reads on in a chunk's size line: hexadecimal digits, then extensions nobody cares for, then a line feed. */
  #chunkSize(chunk: Uint8Array, from: number): number {
    let i = from;
    while (this.#place === "chunk-size") {
      if (i === chunk.length) return i;
      const digit = hexDigit(chunk[i] ?? 0);
      if (digit < 0) {
        this.#place = "chunk-extension"; // without taking the byte: it may be the line feed itself
      } else {
        this.#left = this.#left * 16 + digit;
        i++;
      }
    }
    const lineFeed = chunk.indexOf(LF, i);
    if (lineFeed < 0) return chunk.length;
    this.#lineBytes = 0;
    this.#place = this.#left === 0 ? "trailer" : "chunk-data";
    if (this.#left > 0) this.#left += 2;
    return lineFeed + 1;
  }
}

/** How the body after this head is told from the next request. Of two fields that disagree the parser takes neither. */
function bodyAfter(head: ByteString): number | "chunked" {
  let length = 0;
  for (let from = head.indexOf("\n") + 1; from > 0 && from < head.length; ) {
    const lineFeed = head.indexOf("\n", from);
    const to = lineFeed < 0 ? head.length : lineFeed;
    // Two names out of many: the colon's place sorts nearly all other lines out.
    if (head.charCodeAt(from + 17) === COLON) {
      if (/^transfer-encoding:.*chunked[ \t]*\r?$/i.test(head.slice(from, to))) return "chunked";
    } else if (head.charCodeAt(from + 14) === COLON) {
      const digits = /^content-length:[ \t]*(\d+)/i.exec(head.slice(from, to))?.[1];
      if (digits !== undefined) length = Number(digits);
    }
    from = to + 1;
  }
  return length;
}
