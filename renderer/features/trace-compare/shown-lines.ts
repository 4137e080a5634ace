// How much of a comparison is drawn. Each byte that is not text is an element of its own, and a binary stream may be
// one line: so there is a bound on the lines, on the length of each, and on all of them together.
import { latin1, toBytes } from "../../../server/protocol/byte-string.js";
import type { DiffLine, ShownLine } from "../../format/diff-lines.js";
import { wholeFrom, wholeTo } from "../bytes/index.js";
import { changedPairs, type Word } from "./changed-words.js";

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
}
export type DrawnLine = LineExcerpt | Extract<ShownLine, { readonly is: "skipped" }>;

interface DrawnLines {
  readonly lines: readonly DrawnLine[];
  /** What comes after them. */
  readonly moreLines: number;
  readonly moreBytes: number;
}

/** `differences`: where a line begins to be another one, by line; the beginning where it is not known. */
export function drawnLines(shown: readonly ShownLine[], differences: ReadonlyMap<DiffLine, number>): DrawnLines {
  const lines: DrawnLine[] = [];
  let bytes = 0;
  for (const line of shown) {
    if (lines.length === maxLines || bytes >= maxBytes) break;
    if (line.is === "skipped") {
      lines.push(line);
      continue;
    }
    const excerpt = excerptOf(line, differences.get(line) ?? 0);
    bytes += excerpt.to - excerpt.from;
    lines.push(excerpt);
  }
  const more = shown.slice(lines.length).flatMap((line) => (line.is === "skipped" ? [] : line.text.length));
  return { lines, moreLines: more.length, moreBytes: more.reduce((sum, length) => sum + length, 0) };
}

function excerptOf(line: DiffLine, difference: number): LineExcerpt {
  const text = line.text.replace(/\n$/, "");
  const from = Math.max(0, Math.min(difference - maxLineBytes / 2, text.length - maxLineBytes));
  const to = Math.min(text.length, from + maxLineBytes);
  const bytes = toBytes(latin1(text.slice(from, to)));
  const first = from === 0 ? 0 : wholeFrom(bytes, 0);
  const end = to === text.length ? bytes.length : wholeTo(bytes, first, bytes.length, "utf-8");
  return { is: line.is, line, text, from: from + first, to: from + end };
}

/** Where the lines that were changed into another one begin to be different from it. */
export function differencesIn(lines: readonly DiffLine[]): ReadonlyMap<DiffLine, number> {
  return new Map(
    changedPairs(lines).flatMap(([went, came]) => {
      const at = commonStart(went.text, came.text);
      return [[went, at] as const, [came, at] as const];
    }),
  );
}

function commonStart(left: string, right: string): number {
  let at = 0;
  while (at < left.length && left.charCodeAt(at) === right.charCodeAt(at)) at++;
  return at;
}

/** What of a line's words is in its excerpt. */
export function wordsIn({ from, to }: LineExcerpt, words: readonly Word[]): readonly Word[] {
  let end = 0;
  return words.flatMap(({ text, isChanged }) => {
    const start = end;
    end += text.length;
    const part = text.slice(Math.max(0, from - start), Math.max(0, to - start));
    return part === "" ? [] : { text: part, isChanged };
  });
}
