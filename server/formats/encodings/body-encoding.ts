// What is wrong with a body's characters: the bytes against the encoding they will be read with. Each kind has another
// cause and another cure; several may hold at once. Silent on text that is as it should be, in any language.
import { fromBytes } from "../../protocol/byte-string.js";
import { decodeText } from "../../protocol/charset.js";
import { invalidUtf8 } from "../../protocol/utf8-validity.js";
import { type BrowserCharset, browserCharset, isTextType, prescanBytes } from "./browser-charset.js";
import { findMojibake, type Mojibake } from "./mojibake.js";
import { byteOffsets } from "./text-offsets.js";

const bodyProblemKinds = [
  /**
   * UTF-8 that is declared as, or without a declaration taken for, something else:
   * "Ã¼" on the screen, the bytes are right.
   */
  "utf-8-misread",
  /**
   * UTF-8 that had been read as Latin-1 or windows-1252 and was encoded again: "Ã¼" on the screen, and in the bytes.
   */
  "encoded-twice",
  /** Said to be UTF-8, and the bytes beyond ASCII are not. */
  "not-utf-8",
  /** Some of it is UTF-8, some is not. */
  "mixed",
  /** Halves of surrogate pairs, each encoded by itself (CESU-8). */
  "surrogates",
  /** The last character's bytes are not all there. */
  "cut-character",
  /** U+FFFD in the bytes: what was there had been lost before the script wrote it. */
  "lost-before",
  /** A byte order mark where it does not belong: in the middle, or before JSON. */
  "bom-inside",
  "bom-before-json",
  /** No encoding is declared, and the body has bytes for which it matters. */
  "no-charset",
  /** The header and the page itself name different encodings. */
  "meta-contradicts",
  "unknown-charset",
] as const;
export type BodyProblemKind = (typeof bodyProblemKinds)[number];

export interface BodyProblem {
  readonly kind: BodyProblemKind;
  /** Bytes `[from, to)` of the body, in order; the first `maxRanges`. Empty when it is not about certain bytes. */
  readonly ranges: readonly (readonly [number, number])[];
  /** How many places there are. */
  readonly count: number;
  /** A word as a browser shows it, and as it was meant; null when it cannot be known. */
  readonly example: { readonly shown: string; readonly meant: string } | null;
  /** How often it was encoded too many times, for "encoded-twice". */
  readonly layers: number;
}
export interface BodyEncoding {
  readonly browser: BrowserCharset;
  /** As a browser shows it. */
  readonly shown: string;
  /** As it was meant, where that can be known: else the same. */
  readonly meant: string;
  readonly problems: readonly BodyProblem[];
}

const maxRanges = 100;
/** After so many places the rest is not looked at. */
const maxPlaces = 4000;
const noExample = { example: null, layers: 0 };
/** In these the bytes of U+FFFD and U+FEFF can be parts of two characters, and are no sign of a loss. */
const multiByte = /^(?:gb|big5|euc-|iso-2022|shift_jis|utf-16)/;

