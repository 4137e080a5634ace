// Text as bytes of a charset other than UTF-8, which browsers can only decode: the decoder is asked what every byte
// (and every pair of bytes) means, once a charset, and the answer is read backwards.
import { decodeBytes } from "../../../server/protocol/charset.js";

/**
 * What forms on the web are written in. On the web "ISO-8859-1" has always
 * meant windows-1252, and forms are encoded so.
 */
export const charsets = [
  { name: "utf-8", title: "UTF-8" },
  { name: "windows-1252", title: "ISO-8859-1" },
  { name: "iso-8859-2", title: "ISO-8859-2" },
  { name: "iso-8859-15", title: "ISO-8859-15" },
  { name: "windows-1251", title: "Windows-1251" },
  { name: "koi8-r", title: "KOI8-R" },
  { name: "shift_jis", title: "Shift_JIS" },
  { name: "euc-jp", title: "EUC-JP" },
  { name: "gbk", title: "GBK" },
  { name: "big5", title: "Big5" },
  { name: "euc-kr", title: "EUC-KR" },
] as const;

const doubleByte: ReadonlySet<string> = new Set(["shift_jis", "euc-jp", "gbk", "big5", "euc-kr"]);

export const charsetTitle = (charset: string): string =>
  charsets.find(({ name }) => name === charset)?.title ?? charset;

/** The replacement for a character that the charset does not have. */
type Substitute = (character: string) => string;

/** As HTML forms do: "☃" becomes "&#9731;". */
export const asReference: Substitute = (character) => `&#${character.codePointAt(0) ?? 0};`;

/** Never throws; characters without bytes are replaced by what `substitute` says, which must be ASCII. */
export function encodeText(text: string, charset: string, substitute: Substitute): Uint8Array<ArrayBuffer> {
  if (charset === "utf-8") return new TextEncoder().encode(text);
  const table = tableOf(charset);
  const bytes: number[] = [];
  const add = (character: string, other: Substitute | null): void => {
    const code = table.get(character);
    if (code === undefined) for (const letter of other?.(character) ?? "?") add(letter, null);
    else if (code > 0xff) bytes.push(code >> 8, code & 0xff);
    else bytes.push(code);
  };
  for (const character of text) add(character, substitute);
  return Uint8Array.from(bytes);
}

/** The characters of the text that the charset does not have, each once. */
export function notIn(text: string, charset: string): readonly string[] {
  if (charset === "utf-8") return [];
  const table = tableOf(charset);
  return [...new Set(text)].filter((character) => !table.has(character));
}

const japanese = [
  ["¥", 0x5c],
  ["‾", 0x7e],
] as const;
/** Where encoders take another code than the first that is decoded to the character (Encoding Standard). */
const otherwise: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  big5: [
    ["═", 0xf9f9],
    ["╞", 0xf9e9],
    ["╡", 0xf9eb],
    ["╪", 0xf9ea],
    ["十", 0xa451],
    ["卅", 0xa4ca],
  ],
  shift_jis: [...japanese, ["\u2212", 0x817c]],
  "euc-jp": [...japanese, ["\u2212", 0xa1dd]],
};

const tables = new Map<string, ReadonlyMap<string, number>>();

/** Character → its byte, or its two as one number. */
function tableOf(charset: string): ReadonlyMap<string, number> {
  const known = tables.get(charset);
  if (known) return known;
  const table = new Map<string, number>();
  const learn = (character: string, code: number): void => {
    if (character !== "\ufffd" && [...character].length === 1 && !table.has(character)) table.set(character, code);
  };
  for (let byte = 0; byte <= 0xff; byte++) learn(decodeBytes(Uint8Array.of(byte), charset).text, byte);
  if (doubleByte.has(charset)) {
    const decoder = new TextDecoder(charset);
    const firstLead = charset === "big5" ? 0xa1 : 0x81; // those before it are decoded only
    for (let lead = firstLead; lead <= 0xfe; lead++) {
      if (charset === "shift_jis" && (lead === 0xed || lead === 0xee)) continue; // decoded only: encoders use 0xFA on
      for (let trail = 0x40; trail <= 0xfe; trail++)
        learn(decoder.decode(Uint8Array.of(lead, trail)), (lead << 8) | trail);
    }
  }
  for (const [character, code] of otherwise[charset] ?? []) table.set(character, code);
  tables.set(charset, table);
  return table;
}
