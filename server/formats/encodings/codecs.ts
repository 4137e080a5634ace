// The few encodings that explain nearly all broken text on the web, with the ways in which interpreters treat what
// does not fit. Bytes are byte strings, one character a byte; text is ordinary text, in which Python's
// surrogateescape shows as U+DC80 to U+DCFF.
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString, toBytes, utf8 } from "../../protocol/byte-string.js";
import { decodeText } from "../../protocol/charset.js";
import { invalidUtf8 } from "../../protocol/utf8-validity.js";
import { encodeCharacter } from "../encode-character.js";

const codecNames = ["utf-8", "windows-1252", "latin-1", "ascii"] as const;
export type CodecName = (typeof codecNames)[number];

/** What happens to a byte or character that does not fit: as Python names it. */
export type ErrorHandling =
  | "strict"
  | "surrogateescape"
  | "replace"
  | "ignore"
  | "backslashreplace"
  | "xmlcharrefreplace";

export type Converted<T> =
  | { readonly value: T; readonly failedAt: null }
  | { readonly value: null; readonly failedAt: number };

/** The byte that windows-1252 has for a character, else Latin-1's; null when neither has one. */
export function byteOfCharacter(character: string): number | null {
  const code = character.codePointAt(0) ?? 0;
  return encodeCharacter(character, "windows-1252")?.[0] ?? (code <= 0xff ? code : null);
}

/** `failedAt` is an offset in bytes. */
export function decodeAs(bytes: ByteString, codec: CodecName, errors: ErrorHandling = "replace"): Converted<string> {
  if (codec === "latin-1") return { value: bytes, failedAt: null };
  if (codec === "windows-1252") return { value: decodeText(toBytes(bytes), codec), failedAt: null };
  const bad = codec === "ascii" ? highBytes(bytes) : invalidUtf8(toBytes(bytes));
  const [first] = bad;
  if (first !== undefined && errors === "strict") return { value: null, failedAt: first[0] };
  let text = "";
  let at = 0;
  for (const [from, to] of bad) {
    text += readUtf8(bytes, at, from) + undecodable(bytes.slice(from, to), errors);
    at = to;
  }
  return { value: text + readUtf8(bytes, at, bytes.length), failedAt: null };
}

/** `failedAt` is an index in the text, in UTF-16 units. */
export function encodeAs(text: string, codec: CodecName, errors: ErrorHandling = "strict"): Converted<ByteString> {
  let bytes = "";
  let at = 0;
  for (const character of text) {
    const encoded = encodeWith(character, codec) ?? unencodable(character, errors);
    if (encoded === null) return { value: null, failedAt: at };
    bytes += encoded;
    at += character.length;
  }
  return { value: byteString(bytes), failedAt: null };
}

const highBytes = (bytes: ByteString): [number, number][] =>
  [...bytes.matchAll(/[\x80-\xff]/g)].map(({ index }) => [index, index + 1]);

const strictUtf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const readUtf8 = (bytes: ByteString, from: number, to: number): string =>
  strictUtf8.decode(toBytes(byteString(bytes.slice(from, to))));

function undecodable(bytes: string, errors: ErrorHandling): string {
  if (errors === "surrogateescape")
    return bytes.replace(/./gs, (byte) => String.fromCharCode(0xdc00 + byte.charCodeAt(0)));
  if (errors === "ignore") return "";
  if (errors === "backslashreplace") return bytes.replace(/./gs, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`);
  return "\ufffd";
}

function encodeWith(character: string, codec: CodecName): string | null {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return character;
  if (codec === "utf-8") return code >= 0xd800 && code <= 0xdfff ? null : utf8(character);
  if (codec === "latin-1") return code <= 0xff ? character : null;
  if (codec === "ascii") return null;
  const bytes = encodeCharacter(character, codec);
  return bytes && String.fromCharCode(...bytes);
}

function unencodable(character: string, errors: ErrorHandling): string | null {
  const code = character.codePointAt(0) ?? 0;
  if (errors === "surrogateescape") return code >= 0xdc80 && code <= 0xdcff ? String.fromCharCode(code - 0xdc00) : null;
  if (errors === "strict") return null;
  if (errors === "replace") return "?";
  if (errors === "xmlcharrefreplace") return `&#${code};`;
  if (errors === "ignore") return "";
  const digits = code.toString(16);
  return code <= 0xff
    ? `\\x${digits}`
    : code <= 0xffff
      ? `\\u${digits.padStart(4, "0")}`
      : `\\U${digits.padStart(8, "0")}`;
}
