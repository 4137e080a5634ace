// Values whose length varies, and whether a response has one whole, and says how long it is. A value counts its own
// bytes ("1.3.5.7.9.12.15."), so that a part of it is known wherever it is, and no page has it by chance.
import type { ByteString } from "../../contract/bytes-text.js";
import { latin1 } from "../../protocol/byte-string.js";

let counting = "";

/** A text of so many bytes. Each is the beginning of all that are longer. */
export function measuredText(length: number): ByteString {
  while (counting.length < length) {
    const parts: string[] = [];
    let end = counting.length;
    for (const enough = Math.max(length, 2 * end); end < enough; ) {
      const part = `${end + 1}.`;
      parts.push(part);
      end += part.length;
    }
    counting += parts.join("");
  }
  return latin1(counting.slice(0, length));
}

/** What a response to a value of some length is not. */
export type Mismeasured =
  /** The first `shown` bytes of the value are there alone. */
  | { readonly kind: "cut"; readonly shown: number; readonly of: number }
  /** Shorter values came back, and this one does not. */
  | { readonly kind: "lost" }
  /** A number that followed the length is another one. */
  | { readonly kind: "count"; readonly found: number; readonly wanted: number };

export interface MeasuredResponse {
  readonly status: number;
  readonly body: string;
  /** The body has no more bytes than these. */
  readonly isWhole: boolean;
  /** Makes times and ids equal. */
  readonly settled: (text: string) => string;
}

/** A part that is so long is one of the value. */
const minPart = 16;
/** From this length on a number beside it is no chance; from that one on it need follow the length only once. */
const minCounted = 128;
const surelyCounted = 1024;
/** A number that tells the length may count so many bytes more or fewer, such as quotes. */
const maxBeside = 16;
const maxText = 1 << 16;
const maxTexts = 4;
const maxNumbers = 200;
/** What a page writes behind a text that it shortens on purpose; the first point may be the value's own. */
const shortened = /^\s*(?:…|\xe2\x80\xa6|\.\.|&hellip;|&#8230;|&#x2026;|\[)/i;

/** A number in a text, beside the length of the value. */
interface Follower {
  beside: number;
  /** How often it has followed the length since it was another one. */
  times: number;
}
interface KnownText {
  length: number;
  readonly followers: Follower[];
}

/** Judges the rows of one place, in their order: each by its own value, and by what all before it have in common. */
export class LengthJudge {
  #cameBack = false;
  /** By the response's text without the value and numbers. */
  readonly #texts = new Map<string, KnownText>();

  judge(value: ByteString, response: MeasuredResponse): Mismeasured | null {
    if (response.status >= 400) return null; // it was refused, or failed: another expectation
    const { body, isWhole } = response;
    if (body.includes(value)) {
      if (value.length >= minPart) this.#cameBack = true;
    } else if (isWhole && value.length >= minPart) {
      const part = longestBeginning(body, value);
      const isPart = part.length >= minPart;
      if (isPart && !shortened.test(part.behind)) return { kind: "cut", shown: part.length, of: value.length };
      if (!isPart && this.#cameBack) return { kind: "lost" };
    }
    return this.#miscounted(value, response);
  }

  #miscounted(value: ByteString, { body, settled }: MeasuredResponse): Mismeasured | null {
    const { length } = value;
    if (length < minCounted) return null;
    const rest = settled(body.replaceAll(value, "\0"));
    const numbers = rest.match(/\d+/g) ?? [];
    if (rest.length > maxText || numbers.length > maxNumbers) return null;
    const text = rest.replace(/\d+/g, "0");
    const besides = numbers.map((number) => Number(number) - length);
    const known = this.#texts.get(text);
    if (known === undefined) {
      for (const oldest of [...this.#texts.keys()].slice(0, 1 - maxTexts)) this.#texts.delete(oldest);
      this.#texts.set(text, { length, followers: besides.map((beside) => ({ beside, times: 0 })) });
      return null;
    }
    // A counter of requests follows a length that grows by one.
    const step = Math.abs(length - known.length);
    known.length = length;
    const needed = length < surelyCounted ? 2 : 1;
    for (const [index, follower] of known.followers.entries()) {
      const beside = besides[index] ?? 0;
      if (beside === follower.beside && Math.abs(beside) <= maxBeside) follower.times += step > 1 ? 1 : 0;
      else if (follower.times >= needed)
        return { kind: "count", found: beside + length, wanted: follower.beside + length };
      else Object.assign(follower, { beside, times: 0 });
    }
    return null;
  }
}

/** How much of the value's beginning the body has at most, and what is behind it there. */
function longestBeginning(body: string, value: string): { readonly length: number; readonly behind: string } {
  const beginning = value.slice(0, minPart);
  let longest = 0;
  let end = 0;
  for (let at = body.indexOf(beginning); at >= 0; at = body.indexOf(beginning, at + 1)) {
    let length = minPart;
    while (length < value.length && body[at + length] === value[length]) length++;
    if (length > longest) [longest, end] = [length, at + length];
  }
  return { length: longest, behind: body.slice(end, end + 16) };
}
