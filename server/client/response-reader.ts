// Reads one HTTP/1 response from raw bytes: heads as they came, the body without its chunking. For the command line,
// which prints what a client gets; it trusts our own listener and is no general parser. The bytes of an NPH script may
// be anything: what has no head is body, and no bytes are an error.
import { fromBytes } from "../protocol/byte-string.js";
import { isChunked, ResponseHead } from "./response-head.js";

const noBytes = new Uint8Array(0);
const maxLineBytes = 1 << 16;

export class ResponseReader {
  readonly #onHead: (head: Uint8Array) => void;
  readonly #onBody: (bytes: Uint8Array) => void;
  readonly #head = new ResponseHead();
  /** A line between chunks that has not ended. */
  #pending: Uint8Array = noBytes;
  #state: "head" | "body" | "chunk-size" | "chunk" | "chunk-end" | "trailer" = "head";
  #left = 0;

  constructor(onHead: (head: Uint8Array) => void, onBody: (bytes: Uint8Array) => void) {
    this.#onHead = onHead;
    this.#onBody = onBody;
  }

  push(bytes: Uint8Array): void {
    let rest: Uint8Array = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    this.#pending = noBytes;
    while (rest.length > 0) rest = this.#step(rest);
  }

  /** Takes something from the front and returns the rest. */
  #step(bytes: Uint8Array): Uint8Array {
    switch (this.#state) {
      case "head": {
        const found = this.#head.push(bytes);
        if (found) this.#begin(found.head);
        return found?.rest ?? noBytes;
      }
      case "body":
        this.#onBody(bytes);
        return noBytes;
      case "chunk": {
        const part = bytes.subarray(0, this.#left);
        this.#onBody(part);
        this.#left -= part.length;
        if (this.#left === 0) this.#state = "chunk-end";
        return bytes.subarray(part.length);
      }
      case "trailer":
        return noBytes;
      default: {
        const end = bytes.indexOf(10);
        if (end >= 0) this.#line(fromBytes(bytes, 0, end).trim());
        else if (bytes.length > maxLineBytes)
          this.#state = "trailer"; // as for a size that is not valid
        else this.#pending = bytes;
        return end < 0 ? noBytes : bytes.subarray(end + 1);
      }
    }
  }

  #begin(head: Uint8Array | null): void {
    if (head) this.#onHead(head);
    const text = head ? fromBytes(head) : "";
    if (/^HTTP\/1\.[01] 1\d\d/.test(text)) return; // an interim response: the head of the real one follows
    this.#state = isChunked(text) ? "chunk-size" : "body";
  }

  #line(line: string): void {
    if (this.#state === "chunk-size") {
      this.#left = Number.parseInt(line, 16);
      this.#state = this.#left > 0 ? "chunk" : "trailer";
    } else if (this.#state === "chunk-end") this.#state = "chunk-size";
  }
}