/** null for what is no text. `isWhole`: the body ends where `body` does. */
export function examineBody(contentType: string, body: Uint8Array, isWhole: boolean): BodyEncoding | null {
  if (contentType.trim() !== "" && !isTextType(contentType)) return null;
  const browser = browserCharset(contentType, fromBytes(body, 0, Math.min(prescanBytes, body.length)));
  const shown = decodeText(body, browser.encoding);
  const declared = ignoredCharset(browser);
  // .NET says so of UTF-8, too: JSON in UTF-16 has a NUL beside each bracket.
  const ignored = declared?.startsWith("utf-16") && !body.includes(0) ? null : declared;
  const asDeclared = ignored === null ? shown : decodeText(body, ignored);
  if (shown.length === body.length && !beyondAscii(body) && asDeclared === shown)
    return { browser, shown, meant: shown, problems: declarationProblems(browser, contentType, false) };
  const problems: BodyProblem[] = [];
  let meant = shown;
  if (asDeclared !== shown && (!beyondAscii(body) || ignored?.startsWith("utf-16") || !isUtf8WithMore(body, isWhole))) {
    meant = asDeclared;
    problems.push(notAsDeclared(body, shown, meant));
  } else if (browser.encoding === "utf-8") {
    const twice = findMojibake(shown);
    meant = twice.repaired;
    if (twice.layers > 0) problems.push(ofMojibake("encoded-twice", body, shown, twice, "utf-8"));
    const invalid = utf8Problems(body, isWhole);
    problems.push(...invalid);
    if (invalid.some(({ kind }) => kind === "not-utf-8" || kind === "mixed")) meant = repairInvalid(body);
  } else if (isWideHeader(browser) && !body.includes(0) && isUtf8WithMore(body, isWhole)) {
    meant = decodeText(body, "utf-8");
    problems.push(misread(body, shown, meant));
  } else if (!browser.encoding.startsWith("utf-16") && beyondAscii(body) && isUtf8WithMore(body, isWhole)) {
    const certain = browser.encoding !== "windows-1252" || findMojibake(shown, true).sound === 0;
    const read = browser.encoding === "windows-1252" ? findMojibake(shown, certain) : null;
    if (read === null || read.layers > 0) {
      const right = decodeText(body, "utf-8");
      const twice = findMojibake(right);
      meant = twice.repaired;
      problems.push(misread(body, shown, right));
      if (twice.layers > 0) problems.push(ofMojibake("encoded-twice", body, right, twice, "utf-8"));
    }
  } else if (browser.encoding === "windows-1252") {
    const twice = findMojibake(shown);
    if (twice.layers > 0 && twice.garbled.length > 2) {
      meant = twice.repaired;
      problems.push(ofMojibake("mixed", body, shown, twice, "windows-1252"));
    }
  }
  if (!multiByte.test(browser.encoding)) problems.push(...markProblems(body, contentType), ...lostProblem(body));
  problems.push(...declarationProblems(browser, contentType, true));
  return { browser, shown, meant, problems };
}

/** What the header declares for a type that is always UTF-8, if it is another one that exists. */
export const ignoredCharset = ({ from, header }: BrowserCharset): string | null =>
  from === "type" && header !== null && header.encoding !== "utf-8" ? header.encoding : null;

function notAsDeclared(body: Uint8Array, shown: string, right: string): BodyProblem {
  const ranges = invalidUtf8(body, maxPlaces);
  const meant = wordAround(right, right.search(/[^\0-\x7f]/));
  const example = { shown: wordAround(shown, shown.search(/[^\t\n\r -~]/)), meant };
  return {
    kind: "not-utf-8",
    ranges: ranges.slice(0, maxRanges),
    count: Math.max(1, ranges.length),
    example: meant === "" ? null : example,
    layers: 0,
  };
}

/** UTF-16 has a NUL beside each ASCII character; text of another encoding has none. */
const isWideHeader = ({ from, encoding }: BrowserCharset): boolean =>
  from === "header" && encoding.startsWith("utf-16");

const beyondAscii = (body: Uint8Array): boolean => body.some((byte) => byte > 0x7f);
/** UTF-8; a character that is cut at the end is another matter. */
const isUtf8WithMore = (body: Uint8Array, isWhole: boolean): boolean => {
  const [first] = invalidUtf8(body, 1);
  return first === undefined || (isWhole ? isCutSequence(body, first[0]) : first[0] >= body.length - 3);
};

