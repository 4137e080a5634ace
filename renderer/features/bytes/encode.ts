// Text as bytes of a charset, for searching. Only UTF-8 has an encoder in the page; the others are read
// backwards from their decoders, once each.
import { decodeBytes } from "../../../server/protocol/charset.js";
import { iso2022jp, kanjiPairs } from "./iso-2022-jp.js";
import { multiByteCharsets } from "./multi-byte.js";

const reverse = new Map<string, ReadonlyMap<string, readonly number[]>>();
const utf8 = new TextEncoder();

/** The bytes of one character; null when the charset has none. */
export function encodeCharacter(character: string, charset: string): readonly number[] | null {
  if (charset === "utf-16le" || charset === "utf-16be")
    return [...Array(character.length).keys()].flatMap((index) => {
      const unit = character.charCodeAt(index);
      return charset === "utf-16le" ? [unit & 0xff, unit >> 8] : [unit >> 8, unit & 0xff];
    });
  if (charset === "utf-8" || charset === "us-ascii" || charset === "binary") return [...utf8.encode(character)];
  const code = character.codePointAt(0) ?? 0;
  if (isGb(charset) && code > 0xffff) return fourBytes(code - 0x10000 + firstBeyondBmp);
  let table = reverse.get(charset);
  if (!table) {
    table = reverseTable(charset);
    reverse.set(charset, table);
  }
  return table.get(character) ?? null;
}

const isGb = (charset: string): boolean => charset === "gb18030" || charset === "gbk";

/** Encoding Standard §10.2.2: the index of U+10000 among the four-byte characters of gb18030. */
const firstBeyondBmp = 189_000;
/** Of those below, the Encoding Standard has so many. */
const fourBytesInBmp = 39_420;
const fourBytes = (index: number): readonly number[] => [
  0x81 + Math.floor(index / 12_600),
  0x30 + (Math.floor(index / 1260) % 10),
  0x81 + (Math.floor(index / 10) % 126),
  0x30 + (index % 10),
];

function reverseTable(charset: string): ReadonlyMap<string, readonly number[]> {
  const table = new Map<string, readonly number[]>();
  const add = (character: string, bytes: readonly number[]): void => {
    if (character !== "\ufffd" && !table.has(character)) table.set(character, bytes);
  };
  for (let byte = 0; byte < 256; byte++) add(decodeBytes(Uint8Array.of(byte), charset).text, [byte]);
  // Without the switch before them: in the text, it comes before the word.
  if (charset === iso2022jp) for (const [pair, character] of kanjiPairs()) add(character, [pair >> 8, pair & 0xff]);
  if (!multiByteCharsets.has(charset)) return table;
  const addAll = (all: readonly (readonly number[])[]): void => {
    const lines = new TextDecoder(charset)
      .decode(Uint8Array.from(all.flatMap((bytes) => [...bytes, 0x0a])))
      .split("\n");
    // What is invalid decodes to two characters or to a longer one: both are skipped.
    lines.forEach((text, index) => {
      if ([...text].length === 1) add(text, all[index] ?? []);
    });
  };
  const pairs: (readonly number[])[] = [];
  for (let lead = 0x81; lead < 0xff; lead++) for (let trail = 0x40; trail < 0xff; trail++) pairs.push([lead, trail]);
  addAll(pairs);
  if (charset === "euc-jp") addAll(pairs.map((pair) => [0x8f, ...pair]));
  if (isGb(charset)) addAll(Array.from({ length: fourBytesInBmp }, (_, index) => fourBytes(index)));
  return table;
}
