// How much of a comparison is drawn. Each byte that is not text is an element of its own, and a binary stream may be
// one line: so there is a bound on the lines, on the length of each, and on all of them together.
import { latin1, toBytes } from "../../../server/protocol/byte-string.js";
import { type DiffLine, type ShownLine, withContext } from "../../format/diff-lines.js";
import { wholeFrom, wholeTo } from "../bytes/index.js";
import { type ChangedPair, changedPairs, changedWords, type Word } from "./changed-words.js";

const maxLines = 400;
/** Bytes of one line, half of them before the difference. */
const maxLineBytes = 2048;
/** Bytes of all lines; the last one begins within it. */
const maxBytes = 32 * 1024;

/** The stretch `[from, to)` of a line's text, which is without its line feed here. */
interface LineExcerpt {
  readonly is: DiffLine["is"];
  readonly line: DiffLine;
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** The stretch in words, if the line was changed into another one, or from one, and has much in common with it. */
  readonly words: readonly Word[] | null;
}
export type DrawnLine = LineExcerpt | Extract<ShownLine, { readonly is: "skipped" }>;

interface DrawnLines {
  readonly lines: readonly DrawnLine[];
  /** What comes after them. */
  readonly moreLines: number;
  readonly moreBytes: number;
}

/** Returns the lines of a difference that are shown: each change with `context` unchanged lines round it. */
export function drawnLines(diff: readonly DiffLine[], context: number): DrawnLines {
  const changes = new Map(changedPairs(diff).flatMap((pair) => pair.map((line) => [line, pair] as const)));
  const shown = withContext(diff, context);
  const lines: DrawnLine[] = [];
  let bytes = 0;
  for (const line of shown) {
    if (lines.length === maxLines || bytes >= maxBytes) break;
    if (line.is === "skipped") {
      lines.push(line);
      continue;
    }
    const excerpt = excerptOf(line, changes.get(line) ?? null);
    bytes += excerpt.to - excerpt.from;
    lines.push(excerpt);
  }
  const more = shown.slice(lines.length).flatMap((line) => (line.is === "skipped" ? [] : line.text.length));
  return { lines, moreLines: more.length, moreBytes: more.reduce((sum, length) => sum + length, 0) };
}

function excerptOf(line: DiffLine, change: ChangedPair | null): LineExcerpt {
  const text = line.text.replace(/\n$/, "");
  const difference = change === null ? 0 : commonStart(change[0].text, change[1].text);
  const start = Math.max(0, Math.min(difference - maxLineBytes / 2, text.length - maxLineBytes));
  const end = Math.min(text.length, start + maxLineBytes);
  const bytes = toBytes(latin1(text.slice(start, end)));
  const first = start === 0 ? 0 : wholeFrom(bytes, 0);
  const from = start + first;
  const to = start + (end === text.length ? bytes.length : wholeTo(bytes, first, bytes.length, "utf-8"));
  const words = change && changedWords(change[0].text, change[1].text);
  const own = words && (line === change[0] ? words.left : words.right);
  return { is: line.is, line, text, from, to, words: own && wordsWithin(own, from, to) };
}

function commonStart(left: string, right: string): number {
  let at = 0;
  while (at < left.length && left.charCodeAt(at) === right.charCodeAt(at)) at++;
  return at;
}

function wordsWithin(words: readonly Word[], from: number, to: number): readonly Word[] {
  let end = 0;
  return words.flatMap(({ text, isChanged }) => {
    const start = end;
    end += text.length;
    const part = text.slice(Math.max(0, from - start), Math.max(0, to - start));
    return part === "" ? [] : { text: part, isChanged };
  });
}
