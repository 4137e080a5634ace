// Which of the bytes above 0x7F are UTF-8 (RFC 3629 section 4) and which are not.

import { type FileEncoding, isWestern } from "../../contract/charsets.js";

interface Sequence {
  readonly at: number;
  readonly length: number;
  /** False: one byte that belongs to no valid sequence. */
  readonly isValid: boolean;
}

/** The bytes above 0x7F, as sequences. */
export function* sequences(bytes: Uint8Array): Generator<Sequence> {
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    const length = nextSequence(bytes, at);
    yield { at, length: Math.max(1, length), isValid: length > 0 };
    at += Math.max(1, length) - 1;
  }
}

/** Whether Western text has both valid UTF-8 sequences and other bytes above 0x7F. */
export function mixesUtf8(bytes: Uint8Array, encoding: FileEncoding | null): boolean {
  if (encoding === null || !isWestern(encoding)) return false;
  const found = new Set<boolean>();
  for (const { isValid } of sequences(bytes)) if (found.add(isValid).size > 1) return true;
  return false;
}

/** The length of the valid sequence of two to four bytes that begins at `at`; 0: there is none. */
export function nextSequence(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  const length = lead >= 0xc2 && lead <= 0xdf ? 2 : (lead & 0xf0) === 0xe0 ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  if (length === 0) return 0;
  const [low, high] = secondOf(lead);
  const second = bytes[at + 1] ?? 0;
  if (second < low || second > high) return 0;
  for (let index = 2; index < length; index++) if (((bytes[at + index] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

/** What may follow a lead: not every byte, so that nothing is longer than needed, a surrogate, or above U+10FFFF. */
function secondOf(lead: number): readonly [number, number] {
  if (lead === 0xe0) return [0xa0, 0xbf];
  if (lead === 0xed) return [0x80, 0x9f];
  if (lead === 0xf0) return [0x90, 0xbf];
  if (lead === 0xf4) return [0x80, 0x8f];
  return [0x80, 0xbf];
}
