// Gathers the head of a response, which ends with its first blank line. The bytes of an NPH script reach the client as
// they are: a line may end with a line feed alone, the head may never end, and there may be none.

const maxHeadBytes = 1 << 20;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const beginning = Buffer.from("HTTP/");

interface GatheredHead {
  /** Null: the response has none. */
  readonly head: Uint8Array | null;
  /** What follows it. */
  readonly rest: Uint8Array;
}

export class ResponseHead {
  #parts: Uint8Array[] = [];
  #size = 0;
  /** What the last line has so far. */
  #line: "nothing" | "carriage-return" | "more" = "nothing";

  /** Null: more bytes are needed. What is pushed behind a head begins the next one. */
  push(bytes: Uint8Array): GatheredHead | null {
    const before = this.#size;
    const end = this.#endIn(bytes);
    this.#parts.push(bytes);
    this.#size += end ?? bytes.length;
    const isNone = this.#size > maxHeadBytes || !this.#isBegun(bytes, before);
    if (end === null && !isNone) return null;
    const all = this.#parts.length === 1 ? bytes : Buffer.concat(this.#parts);
    const size = isNone ? 0 : this.#size;
    [this.#parts, this.#size, this.#line] = [[], 0, "nothing"];
    return { head: isNone ? null : all.subarray(0, size), rest: all.subarray(size) };
  }

  /** `at`: of the first of these bytes. */
  #isBegun(bytes: Uint8Array, at: number): boolean {
    const wanted = beginning.subarray(at, at + bytes.length);
    return wanted.every((byte, index) => bytes[index] === byte);
  }

  /** Behind the blank line. */
  #endIn(bytes: Uint8Array): number | null {
    for (let at = 0; at < bytes.length; ) {
      if (this.#line === "more") {
        const feed = bytes.indexOf(lineFeed, at);
        if (feed < 0) return null;
        this.#line = "nothing";
        at = feed + 1;
        continue;
      }
      const byte = bytes[at++];
      if (byte === lineFeed) return at;
      this.#line = byte === carriageReturn && this.#line === "nothing" ? "carriage-return" : "more";
    }
    return null;
  }
}

/** Reads a gathered head as text. */
export const isChunked = (head: string): boolean => /\ntransfer-encoding:[^\r\n]*chunked/i.test(head);
