// A change as a diff: removed lines, added lines and some context; carriage returns and the byte order mark are named.
import type { Change } from "../../../server/contract/fix-contract.js";
import { diffLines, type ShownLine, withContext } from "../../format/diff-lines.js";

export type TextChange = Extract<Change, { kind: "text" }>;

/** Lines of a changed text that are shown. */
const maxLines = 40;
const context = 2;
/** When only line ends change, this many lines stand for all of them. */
const examples = 3;

interface ChangeLines {
  readonly lines: readonly ShownLine[];
  /** Changed lines that are not shown. */
  readonly more: number;
}

export function changeLines({ before, after, bomBefore, bomAfter }: TextChange): ChangeLines {
  const left = before === null ? [] : linesOf(before, bomBefore);
  const right = linesOf(after, bomAfter);
  const lineEndsAlone =
    before !== null && before !== after && before.replace(/\r\n?/g, "\n") === after.replace(/\r\n?/g, "\n");
  if (lineEndsAlone) {
    const changed = left.flatMap((line, index) => (line === right[index] ? [] : [index]));
    const lines = changed.slice(0, examples).flatMap((index): ShownLine[] => [
      { is: "removed", text: left[index] ?? "" },
      { is: "added", text: right[index] ?? "" },
    ]);
    return { lines, more: Math.max(0, changed.length - examples) };
  }
  const lines = withContext(diffLines(left, right), context);
  return { lines: lines.slice(0, maxLines), more: Math.max(0, lines.length - maxLines) };
}

const byteOrderMark = "\uFEFF";

function linesOf(text: string, bom: boolean): string[] {
  const lines = `${bom ? byteOrderMark : ""}${text}`.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** "rw-r--r--" */
export function modeLetters(mode: number): string {
  return [6, 3, 0]
    .map((shift) => ["r", "w", "x"].map((letter, bit) => ((mode >> shift) & (4 >> bit) ? letter : "-")).join(""))
    .join("");
}
