// Where a response of our own listener ends: by its length, its chunks, its status, or with the connection. The bytes
// of an NPH script may be anything.
import { isChunked, ResponseHead } from "./response-head.js";

const noBytes = new Uint8Array(0);
const maxLineBytes = 1 << 16;

export class ResponseEnd {
  #status = 0;
  #closes = false;
  /** Bytes until the next thing to read: the body's or the chunk's end; null: until the connection ends. */
  #left: number | null = 0;
  /** `broken`: it has no status, or a size that is not valid. */
  #state: "head" | "length" | "chunk-size" | "chunk" | "chunk-end" | "trailer" | "connection" | "broken" = "head";
  readonly #gathered = new ResponseHead();
  /** A line between chunks that has not ended. */
  #pending: Uint8Array = noBytes;

  /** 0 before the head has arrived. */
  get status(): number {
    return this.#status;
  }

  /** The server closes the connection after it. */
  get closes(): boolean {
    return this.#closes;
  }

  get endsWithConnection(): boolean {
    return this.#state === "connection";
  }

  /** True when the response is complete. */
  push(bytes: Uint8Array): boolean {
    let rest: Uint8Array = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    this.#pending = noBytes;
    for (;;) {
      if (this.#state === "connection" || this.#state === "broken") return false;
      if (this.#state === "head") {
        const found = this.#gathered.push(rest);
        if (!found) return false;
        this.#head(found.head);
        rest = found.rest;
        continue;
      }
      if (this.#state === "length" || this.#state === "chunk") {
        const taken = Math.min(this.#left ?? 0, rest.length);
        this.#left = (this.#left ?? 0) - taken;
        rest = rest.subarray(taken);
        if (this.#left > 0) return false;
        if (this.#state === "length") return true;
        this.#state = "chunk-end";
      }
      const end = rest.indexOf(10);
      if (end < 0) {
        if (rest.length > maxLineBytes) this.#state = "broken";
        else this.#pending = rest;
        return false;
      }
      const line = Buffer.from(rest.buffer, rest.byteOffset, end).toString("latin1").trim();
      rest = rest.subarray(end + 1);
      if (this.#state === "trailer") {
        if (line === "") return true;
      } else this.#line(line);
    }
  }

  #line(line: string): void {
    if (this.#state === "chunk-end") this.#state = "chunk-size";
    else {
      this.#left = Number.parseInt(line, 16);
      this.#state = this.#left > 0 ? "chunk" : this.#left === 0 ? "trailer" : "broken";
    }
  }

  #head(bytes: Uint8Array | null): void {
    const head = Buffer.from(bytes ?? noBytes).toString("latin1");
    this.#status = Number(/^HTTP\/\S+ +(\d{3})/.exec(head)?.[1] ?? 0);
    if (this.#status === 0) {
      this.#state = "broken";
      return;
    }
    if (this.#status < 200) return; // an interim response; the head of the real one follows
    this.#closes = /\nconnection:[^\r\n]*close/i.test(head) || head.startsWith("HTTP/1.0");
    const length = /\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (this.#status === 204 || this.#status === 304) this.#state = "length";
    else if (isChunked(head)) this.#state = "chunk-size";
    else if (length === undefined) this.#state = "connection";
    else {
      this.#state = "length";
      this.#left = Number(length);
    }
  }
}
