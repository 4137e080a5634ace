// The bytes of a text in an encoding: what it cannot encode is refused, never replaced. Apart from reading, with
// import(): the library's tables take time to load.
import iconv from "iconv-lite";
import type { FileEncoding } from "../../contract/charsets.js";
import { decode, isUtf16, replacement } from "./text-encoding.js";

/** The bytes of a text without a mark, or the first character that the encoding does not have. */
export function encodeText(text: string, encoding: FileEncoding): Buffer | { readonly unknown: string } {
  if (encoding === "utf-8" || isUtf16(encoding)) {
    const half = /\p{Surrogate}/u.exec(text);
    return half ? { unknown: half[0] } : iconv.encode(text, encoding, { addBOM: false });
  }
  if (multiByte.has(encoding)) {
    // The library's tables are not exactly the decoder's: only what comes back as it was is written.
    const bytes = iconv.encode(text, encoding);
    if (decode(bytes, encoding) === text) return bytes;
  }
  let encoded = "";
  for (const character of text) {
    const bytes = encodeCharacter(character, encoding);
    if (bytes === null) return { unknown: character };
    encoded += bytes;
  }
  return Buffer.from(encoded, "latin1");
}

const multiByte: ReadonlySet<FileEncoding> = new Set(["shift_jis", "euc-jp", "gb18030", "gbk", "big5", "euc-kr"]);

/** One character a byte. */
function encodeCharacter(character: string, encoding: FileEncoding): string | null {
  const known = reverseTable(encoding).get(character);
  if (known !== undefined) return known;
  if (!multiByte.has(encoding)) return null;
  const bytes = iconv.encode(character, encoding);
  return decode(bytes, encoding) === character ? bytes.toString("latin1") : null;
}

const reverseTables = new Map<FileEncoding, ReadonlyMap<string, string>>();

/** Character → bytes, as the decoder has them: of single bytes, and of pairs. Made once. */
function reverseTable(encoding: FileEncoding): ReadonlyMap<string, string> {
  const known = reverseTables.get(encoding);
  if (known) return known;
  const table = new Map<string, string>();
  const add = (bytes: Buffer): void => {
    const text = decode(bytes, encoding);
    if (!text.includes(replacement) && [...text].length === 1 && !table.has(text))
      table.set(text, bytes.toString("latin1"));
  };
  for (let byte = 0; byte < 256; byte++) add(Buffer.of(byte));
  if (multiByte.has(encoding))
    for (let lead = 0x80; lead < 0xff; lead++)
      for (let trail = 0x40; trail < 0xff; trail++) add(Buffer.of(lead, trail));
  reverseTables.set(encoding, table);
  return table;
}
