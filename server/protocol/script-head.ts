// The head of a script's output, RFC 3875 §6: header fields, ended by an empty line. Read as it comes in, in any
// pieces, line by line; bytes after the empty line are never looked at. Never throws: what a script prints is
// data, and what is wrong with it is said.
import type { ByteString } from "../contract/bytes-text.js";
import type { Message } from "../contract/message.js";
import type { Span } from "../contract/trace.js";
import { withoutBlanks } from "./blanks.js";
import { byteString, fromBytes } from "./byte-string.js";
import type { HeaderPair } from "./request.js";
import { scriptMessage } from "./script-head-messages.js";
import { malformedLine } from "./script-head-problems.js";
import { isTokenByte } from "./token.js";

/** The empty line must come within this many bytes of stdout. */
export const maxScriptHeadBytes = 64 << 10;
/** More header fields than this are no head. */
export const maxScriptFields = 1000;

export interface ScriptHead {
  readonly fields: readonly HeaderPair[];
  /**
   * What the bytes of the head are, without gaps from 0 to `bodyOffset`; with a
   * problem, on to the end of what is wrong.
   */
  readonly spans: readonly Span[];
  /** Offset in stdout of the first byte that does not belong to the head. */
  readonly bodyOffset: number;
  /** An HTTP status line that came first. Not CGI: see `GatewayPolicy.httpStatusLine`. */
  readonly statusLine: { readonly status: number; readonly reason: ByteString } | null;
  /** Where and why reading stopped making sense; null when the empty line was reached. */
  readonly problem: { readonly at: number; readonly why: Message } | null;
  /** What is not CGI but was understood. */
  readonly tolerated: Message | null;
}

const LF = 0x0a;
const CR = 0x0d;
const COLON = 0x3a;
const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09;
/** One blank before the reason, which is trimmed: any number would take quadratic time. */
const httpStatusLine = /^HTTP\/\d+(?:\.\d+)?[ \t]+(\d{3})(?:[ \t](.*))?$/;

const noBytes = new Uint8Array(0);

export class ScriptHeadParser {
  readonly #fields: HeaderPair[] = [];
  readonly #spans: Span[] = [];
  #statusLine: ScriptHead["statusLine"] = null;
  #tolerated: Message | null = null;
  #head: ScriptHead | null = null;
  /** Offset in stdout of the line under way. */
  #lineAt = 0;
  /** The line under way, as far as it came with earlier pieces. */
  #held: Uint8Array = noBytes;
  #heldBytes = 0;