function ofMojibake(
  kind: BodyProblemKind,
  body: Uint8Array,
  shown: string,
  found: Mojibake,
  encoding: string,
): BodyProblem {
  const some = found.garbled.slice(0, maxRanges);
  const offsets = byteOffsets(
    body,
    encoding,
    some.flatMap(({ from, to }) => [from, to]),
  );
  const ranges = some.map((_, index): [number, number] => [offsets[index * 2] ?? 0, offsets[index * 2 + 1] ?? 0]);
  const [first] = found.garbled;
  const word = first === undefined ? "" : wordAround(shown, first.from);
  const example = word === "" ? null : { shown: word, meant: findMojibake(word, true).repaired };
  return { kind, ranges: joined(ranges), count: found.garbled.length, example, layers: found.layers };
}

function misread(body: Uint8Array, shown: string, right: string): BodyProblem {
  const ranges: [number, number][] = [];
  let count = 0;
  for (let at = 0; at < body.length; at++) {
    if ((body[at] ?? 0) < 0x80) continue;
    const from = at;
    while (at < body.length && (body[at] ?? 0) > 0x7f) if (((body[at++] ?? 0) & 0xc0) !== 0x80) count++;
    if (ranges.length < maxRanges) ranges.push([from, at]);
  }
  const special = right.search(/[^\0-\x7f]/);
  const meant = wordAround(right, special < 0 ? right.search(/\w/) : special);
  const place = shown.search(/[^\0-\x7f]/);
  return {
    kind: "utf-8-misread",
    ranges,
    count: Math.max(1, count),
    example: { shown: wordAround(shown, place), meant },
    layers: 0,
  };
}

function utf8Problems(body: Uint8Array, isWhole: boolean): BodyProblem[] {
  const invalid = invalidUtf8(body, maxPlaces);
  const last = invalid.at(-1);
  const problems: BodyProblem[] = [];
  const halves = surrogateHalves(body, invalid);
  const others = invalid.filter(([from]) => !halves.some(([start, end]) => from >= start && from < end));
  const isMixed = hasValidSequence(body.subarray(0, invalid.length < maxPlaces ? body.length : last?.[1]), invalid);
  // at the end of a page in Latin-1 it is a letter like the others
  const isCut = last?.[1] === body.length && isCutSequence(body, last[0]) && (isMixed || others.length === 1);
  if (isCut && isWhole) problems.push({ kind: "cut-character", ranges: [last], count: 1, ...noExample });
  if (halves.length > 0)
    problems.push({ kind: "surrogates", ranges: halves.slice(0, maxRanges), count: halves.length, ...noExample });
  const rest = isCut ? others.slice(0, -1) : others;
  if (rest.length === 0) return problems;
  const kind = isMixed ? "mixed" : "not-utf-8";
  const [from, to] = rest[0] ?? [0, 0];
  const line = body.subarray(Math.max(0, from - 40), Math.min(body.length, to + 40));
  const shown = decodeText(line, "utf-8");
  const example = {
    shown: wordAround(shown, shown.indexOf("\ufffd")),
    meant: wordAtByte(repairInvalid(line), line, from - Math.max(0, from - 40)),
  };
  problems.push({
    kind,
    ranges: rest.slice(0, maxRanges),
    count: rest.length,
    example: example.meant === "" ? null : example,
    layers: 0,
  });
  return problems;
}

/** A lead byte and too few bytes after it, all of which fit. */
function isCutSequence(body: Uint8Array, from: number): boolean {
  const lead = body[from] ?? 0;
  const length =
    lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xc2 && lead < 0xe0 ? 2 : 1;
  return length > 1 && body.length - from > (length === 2 ? 0 : 1) && body.length - from < length;
}

function surrogateHalves(body: Uint8Array, invalid: readonly (readonly [number, number])[]): [number, number][] {
  return invalid.flatMap(([from]): [number, number][] => {
    const [lead, second = 0, third = 0] = body.subarray(from, from + 3);
    return lead === 0xed && second >= 0xa0 && second <= 0xbf && third >= 0x80 && third <= 0xbf
      ? [[from, from + 3]]
      : [];
  });
}

