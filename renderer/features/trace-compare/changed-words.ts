// Which words of a changed line are others: a line that went is held against the one that came in its place. Where next
// to nothing is the same the lines are just different, and no word is marked.
import { type DiffLine, diffLines } from "../../format/diff-lines.js";

export interface Word {
  readonly text: string;
  readonly isChanged: boolean;
}

/** Less than this share of both lines in common, and they are different lines. */
const leastCommon = 0.3;
/** Longer lines are not searched for words. */
const maxLineLength = 4000;

/** Words, spaces and single signs. Bytes above 0x7F belong to words: a character of UTF-8 is never cut. */
const tokens = (text: string): readonly string[] => text.match(/[\w\x80-\xff]+|\s+|[^\w\s\x80-\xff]/g) ?? [];

/** Both lines in words, or null when they have too little in common. */
export function changedWords(
  left: string,
  right: string,
): { readonly left: readonly Word[]; readonly right: readonly Word[] } | null {
  if (left.length > maxLineLength || right.length > maxLineLength) return null;
  const diff = diffLines(tokens(left), tokens(right));
  const common = diff.reduce((sum, { is, text }) => (is === "same" ? sum + text.trim().length : sum), 0);
  if (common === 0 || (2 * common) / (left.length + right.length) < leastCommon) return null;
  return { left: side(diff, "added"), right: side(diff, "removed") };
}

/** One side of the difference, neighbours of one kind as one word. */
function side(diff: readonly DiffLine[], without: DiffLine["is"]): readonly Word[] {
  const words: Word[] = [];
  for (const { is, text } of diff) {
    if (is === without) continue;
    const isChanged = is !== "same";
    const last = words[words.length - 1];
    if (last?.isChanged === isChanged) words[words.length - 1] = { text: last.text + text, isChanged };
    else words.push({ text, isChanged });
  }
  return words;
}

export type ChangedPair = readonly [went: DiffLine, came: DiffLine];

/** Lines that were changed into another one: the first that went into the first that came, and so on. */
export function changedPairs(lines: readonly DiffLine[]): readonly ChangedPair[] {
  const pairs: ChangedPair[] = [];
  let went: DiffLine[] = [];
  let came: DiffLine[] = [];
  const settle = (): void => {
    went.forEach((line, index) => {
      const other = came[index];
      if (other) pairs.push([line, other]);
    });
    [went, came] = [[], []];
  };
  for (const line of lines) {
    if (line.is === "same") settle();
    else (line.is === "removed" ? went : came).push(line);
  }
  settle();
  return pairs;
}
