// Text as bytes of a charset other than UTF-8, which platforms can only decode: the decoder is asked what every byte
// and every pair of bytes means, once a charset, and its answers are read backwards. Where several bytes mean the same
// character, the first one counts, except where the Encoding Standard's encoders write another one.
import { decodeText } from "../protocol/charset.js";

type Bytes = readonly number[];

const utf8 = new TextEncoder();
const pairCharsets: ReadonlySet<string> = new Set(["shift_jis", "euc-jp", "gb18030", "gbk", "big5", "euc-kr"]);
const isGb = (charset: string): boolean => charset === "gb18030" || charset === "gbk";

/**
 * The bytes that decode to the character; null when the charset has none, as far as this platform's decoder knows it.
 * `charset` is a lower-case name of the Encoding Standard.
 */
export function encodeCharacter(character: string, charset: string): Bytes | null {
  if (charset === "utf-8") return [...utf8.encode(character)];
  if (charset === "utf-16le" || charset === "utf-16be")
    return Array.from({ length: character.length }, (_, index) => character.charCodeAt(index)).flatMap((unit) =>
      charset === "utf-16le" ? [unit & 0xff, unit >> 8] : [unit >> 8, unit & 0xff],
    );
  const code = character.codePointAt(0) ?? 0;
  if (isGb(charset) && code > 0xffff) {
    const bytes = fourBytes(code - 0x10000 + firstBeyondBmp);
    return decodeText(Uint8Array.from(bytes), charset) === character ? bytes : null; // Node's GBK has two bytes at most
  }
  let table = tables.get(charset);
  if (!table) {
    table = tableOf(charset);
    tables.set(charset, table);
  }
  return table.get(character) ?? null;
}

/** True for bytes that the Encoding Standard's decoder reads and its encoder never writes, so no form sends them. */
export function isDecodedOnly(bytes: Bytes, charset: string): boolean {
  const [lead = 0] = bytes;
  if (charset === "big5") return lead > 0x7f && lead < 0xa1;
  if (charset === "shift_jis") return lead === 0xed || lead === 0xee || (lead >= 0xf0 && lead <= 0xf9);
  return (charset === "euc-jp" || charset === "gbk") && bytes.length > 2;
}

/** The places where encoders do not take the first of several codes (Encoding Standard, "index pointer"). */
const preferred: Readonly<Record<string, readonly (readonly [string, Bytes])[]>> = {
  big5: [
    ["═", [0xf9, 0xf9]],
    ["╞", [0xf9, 0xe9]],
    ["╡", [0xf9, 0xeb]],
    ["╪", [0xf9, 0xea]],
    ["十", [0xa4, 0x51]],
    ["卅", [0xa4, 0xca]],
  ],
  gb18030: [["€", [0xa2, 0xe3]]],
};

const tables = new Map<string, ReadonlyMap<string, Bytes>>();

function tableOf(charset: string): ReadonlyMap<string, Bytes> {
  const table = new Map<string, Bytes>(preferred[charset]);
  const add = (text: string, bytes: Bytes): void => {
    // Bytes that mean nothing decode to U+FFFD, alone or with the character after it.
    if ([...text].length === 1 && text !== "\ufffd" && !table.has(text)) table.set(text, bytes);
  };
  for (let byte = 0; byte < 0x100; byte++) add(decodeText(Uint8Array.of(byte), charset), [byte]);
  if (!pairCharsets.has(charset)) return table;
  const addAll = (all: readonly Bytes[]): void => {
    const texts = decodeText(Uint8Array.from(all.flatMap((bytes) => [...bytes, 0x0a])), charset).split("\n");
    texts.forEach((text, index) => {
      add(text, all[index] ?? []);
    });
  };
  const pairs: Bytes[] = [];
  for (let lead = 0x81; lead < 0xff; lead++) for (let trail = 0x40; trail < 0xff; trail++) pairs.push([lead, trail]);
  addAll(pairs.filter((pair) => !isDecodedOnly(pair, charset)));
  addAll(pairs.filter((pair) => isDecodedOnly(pair, charset)));
  if (charset === "euc-jp") addAll(pairs.map((pair) => [0x8f, ...pair]));
  if (isGb(charset)) addAll(Array.from({ length: fourBytesInBmp }, (_, index) => fourBytes(index)));
  return table;
}

/** The index of U+10000 among the four-byte characters of gb18030 (Encoding Standard §10.2.2). */
const firstBeyondBmp = 189_000;
/** How many four-byte characters the Encoding Standard has below U+10000. */
const fourBytesInBmp = 39_420;
const fourBytes = (index: number): Bytes => [
  0x81 + Math.floor(index / 12_600),
  0x30 + (Math.floor(index / 1260) % 10),
  0x81 + (Math.floor(index / 10) % 126),
  0x30 + (index % 10),
];