function hasValidSequence(body: Uint8Array, invalid: readonly (readonly [number, number])[]): boolean {
  let next = 0;
  for (let at = 0; at < body.length; at++) {
    const range = invalid[next];
    if (range?.[0] === at) {
      at = range[1] - 1;
      next++;
    } else if ((body[at] ?? 0) > 0x7f) return true;
  }
  return false;
}

/** What is UTF-8 stays, the rest is read as windows-1252. */
function repairInvalid(body: Uint8Array): string {
  let out = "";
  let at = 0;
  for (const [from, to] of invalidUtf8(body, maxPlaces)) {
    out += decodeText(body.subarray(at, from), "utf-8") + decodeText(body.subarray(from, to), "windows-1252");
    at = to;
  }
  return out + decodeText(body.subarray(at), "utf-8");
}

function markProblems(body: Uint8Array, contentType: string): BodyProblem[] {
  const inside: [number, number][] = [];
  for (let at = body.indexOf(0xef, 1); at > 0; at = body.indexOf(0xef, at + 1))
    if (body[at + 1] === 0xbb && body[at + 2] === 0xbf) inside.push([at, at + 3]);
  const problems: BodyProblem[] = [];
  if (inside.length > 0)
    problems.push({ kind: "bom-inside", ranges: inside.slice(0, maxRanges), count: inside.length, ...noExample });
  if (/[/+]json\b/i.test(contentType) && body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf)
    problems.push({ kind: "bom-before-json", ranges: [[0, 3]], count: 1, ...noExample });
  return problems;
}

function lostProblem(body: Uint8Array): BodyProblem[] {
  const ranges: [number, number][] = [];
  for (let at = body.indexOf(0xef); at >= 0; at = body.indexOf(0xef, at + 1))
    if (body[at + 1] === 0xbf && body[at + 2] === 0xbd) ranges.push([at, at + 3]);
  return ranges.length === 0
    ? []
    : [{ kind: "lost-before", ranges: ranges.slice(0, maxRanges), count: ranges.length, ...noExample }];
}

function declarationProblems(browser: BrowserCharset, contentType: string, matters: boolean): BodyProblem[] {
  const { header, inPage, from, encoding } = browser;
  const problems: BodyProblem[] = [];
  const isHtmlOrText = /^\s*text\/(?:html|plain)\b/i.test(contentType);
  if (header !== null && header.encoding === null)
    problems.push({ kind: "unknown-charset", ranges: [], count: 1, ...noExample });
  else if (matters && from === "default" && isHtmlOrText)
    problems.push({ kind: "no-charset", ranges: [], count: 1, ...noExample });
  const other = header?.encoding ?? (from === "bom" ? encoding : null);
  if (other !== null && inPage?.encoding != null && inPage.encoding !== other)
    problems.push({
      kind: "meta-contradicts",
      ranges: inPage.range === null ? [] : [inPage.range],
      count: 1,
      ...noExample,
    });
  return problems;
}

const wordCharacter = /[^\s<>"(){}[\]=/&;,]/;
/** The word that holds the character at `at`, 40 characters at most; "" when `at` is no place. */
function wordAround(text: string, at: number): string {
  if (at < 0) return "";
  let from = at;
  let to = at;
  while (from > 0 && at - from < 20 && wordCharacter.test(text.charAt(from - 1))) from--;
  while (to < text.length && to - at < 20 && wordCharacter.test(text.charAt(to))) to++;
  return text.slice(from, Math.max(to, at + 1)).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, "");
}

function wordAtByte(repaired: string, line: Uint8Array, from: number): string {
  return wordAround(repaired, decodeText(line.subarray(0, from), "utf-8").length);
}

/** Ranges that touch become one. */
function joined(ranges: readonly [number, number][]): [number, number][] {
  const out: [number, number][] = [];
  for (const [from, to] of ranges) {
    const last = out.at(-1);
    if (last !== undefined && last[1] === from) out[out.length - 1] = [last[0], to];
    else out.push([from, to]);
  }
  return out;
}
