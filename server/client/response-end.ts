// Where a response of our own listener ends: by its length, its chunks, its status, or with the connection.
const noBytes = new Uint8Array(0);

export class ResponseEnd {
  #status = 0;
  #closes = false;
  /** Bytes until the next thing to read: the body's or the chunk's end; null: until the connection ends. */
  #left: number | null = 0;
  #state: "head" | "length" | "chunk-size" | "chunk" | "trailer" | "connection" = "head";
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
    let rest = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    this.#pending = noBytes;
    for (;;) {
      if (this.#state === "connection") return false;
      if (this.#state === "length" || this.#state === "chunk") {
        const taken = Math.min(this.#left ?? 0, rest.length);
        this.#left = (this.#left ?? 0) - taken;
        rest = rest.subarray(taken);
        if (this.#left > 0) return false;
        if (this.#state === "length") return true;
        this.#state = "chunk-size";
      }
      const isHead = this.#state === "head";
      const end = Buffer.from(rest.buffer, rest.byteOffset, rest.length).indexOf(isHead ? "\r\n\r\n" : "\r\n");
      if (end < 0) {
        this.#pending = rest;
        return false;
      }
      const text = Buffer.from(rest.buffer, rest.byteOffset, end).toString("latin1");
      rest = rest.subarray(end + (isHead ? 4 : 2));
      if (isHead) this.#head(text);
      else if (this.#state === "trailer") {
        if (text === "") return true;
      } else {
        const size = Number.parseInt(text, 16);
        this.#state = size === 0 ? "trailer" : "chunk";
        this.#left = size + 2; // with the line end behind it
      }
    }
  }

  #head(head: string): void {
    this.#status = Number(head.slice(9, 12));
    if (this.#status < 200) return; // an interim response; the head of the real one follows
    this.#closes = /\r\nconnection:[^\r]*close/i.test(head) || head.startsWith("HTTP/1.0");
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (this.#status === 204 || this.#status === 304) this.#state = "length";
    else if (/\r\ntransfer-encoding:[^\r]*chunked/i.test(head)) this.#state = "chunk-size";
    else if (length === undefined) this.#state = "connection";
    else {
      this.#state = "length";
      this.#left = Number(length);
    }
  }
}
