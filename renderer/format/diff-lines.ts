// The shortest way from one list of lines to another: which stay, which go, which come. What both begin and end with is
// set aside first. Two texts with almost nothing in common are not searched: all lines of one are removed, all of the
// other added.
import { diffArrays } from "diff";

export interface DiffLine {
  readonly is: "same" | "removed" | "added";
  readonly text: string;
}

/** More changes than this are not searched for. */
const maxEditLength = 600;

export function diffLines(left: readonly string[], right: readonly string[]): readonly DiffLine[] {
  const most = Math.min(left.length, right.length);
  let start = 0;
  while (start < most && left[start] === right[start]) start++;
  let end = 0;
  while (end < most - start && left.at(-1 - end) === right.at(-1 - end)) end++;
  const a = left.slice(start, left.length - end);
  const b = right.slice(start, right.length - end);
  const found = a.length > 0 && b.length > 0 && diffArrays(a, b, { maxEditLength });
  const between = found
    ? found.flatMap(({ value, removed, added }) => lines(removed ? "removed" : added ? "added" : "same", value))
    : [...lines("removed", a), ...lines("added", b)];
  return [...lines("same", left.slice(0, start)), ...between, ...lines("same", left.slice(left.length - end))];
}

const lines = (is: DiffLine["is"], texts: readonly string[]): readonly DiffLine[] =>
  texts.map((text) => ({ is, text }));

/** Lines as they are shown: changes with some lines round them, and how many equal ones are left out between. */
export type ShownLine = DiffLine | { readonly is: "skipped"; readonly count: number };

export function withContext(lines: readonly DiffLine[], context: number): readonly ShownLine[] {
  const near = new Set<number>();
  lines.forEach(({ is }, index) => {
    if (is !== "same") for (let i = index - context; i <= index + context; i++) near.add(i);
  });
  const shown: ShownLine[] = [];
  let skipped = 0;
  const skip = (): void => {
    if (skipped > 0) shown.push({ is: "skipped", count: skipped });
    skipped = 0;
  };
  lines.forEach((line, index) => {
    if (!near.has(index)) {
      skipped++;
      return;
    }
    skip();
    shown.push(line);
  });
  skip();
  return shown;
}
