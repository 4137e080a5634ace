// Which bytes are not UTF-8, by the Unicode Standard's table of well-formed sequences (chapter 3.9,
// table 3-7). Ranges follow its practice of "maximal subparts": each range is exactly one U+FFFD of a
// decoder that follows the Encoding Standard.

/** Ranges `[from, to)` of bytes that are no part of a well-formed sequence, in order. `maxRanges` bounds the list. */
export function invalidUtf8(bytes: Uint8Array, maxRanges = Number.POSITIVE_INFINITY): [number, number][] {
  const ranges: [number, number][] = [];
  let at = 0;
  while (at < bytes.length && ranges.length < maxRanges) {
    const lead = bytes[at] ?? 0;
    const length = sequenceLength(lead);
    const end = at + wellFormedBytes(bytes, at, length);
    if (length === 0 || end < at + length) ranges.push([at, Math.max(end, at + 1)]);
    at = Math.max(end, at + 1);
  }
  return ranges;
}

/** True when the bytes are UTF-8 but for a sequence that the end cuts: what a window on a longer stream sees. */
export function isUtf8Prefix(bytes: Uint8Array): boolean {
  const [first] = invalidUtf8(bytes, 1);
  if (first === undefined) return true;
  const [from, to] = first;
  return to === bytes.length && sequenceLength(bytes[from] ?? 0) > to - from;
}

/**
 * Bytes of a sequence that begins so; 0 when none does. C0 and C1 could only begin an
 * overlong form, F5 and above are past U+10FFFF.
 */
function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2) return 0;
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf5 ? 4 : 0;
}

/** How many bytes from `at` on agree with a well-formed sequence of `length` bytes. */
function wellFormedBytes(bytes: Uint8Array, at: number, length: number): number {
  if (length <= 1) return length;
  const lead = bytes[at];
  // Overlong forms (E0, F0), surrogates (ED) and code points past U+10FFFF (F4) show in the second byte.
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  const second = bytes[at + 1] ?? 0;
  if (second < low || second > high) return 1;
  let good = 2;
  while (good < length && ((bytes[at + good] ?? 0) & 0xc0) === 0x80) good++;
  return good;
}
