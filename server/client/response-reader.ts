// Reads one HTTP/1 response from raw bytes: heads as they came, the body without its chunking. For the command line,
// which prints what a client gets; it trusts our own listener and is no general parser.
import { fromBytes } from "../protocol/byte-string.js";

const maxHeadBytes = 1 << 20;

export class ResponseReader {
  readonly #onHead: (head: Uint8Array) => void;
  readonly #onBody: (bytes: Uint8Array) => void;
  #pending: Uint8Array = new Uint8Array(0);
  #state: "head" | "body" | "chunk-size" | "chunk" | "chunk-end" | "trailer" = "head";
  #left = 0;

  constructor(onHead: (head: Uint8Array) => void, onBody: (bytes: Uint8Array) => void) {
    this.#onHead = onHead;
    this.#onBody = onBody;
  }

  push(bytes: Uint8Array): void {
    if (this.#state === "body") {
      this.#onBody(bytes);
      return;
    }
    let rest: Uint8Array = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    for (let before = -1; before !== rest.length && rest.length > 0; ) {
      before = rest.length;
      rest = this.#step(rest);
    }
    this.#pending = rest;
    if (this.#pending.length > maxHeadBytes) throw new RangeError(`response head above ${maxHeadBytes} bytes`);
  }

  /** Takes what it can from the front and returns the rest; the same length means that more bytes are needed. */
  #step(bytes: Uint8Array): Uint8Array {
    switch (this.#state) {
      case "head": {
        const end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf("\r\n\r\n");
        if (end < 0) return bytes;
        const head = bytes.subarray(0, end + 4);
        this.#onHead(head);
        const text = fromBytes(head);
        if (!/^HTTP\/1\.[01] 1\d\d/.test(text))
          this.#state = /\r\ntransfer-encoding:[^\r]*chunked/i.test(text) ? "chunk-size" : "body";
        return bytes.subarray(end + 4);
      }
      case "body":
        this.#onBody(bytes);
        return bytes.subarray(bytes.length);
      case "chunk": {
        const part = bytes.subarray(0, this.#left);
        this.#onBody(part);
        this.#left -= part.length;
        if (this.#left === 0) this.#state = "chunk-end";
        return bytes.subarray(part.length);
      }
      default: {
        const end = bytes.indexOf(10);
        if (end < 0) return bytes;
        this.#line(fromBytes(bytes, 0, end).trim());
        return bytes.subarray(end + 1);
      }
    }
  }

  #line(line: string): void {
    if (this.#state === "chunk-size") {
      this.#left = Number.parseInt(line, 16);
      this.#state = this.#left > 0 ? "chunk" : "trailer";
    } else if (this.#state === "chunk-end") this.#state = "chunk-size";
  }
}
