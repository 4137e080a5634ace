// The shortest way from one list of lines to another (Myers 1986): which stay, which go, which come. What both begin
// and end with is set aside first. Two texts with almost nothing in common are not searched: all lines of one are
// removed, all of the other added.

export interface DiffLine {
  readonly is: "same" | "removed" | "added";
  readonly text: string;
}

/** More changes than this are not searched for. */
const maxChanges = 600;

export function diffLines(left: readonly string[], right: readonly string[]): readonly DiffLine[] {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let end = 0;
  while (
    end < left.length - start &&
    end < right.length - start &&
    left[left.length - 1 - end] === right[right.length - 1 - end]
  )
    end++;
  const a = left.slice(start, left.length - end);
  const b = right.slice(start, right.length - end);
  return [...left.slice(0, start).map(same), ...between(a, b), ...left.slice(left.length - end).map(same)];
}

const same = (text: string): DiffLine => ({ is: "same", text });
const removed = (text: string): DiffLine => ({ is: "removed", text });
const added = (text: string): DiffLine => ({ is: "added", text });

function between(a: readonly string[], b: readonly string[]): readonly DiffLine[] {
  if (a.length === 0 || b.length === 0) return [...a.map(removed), ...b.map(added)];
  /** For each number of changes, how far each diagonal was reached before it: the way back. */
  const trail: Int32Array[] = [];
  const most = Math.min(a.length + b.length, maxChanges);
  const reached = new Int32Array(2 * most + 3);
  const at = (diagonal: number): number => reached[most + 1 + diagonal] ?? 0;
  for (let changes = 0; changes <= most; changes++) {
    trail.push(reached.slice());
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      const isDown = diagonal === -changes || (diagonal !== changes && at(diagonal - 1) < at(diagonal + 1));
      let x = isDown ? at(diagonal + 1) : at(diagonal - 1) + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
      reached[most + 1 + diagonal] = x;
      if (x >= a.length && x - diagonal >= b.length) return wayBack(a, b, trail, most);
    }
  }
  return [...a.map(removed), ...b.map(added)];
}

function wayBack(
  a: readonly string[],
  b: readonly string[],
  trail: readonly Int32Array[],
  most: number,
): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  let x = a.length;
  let y = b.length;
  for (let changes = trail.length - 1; changes >= 0; changes--) {
    const reached = trail[changes];
    const at = (diagonal: number): number => reached?.[most + 1 + diagonal] ?? 0;
    const diagonal = x - y;
    const isDown = diagonal === -changes || (diagonal !== changes && at(diagonal - 1) < at(diagonal + 1));
    const fromX = changes === 0 ? 0 : isDown ? at(diagonal + 1) : at(diagonal - 1);
    const fromY = changes === 0 ? 0 : isDown ? fromX - diagonal - 1 : fromX - diagonal + 1;
    const straightFrom = changes === 0 ? 0 : isDown ? fromX : fromX + 1;
    while (x > straightFrom) {
      x--;
      y--;
      lines.push(same(a[x] ?? ""));
    }
    if (changes > 0) lines.push(isDown ? added(b[fromY] ?? "") : removed(a[fromX] ?? ""));
    x = fromX;
    y = fromY;
  }
  return lines.reverse();
}

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
