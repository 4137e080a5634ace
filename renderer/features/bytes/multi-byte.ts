// East Asian charsets of the Encoding Standard: which bytes are a character of two, three or four. The platform's
// decoder is asked for all pairs of a charset once, which takes some milliseconds; then a table lookup is enough.
import { decodeText } from "../../../server/protocol/charset.js";

/** Lower-case names of the Encoding Standard. */
export const multiByteCharsets: ReadonlySet<string> = new Set([
  "gb18030",
  "gbk",
  "big5",
  "shift_jis",
  "euc-jp",
  "euc-kr",
]);

const tables = new Map<string, Uint8Array>();
const lineFeed = 0x0a;

/** For each two bytes (first × 256 + second) 1 when they are a character after `prefix`. */
function pairsOf(charset: string, prefix: readonly number[]): Uint8Array {
  const key = `${charset} ${prefix.join()}`;
  const known = tables.get(key);
  if (known) return known;
  const bytes: number[] = [];
  for (let lead = 0x81; lead < 0xff; lead++)
    for (let trail = 0x40; trail < 0xff; trail++) bytes.push(...prefix, lead, trail, lineFeed);
  const lines = decodeText(Uint8Array.from(bytes), charset).split("\n");
  const table = new Uint8Array(0x10000);
  const width = 0xff - 0x40;
  lines.forEach((text, index) => {
    // An invalid pair decodes to U+FFFD, alone or with the character after it; a few of big5 are a letter and its
    // accent.
    const isOne = [...text].length === 1 || (charset === "big5" && [...text].length === 2);
    if (isOne && !text.includes("\ufffd")) table[(0x81 + Math.floor(index / width)) * 256 + 0x40 + (index % width)] = 1;
  });
  tables.set(key, table);
  return table;
}

/** Whether a byte above 0x7F may begin a character of several bytes. */
export function isLead(byte: number, charset: string): boolean {
  if (charset === "shift_jis") return (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc);
  if (charset === "euc-jp") return byte === 0x8e || byte === 0x8f || (byte >= 0xa1 && byte <= 0xfe);
  return byte >= 0x81 && byte <= 0xfe;
}

/** Length of the character that begins with the lead byte at `at`; 0 when the bytes are invalid. */
export function multiByteLength(bytes: Uint8Array, at: number, end: number, charset: string): number {
  const [lead = 0, second = 0, third = 0] = bytes.subarray(at, Math.min(end, at + 3));
  const isGb = charset === "gb18030" || charset === "gbk";
  if (isGb && second >= 0x30 && second <= 0x39)
    return at + 4 <= end &&
      third >= 0x81 &&
      third <= 0xfe &&
      !decodeText(bytes.subarray(at, at + 4), charset).includes("\ufffd")
      ? 4
      : 0;
  if (charset === "euc-jp" && lead === 0x8f)
    return at + 3 <= end && pairsOf(charset, [0x8f])[second * 256 + third] === 1 ? 3 : 0;
  return at + 2 <= end && pairsOf(charset, [])[lead * 256 + second] === 1 ? 2 : 0;
}
