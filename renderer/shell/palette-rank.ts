// How well an entry of the palette matches the typed text: whole stretches before scattered letters, and scattered ones
// only where each begins a word or goes on from the one before ("cwsf" is "Compare with the saved file"; "copy" is not
// "cgi-bin/login.py").
import { comparable } from "../format/file-path.js";

/** From 0 (not at all) to 1. */
export function paletteRank(title: string, typed: string): number {
  const text = comparable(title);
  const wanted = comparable(typed.trim());
  if (wanted === "") return 1;
  const at = text.indexOf(wanted);
  if (at === 0) return 1;
  if (at > 0) return isWordStart(text, at) ? 0.9 : 0.7;
  const words = wanted.split(/\s+/);
  if (words.length > 1 && words.every((word) => text.includes(word))) return 0.6;
  return fromWordStarts(text, wanted.replace(/\s+/g, "")) ? 0.4 : 0;
}

/** Which characters of the title the typed text found, each by its place, in order. */
export function paletteMarks(title: string, typed: string): readonly number[] {
  const text = comparable(title);
  const wanted = comparable(typed.trim());
  const stretch = (part: string): number[] => Array.from(part, (_, index) => text.indexOf(part) + index);
  if (wanted === "" || text.length !== title.length) return [];
  if (text.includes(wanted)) return stretch(wanted);
  const words = wanted.split(/\s+/);
  if (words.every((word) => text.includes(word))) return [...new Set(words.flatMap(stretch))].sort((a, b) => a - b);
  return fromWordStarts(text, wanted.replace(/\s+/g, "")) ?? [];
}

const isWordStart = (text: string, at: number): boolean => at === 0 || /[^a-z0-9]/.test(text[at - 1] ?? "");

/**
 * Where the letters are in the text, in their order, each at a word's start or right
 * behind the one before it; null: nowhere.
 */
function fromWordStarts(text: string, letters: string): readonly number[] | null {
  /** For each way to find the letters so far, by where its last one is: where they all are. */
  let ways = new Map<number, readonly number[]>();
  for (const [index, letter] of [...letters].entries()) {
    const next = new Map<number, readonly number[]>();
    for (let at = text.indexOf(letter); at !== -1; at = text.indexOf(letter, at + 1)) {
      const goesOn = ways.get(at - 1);
      const begins = isWordStart(text, at) ? [...ways].find(([last]) => last < at)?.[1] : undefined;
      const before = index === 0 && isWordStart(text, at) ? [] : (goesOn ?? begins);
      if (before) next.set(at, [...before, at]);
    }
    if (next.size === 0) return null;
    ways = next;
  }
  return [...ways.values()][0] ?? [];
}
