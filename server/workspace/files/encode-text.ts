// The bytes of a text in a file's encoding: what it cannot encode is refused, never replaced.
import type { FileEncoding } from "../../contract/charsets.js";
import { encodeCharacter } from "../../formats/encode-character.js";
import { isUtf16 } from "./text-encoding.js";

/** The bytes of a text without a mark, or the first character that the encoding does not have. */
export function encodeText(text: string, encoding: FileEncoding): Buffer | { readonly unknown: string } {
  if (encoding === "utf-8" || isUtf16(encoding)) {
    const half = /\p{Surrogate}/u.exec(text);
    if (half) return { unknown: half[0] };
    const bytes = Buffer.from(text, encoding === "utf-8" ? "utf-8" : "utf16le");
    return encoding === "utf-16be" ? bytes.swap16() : bytes;
  }
  let encoded = "";
  for (const character of text) {
    const bytes = encodedBytes(character, encoding);
    if (bytes === null) return { unknown: character };
    encoded += bytes;
  }
  return Buffer.from(encoded, "latin1");
}

/** One character a byte. */
function encodedBytes(character: string, encoding: FileEncoding): string | null {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return character;
  if (encoding === "iso-8859-1") return code <= 0xff ? character : null;
  const bytes = encodeCharacter(character, encoding);
  return bytes && String.fromCharCode(...bytes);
}