  /**
   * The next bytes of stdout. The head as soon as it is decided, and the same head ever after;
   * null before. Keeps no reference to `bytes`.
   */
  push(bytes: Uint8Array): ScriptHead | null {
    let from = 0;
    while (this.#head === null && from < bytes.length) {
      const lf = bytes.indexOf(LF, from);
      const to = lf < 0 ? bytes.length : lf + 1;
      const lineBytes = this.#heldBytes + to - from;
      if (this.#lineAt + lineBytes > maxScriptHeadBytes) return this.#tooLong();
      if (lf < 0) this.#hold(bytes, from, to);
      else if (this.#heldBytes === 0) this.#line(bytes, from, to);
      else {
        this.#hold(bytes, from, to);
        this.#line(this.#held, 0, lineBytes);
        this.#heldBytes = 0;
      }
      if (lf >= 0) this.#lineAt += lineBytes;
      from = to;
    }
    // No empty line within the bound is possible any more: say so now, not with the next byte.
    if (this.#head === null && this.#lineAt + this.#heldBytes >= maxScriptHeadBytes) return this.#tooLong();
    return this.#head;
  }

  /** stdout is over. */
  end(): ScriptHead {
    if (this.#head !== null) return this.#head;
    const total = this.#lineAt + this.#heldBytes;
    if (total === 0) return this.#stop(0, 0, scriptMessage("no-output"));
    const line = this.#held.subarray(0, this.#heldBytes);
    const contentTo = line[line.length - 1] === CR ? line.length - 1 : line.length;
    if (contentTo > 0) this.#content(line, 0, contentTo, line.length);
    if (this.#head !== null) return this.#head;
    const at = contentTo > 0 ? total : this.#lineAt;
    return this.#stop(at, total, scriptMessage("no-empty-line"));
  }

  #hold(bytes: Uint8Array, from: number, to: number): void {
    const size = this.#heldBytes + to - from;
    if (size > this.#held.length) {
      // Doubling: byte by byte costs no quadratic copying.
      const larger = new Uint8Array(Math.max(256, size, this.#held.length * 2));
      larger.set(this.#held.subarray(0, this.#heldBytes));
      this.#held = larger;
    }
    this.#held.set(bytes.subarray(from, to), this.#heldBytes);
    this.#heldBytes = size;
  }

  /** A whole line `[from, to)` of `bytes`, its line feed included. LF and CR LF both end one (RFC 3875 §7.2). */
  #line(bytes: Uint8Array, from: number, to: number): void {
    const contentTo = to - 2 >= from && bytes[to - 2] === CR ? to - 2 : to - 1;
    if (contentTo > from) this.#content(bytes, from, contentTo, to);
    else {
      const bodyOffset = this.#lineAt + to - from;
      this.#spans.push({ from: this.#lineAt, to: bodyOffset, is: "empty-line" });
      this.#decide(bodyOffset, null);
    }
  }

  /** The content `[from, to)` of a line that ends at `lineTo`. */
  #content(bytes: Uint8Array, from: number, to: number, lineTo: number): void {
    const shift = this.#lineAt - from; // from a place in `bytes` to an offset in stdout
    let colon = from;
    while (colon < to && isTokenByte(bytes[colon])) colon++;
    if (bytes[colon] !== COLON || colon === from || colon >= to) {
      if (!this.#tookStatusLine(bytes, from, to, lineTo)) this.#malformed(bytes, from, to, lineTo);
      return;
    }
    let valueFrom = colon + 1;
    let valueTo = to;
    while (valueFrom < to && isBlank(bytes[valueFrom])) valueFrom++;
    while (valueTo > valueFrom && isBlank(bytes[valueTo - 1])) valueTo--;
    const value = fromBytes(bytes, valueFrom, valueTo);
    // A lone carriage return is how output with the line ends of old Macs, or with
    // LF turned into CR LF twice, shows itself.
    if (value.includes("\r") || this.#fields.length === maxScriptFields) {
      this.#malformed(bytes, from, to, lineTo);
      return;
    }
    this.#fields.push([fromBytes(bytes, from, colon), value]);
    this.#span(shift + from, shift + colon, "name");
    this.#span(shift + colon, shift + colon + 1, "colon");
    this.#span(shift + colon + 1, shift + valueFrom, "space");
    this.#span(shift + valueFrom, shift + valueTo, "value");
    this.#span(shift + valueTo, shift + to, "space");
    this.#span(shift + to, shift + lineTo, "line-end");
  }

  #tookStatusLine(bytes: Uint8Array, from: number, to: number, lineTo: number): boolean {
    if (this.#lineAt !== 0) return false;
    const match = httpStatusLine.exec(fromBytes(bytes, from, to));
    if (match === null) return false;
    this.#statusLine = { status: Number(match[1]), reason: byteString(withoutBlanks(match[2] ?? "")) };
    this.#tolerated = scriptMessage("http-status-line");
    this.#span(0, to - from, "status-line");
    this.#span(to - from, lineTo - from, "line-end");
    return true;
  }

  #span(from: number, to: number, is: Span["is"]): void {
    if (to > from) this.#spans.push({ from, to, is });
  }

  #malformed(bytes: Uint8Array, from: number, to: number, lineTo: number): void {
    const full = this.#fields.length === maxScriptFields;
    const why = full
      ? scriptMessage("too-many-fields", { limit: maxScriptFields })
      : malformedLine(fromBytes(bytes, from, to), this.#lineAt === 0);
    this.#stop(this.#lineAt, this.#lineAt + lineTo - from, why);
  }

  #tooLong(): ScriptHead {
    return this.#stop(
      this.#lineAt,
      maxScriptHeadBytes,
      scriptMessage("head-too-large", { limitBytes: maxScriptHeadBytes }),
    );
  }

  /** Stops reading at `at`. The malformed bytes end at `to`. */
  #stop(at: number, to: number, why: Message): ScriptHead {
    this.#span(at, to, "malformed");
    return this.#decide(at, { at, why });
  }

  #decide(bodyOffset: number, problem: ScriptHead["problem"]): ScriptHead {
    this.#head = {
      fields: this.#fields,
      spans: this.#spans,
      bodyOffset,
      statusLine: this.#statusLine,
      problem,
      tolerated: this.#tolerated,
    };
    return this.#head;
  }
}
