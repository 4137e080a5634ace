// Text as the bytes that a browser sends for it, in the charsets that forms on the web are written in.
import { encodeCharacter, isDecodedOnly } from "../../../server/formats/encode-character.js";

/** On the web "ISO-8859-1" has always meant windows-1252, and forms are encoded so. */
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

export const charsetTitle = (charset: string): string =>
  charsets.find(({ name }) => name === charset)?.title ?? charset;

/** The replacement for a character that the charset does not have. */
type Substitute = (character: string) => string;

/** As HTML forms do: "☃" becomes "&#9731;". */
export const asReference: Substitute = (character) => `&#${character.codePointAt(0) ?? 0};`;

/** Never throws; characters without bytes are replaced by what `substitute` says, which must be ASCII. */
export function encodeText(text: string, charset: string, substitute: Substitute): Uint8Array<ArrayBuffer> {
  if (charset === "utf-8") return new TextEncoder().encode(text);
  const ascii = (characters: string): number[] => [...characters].map((character) => character.charCodeAt(0));
  return Uint8Array.from(
    [...text].flatMap((character) => formBytes(character, charset) ?? ascii(substitute(character))),
  );
}

/** The characters of the text that the charset does not have, each once. */
export const notIn = (text: string, charset: string): readonly string[] =>
  charset === "utf-8" ? [] : [...new Set(text)].filter((character) => formBytes(character, charset) === null);

/** Characters that Japanese encoders write as the one they look like (Encoding Standard §13.1.2, §13.3.2). */
const japaneseLookalikes: Readonly<Record<string, string>> = { "¥": "\\", "‾": "~", "\u2212": "－" };

function formBytes(character: string, charset: string): readonly number[] | null {
  const isJapanese = charset === "shift_jis" || charset === "euc-jp";
  const written = (isJapanese && japaneseLookalikes[character]) || character;
  const bytes = encodeCharacter(written, charset);
  return bytes !== null && isDecodedOnly(bytes, charset) ? null : bytes;
}
