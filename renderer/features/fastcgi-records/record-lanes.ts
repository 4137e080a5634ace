// Where the records of one direction stand on the time axis. Many pass in the same instant: those stand side by side as
// far as that stays true to their time; the others share one mark.
import type { TraceView } from "../../../server/contract/trace.js";

export type Fastcgi = NonNullable<TraceView["fastcgi"]>;
export type FastcgiRecord = Fastcgi["records"][number];

/** Places on the axis. */
export const laneSlots = 120;
/** A mark is at most this many places off its time. */
const maxDrift = 8;

interface LaneMark {
  /** 0 to `laneSlots` − 1. */
  readonly slot: number;
  /** Of its first record, in the whole list. */
  readonly index: number;
  readonly count: number;
}

/** The marks of a direction, in order. `endMs`: the end of the axis. */
export function laneMarks(
  records: readonly FastcgiRecord[],
  direction: FastcgiRecord["direction"],
  endMs: number,
): LaneMark[] {
  const marks: { slot: number; index: number; count: number }[] = [];
  records.forEach((record, index) => {
    if (record.direction !== direction) return;
    const own = Math.max(0, Math.min(laneSlots - 1, Math.floor((record.at / endMs) * laneSlots)));
    const last = marks[marks.length - 1];
    const slot = Math.max(own, (last?.slot ?? -1) + 1);
    if (last && (slot - own > maxDrift || slot >= laneSlots)) last.count++;
    else marks.push({ slot, index, count: 1 });
  });
  return marks;
}

/** The mark of a record, or the previous one. */
export function markOf(marks: readonly LaneMark[], index: number): LaneMark | undefined {
  return marks.findLast((mark) => mark.index <= index);
}
