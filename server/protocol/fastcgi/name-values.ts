// Name-value pairs (FastCGI §3.4): both lengths in one byte up to 127 and in four
// above, then the bytes, without any terminator.
import type { ByteString } from "../../contract/bytes-text.js";
import { fromBytes } from "../byte-string.js";

export type NameValue = readonly [name: ByteString, value: ByteString];

const longestShort = 127;
/** The largest length four bytes can say. */
const longest = 0x7fff_ffff;

const lengthBytes = (length: number): number => (length > longestShort ? 4 : 1);

/** How long a pair is on the wire, bytes. */
export function pairBytes([name, value]: NameValue): number {
  return lengthBytes(name.length) + lengthBytes(value.length) + name.length + value.length;
}

/** Writes a pair at `at` and gives the place after it. */
export function putPair(into: Uint8Array, at: number, [name, value]: NameValue): number {
  const afterLengths = putLength(into, putLength(into, at, name.length), value.length);
  return putText(into, putText(into, afterLengths, name), value);
}

export function encodePairs(pairs: readonly NameValue[]): Uint8Array {
  const bytes = new Uint8Array(pairs.reduce((sum, pair) => sum + pairBytes(pair), 0));
  let at = 0;
  for (const pair of pairs) at = putPair(bytes, at, pair);
  return bytes;
}

function putLength(into: Uint8Array, at: number, length: number): number {
  if (length <= longestShort) {
    into[at] = length;
    return at + 1;
  }
  if (length > longest) throw new RangeError(`a name or value of ${length} bytes is too long for FastCGI`);
  into[at] = (length >>> 24) | 0x80;
  into[at + 1] = (length >> 16) & 255;
  into[at + 2] = (length >> 8) & 255;
  into[at + 3] = length & 255;
  return at + 4;
}

function putText(into: Uint8Array, at: number, text: ByteString): number {
  for (let i = 0; i < text.length; i++) into[at + i] = text.charCodeAt(i);
  return at + text.length;
}

/** What a stream of pairs lacks at its end: `need` bytes from `at`, of which `have` came. */
interface MissingOfPair {
  readonly at: number;
  readonly inside: "name length" | "value length" | "name" | "value";
  readonly need: number;
  readonly have: number;
}

/** Reads pairs out of a stream that may be cut anywhere. Never throws; keeps only the pair that is not complete yet. */
export class NameValueReader {
  readonly #onPair: (pair: NameValue, at: number) => void;
  #pending: Uint8Array = new Uint8Array(0);
  /** Where `#pending` begins in the stream. */
  #offset = 0;

  /** `onPair` gets each pair and the offset of its first byte in the stream. */
  constructor(onPair: (pair: NameValue, at: number) => void) {
    this.#onPair = onPair;
  }

  push(bytes: Uint8Array): void {
    const all = this.#pending.length === 0 ? bytes : joined(this.#pending, bytes);
    let at = 0;
    for (;;) {
      const pair = readPair(all, at);
      if ("missing" in pair) break;
      this.#onPair([fromBytes(all, pair.name, pair.value), fromBytes(all, pair.value, pair.end)], this.#offset + at);
      at = pair.end;
    }
    this.#pending = at === all.length ? new Uint8Array(0) : all.slice(at);
    this.#offset += at;
  }

  /** Where in the stream the next pair begins, or has begun. */
  get nextPair(): number {
    return this.#offset;
  }

  /** Null when the stream may end here, between two pairs. */
  missing(): MissingOfPair | null {
    if (this.#pending.length === 0) return null;
    const pair = readPair(this.#pending, 0);
    return "missing" in pair ? { ...pair.missing, at: this.#offset + pair.missing.at } : null;
  }
}

/** All pairs of a whole stream, and what its end lacks. */
export function decodePairs(bytes: Uint8Array): {
  readonly pairs: readonly NameValue[];
  readonly missing: MissingOfPair | null;
} {
  const pairs: NameValue[] = [];
  const reader = new NameValueReader((pair) => pairs.push(pair));
  reader.push(bytes);
  return { pairs, missing: reader.missing() };
}

/** Places of name, value and end of the pair at `at`, or what is missing of it. */
function readPair(
  bytes: Uint8Array,
  at: number,
): { name: number; value: number; end: number } | { missing: MissingOfPair } {
  const nameLength = readLength(bytes, at);
  if (nameLength === null) return { missing: missing(bytes, at, "name length", lengthNeeds(bytes, at)) };
  const valueLength = readLength(bytes, nameLength.end);
  if (valueLength === null)
    return { missing: missing(bytes, nameLength.end, "value length", lengthNeeds(bytes, nameLength.end)) };
  const name = valueLength.end;
  const value = name + nameLength.length;
  const end = value + valueLength.length;
  if (value > bytes.length) return { missing: missing(bytes, name, "name", nameLength.length) };
  if (end > bytes.length) return { missing: missing(bytes, value, "value", valueLength.length) };
  return { name, value, end };
}

const missing = (bytes: Uint8Array, at: number, inside: MissingOfPair["inside"], need: number): MissingOfPair => ({
  at,
  inside,
  need,
  have: Math.max(0, bytes.length - at),
});

const lengthNeeds = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) > longestShort ? 4 : 1);

function readLength(bytes: Uint8Array, at: number): { length: number; end: number } | null {
  const first = bytes[at];
  if (first === undefined) return null;
  if (first <= longestShort) return { length: first, end: at + 1 };
  const second = bytes[at + 1];
  const third = bytes[at + 2];
  const fourth = bytes[at + 3];
  if (second === undefined || third === undefined || fourth === undefined) return null;
  return { length: ((first & 127) << 24) | (second << 16) | (third << 8) | fourth, end: at + 4 };
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
