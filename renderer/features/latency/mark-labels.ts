// The labels beside the dashed lines of the graph: as many labels as have room, the newest first, none over another.
import type { PlacedMark } from "./chart-layout.js";

interface MarkLabel {
  readonly text: string;
  /**
   * The line's place, and where the room beside it ends: left of the line when that is smaller. Shares of the width.
   */
  readonly left: number;
  readonly right: number;
}

/** A label takes about so much of the width; with less it would be cut to nothing. */
const least = 0.22;
const most = 0.34;

export function markLabels(marks: readonly Pick<PlacedMark, "left" | "label">[]): MarkLabel[] {
  const sorted = [...marks].sort((a, b) => a.left - b.left);
  const labels: MarkLabel[] = [];
  let end = 1; // of the room that is left
  for (const [index, { left, label }] of [...sorted.entries()].reverse()) {
    const before = sorted[index - 1]?.left ?? 0;
    if (end - left >= least) labels.push({ text: label, left, right: Math.min(end, left + most) });
    else if (left - before >= least && left <= end)
      labels.push({ text: label, left, right: Math.max(before, left - most) });
    end = Math.min(left, labels.at(-1)?.right ?? left);
  }
  return labels.reverse();
}
