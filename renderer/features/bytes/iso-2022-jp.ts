// ISO-2022-JP: seven bits, and escape sequences that say what the bytes after them are (RFC 1468; Encoding Standard
// §12.2). What a byte means depends on the last of them, however far back it is.
import { decodeText } from "../../../server/protocol/charset.js";

export const iso2022jp = "iso-2022-jp";

export type JisSet = "ascii" | "roman" | "katakana" | "kanji";

const escapeByte = 0x1b;
/** The two bytes after ESC, as text. */
const sets: ReadonlyMap<string, JisSet> = new Map([
  ["(B", "ascii"],
  ["(J", "roman"],
  ["(I", "katakana"],
  ["$@", "kanji"],
  ["$B", "kanji"],
]);
/** Bytes of a switch. */
export const switchBytes = 3;

/** Farther back no switch is looked for: a line ends in ASCII by the rules, and no line is as long. */
const reach = 1 << 16;

/** What is switched to by the bytes at `at`; null: they are no switch. */
export function switchAt(bytes: Uint8Array, at: number, end: number): JisSet | null {
  if (bytes[at] !== escapeByte || at + switchBytes > end) return null;
  return sets.get(String.fromCharCode(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0)) ?? null;
}

/** `$B`: what a switch is called, after its ESC. */
export const switchName = (piece: Uint8Array): string =>
  `ESC ${String.fromCharCode(...piece.subarray(1, switchBytes))}`;

/** What the bytes from `at` on are. */
export function setBefore(bytes: Uint8Array, at: number): JisSet {
  for (let from = at - switchBytes; from >= Math.max(0, at - reach); from--) {
    const found = bytes[from] === escapeByte ? switchAt(bytes, from, at) : null;
    if (found !== null) return found;
  }
  return "ascii";
}

const switchTo: Readonly<Record<JisSet, readonly number[]>> = {
  ascii: [],
  roman: [escapeByte, 0x28, 0x4a],
  katakana: [escapeByte, 0x28, 0x49],
  kanji: [escapeByte, 0x24, 0x42],
};

/** The text of bytes within a stream. */
export const decodeJis = (bytes: Uint8Array, from: number, to: number): string =>
  decodeText(Uint8Array.from([...switchTo[setBefore(bytes, from)], ...bytes.subarray(from, to)]), iso2022jp);

const first = 0x21;
const last = 0x7e;
let pairs: ReadonlyMap<number, string> | null = null;

/** All characters of two bytes, by first × 256 + second. */
export function kanjiPairs(): ReadonlyMap<number, string> {
  if (pairs) return pairs;
  const bytes: number[] = [];
  for (let lead = first; lead <= last; lead++)
    for (let trail = first; trail <= last; trail++)
      bytes.push(...switchTo.kanji, lead, trail, escapeByte, 0x28, 0x42, 0x0a);
  const found = new Map<number, string>();
  const width = last - first + 1;
  decodeText(Uint8Array.from(bytes), iso2022jp)
    .split("\n")
    .forEach((text, index) => {
      if (text.length === 1 && text !== "\ufffd")
        found.set((first + Math.floor(index / width)) * 256 + first + (index % width), text);
    });
  pairs = found;
  return found;
}

let codes: ReadonlyMap<string, readonly number[]> | null = null;

/** The two bytes of a character, without the switch before them; null when it has none. */
export function kanjiBytes(character: string): readonly number[] | null {
  codes ??= new Map([...kanjiPairs()].map(([pair, text]) => [text, [pair >> 8, pair & 0xff]]));
  return codes.get(character) ?? null;
}
