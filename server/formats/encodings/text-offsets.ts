// Places in decoded text as offsets of its bytes.
import { invalidUtf8 } from "../../protocol/utf8-validity.js";

/**
 * Byte offsets of ascending places (UTF-16 units) in what `decodeBytes` made of `bytes`. Only UTF-8
 * has more than one byte a character here.
 */
export function byteOffsets(bytes: Uint8Array, encoding: string, places: readonly number[]): number[] {
  if (encoding !== "utf-8") return [...places];
  const invalid = invalidUtf8(bytes);
  const offsets: number[] = [];
  let byte = 0;
  let unit = 0;
  let range = 0;
  for (const place of places) {
    while (unit < place && byte < bytes.length) {
      const bad = invalid[range];
      if (bad?.[0] === byte) {
        byte = bad[1];
        range++;
        unit++;
        continue;
      }
      const lead = bytes[byte] ?? 0;
      const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
      byte += length;
      unit += length === 4 ? 2 : 1;
    }
    offsets.push(byte);
  }
  return offsets;
}
