// A search pattern as alternatives of bytes: a text in the stream's charset, in both cases unless case matters, or
// bytes in hex with `??` for any byte. It is made once for each search, so that a scan over 8 MB only compares.

import { encodeCharacter } from "../../../server/formats/encode-character.js";
import { parseHexPattern } from "../../../server/protocol/hex-pattern.js";
import { lengthOf, stepOf } from "./characters.js";
import { iso2022jp, type JisSet, kanjiBytes, switchAt } from "./iso-2022-jp.js";
import { multiByteCharsets } from "./multi-byte.js";

/** A place of the pattern: one of these byte sequences. An empty list: any byte. */
type PatternByte = readonly (readonly number[])[];

/**
 * Bytes of the character at `at`, negative where no match may begin. Called for one character after the other, from the
 * stream's first on.
 */
export type Walk = (bytes: Uint8Array, at: number, end: number) => number;

export interface Pattern {
  /** 1 at each byte with which a match may begin. */
  readonly first: Uint8Array;
  /** Matches begin at multiples of it: 2 in UTF-16. */
  readonly step: 1 | 2;
  /** Where a byte within a character may look like another character: how to go through them. Null: by `step`. */
  readonly walk: (() => Walk) | null;
  readonly maxLength: number;
  /** Bytes of the match that begins at `at`; 0 when there is none before `end`. */
  lengthAt(bytes: Uint8Array, at: number, end: number): number;
}
type PatternResult =
  | { readonly pattern: Pattern; readonly why: null }
  | { readonly pattern: null; readonly why: string | null };

/** `why` null: nothing to search for yet. */
export function textPattern(text: string, charset: string, matchesCase: boolean): PatternResult {
  if (text === "") return { pattern: null, why: null };
  const places: PatternByte[] = [];
  for (const character of text) {
    const forms = matchesCase
      ? [character]
      : [...new Set([character, character.toLowerCase(), character.toUpperCase()])];
    const encoded = forms
      .filter((form) => [...form].length === 1)
      .flatMap((form) => [searchedBytes(form, charset) ?? []]);
    const usable = encoded.filter((bytes) => bytes.length > 0);
    if (usable.length === 0) return { pattern: null, why: `“${character}” does not exist in ${charset}.` };
    places.push(usable);
  }
  const step = charset.startsWith("utf-16") ? 2 : 1;
  return { pattern: patternOf(places, step, walkOf(charset, places)), why: null };
}

function searchedBytes(character: string, charset: string): readonly number[] | null {
  const name = charset === "us-ascii" || charset === "binary" ? "utf-8" : charset;
  const bytes = encodeCharacter(character, name);
  // Without the switch to kanji: in the text, it comes before the word.
  return bytes ?? (charset === iso2022jp ? kanjiBytes(character) : null);
}

function walkOf(charset: string, places: readonly PatternByte[]): (() => Walk) | null {
  if (charset === iso2022jp) return () => jisWalk(places);
  if (!multiByteCharsets.has(charset)) return null;
  const step = stepOf(charset);
  return () => (bytes, at, end) => lengthOf(step(bytes, at, end));
}

/** There is a switch between ASCII and kanji: within a match, all characters have the same number of bytes. */
function jisWalk(places: readonly PatternByte[]): Walk {
  const isAll = (length: number): boolean => places.every((forms) => forms.every((form) => form.length === length));
  const wanted: readonly JisSet[] = isAll(1) ? ["ascii", "roman"] : isAll(2) ? ["kanji"] : [];
  const step = stepOf(iso2022jp);
  let set: JisSet = "ascii";
  return (bytes, at, end) => {
    set = switchAt(bytes, at, end) ?? set;
    const length = lengthOf(step(bytes, at, end));
    return wanted.includes(set) ? length : -length;
  };
}

/** `0d 0a`, `0d0a`, `0x0D 0x0A`, `ff ?? 00`. */
export function hexPattern(text: string): PatternResult {
  const { digits, fault } = parseHexPattern(text);
  if (digits === null) return { pattern: null, why: fault === null ? null : hexFaults[fault] };
  const places = (digits.match(/../g) ?? []).map(
    (pair): PatternByte => (pair === "??" ? [] : [[Number.parseInt(pair, 16)]]),
  );
  return { pattern: patternOf(places, 1, null), why: null };
}

const hexFaults = {
  "half-byte": "Write each byte as two hex digits, or ?? for any byte.",
  "not-hex": "This is not hex. Write bytes like 0d 0a.",
};

function patternOf(places: readonly PatternByte[], step: 1 | 2, walk: Pattern["walk"]): Pattern {
  const first = new Uint8Array(256);
  const [begin = []] = places;
  if (begin.length === 0) first.fill(1);
  for (const bytes of begin) first[bytes[0] ?? 0] = 1;
  const longest = (place: PatternByte): number => Math.max(1, ...place.map((bytes) => bytes.length));
  return {
    first,
    step,
    walk,
    maxLength: places.reduce((sum, place) => sum + longest(place), 0),
    lengthAt: (bytes, at, end) => {
      let next = at;
      for (const place of places) {
        const length = lengthOfMatch(place, bytes, next, end);
        if (length === 0) return 0;
        next += length;
      }
      return next - at;
    },
  };
}

function lengthOfMatch(place: PatternByte, bytes: Uint8Array, at: number, end: number): number {
  if (place.length === 0) return at < end ? 1 : 0;
  for (const wanted of place) {
    if (at + wanted.length > end) continue;
    let same = 0;
    while (same < wanted.length && bytes[at + same] === wanted[same]) same++;
    if (same === wanted.length) return wanted.length;
  }
  return 0;
}
