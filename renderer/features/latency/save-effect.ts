// Before and after the last save: the requests since it beside those of the version before it.
import { leastFor } from "../../../server/contract/limits.js";
import { plural } from "../../format/plural.js";
import { formatShort, formatTogether } from "../../format/short-duration.js";
import { enoughRequests, type Point, percentile, summaryOf } from "../../model/traces/latency-series.js";
import type { SaveMark } from "../../model/traces/save-marks.js";

export interface Version {
  readonly requests: number;
  readonly failed: number;
  readonly p50: number | null;
  readonly p95: number | null;
}
export interface SaveEffect {
  readonly savedAt: number;
  readonly file: string;
  readonly before: Version;
  /** Null: no request since the save. */
  readonly after: Version | null;
}

function versionOf(points: readonly Point[]): Version {
  const { p50, p95, failed } = summaryOf(points);
  return { requests: points.length, failed, p50, p95 };
}

/** Requests between saves, oldest first; saves without requests between them count as one. */
export function versionsOf(points: readonly Point[], marks: readonly Pick<SaveMark, "at">[]): (readonly Point[])[] {
  const versions: Point[][] = [];
  let next = 0;
  for (const point of points) {
    let isNew = versions.length === 0;
    while (next < marks.length && (marks[next]?.at ?? 0) <= point.startedAt) {
      isNew = true;
      next++;
    }
    if (isNew) versions.push([]);
    versions.at(-1)?.push(point);
  }
  return versions;
}

/** Null when there is nothing to compare: no save, or no request before it. `points` ascending in time. */
export function effectOfLastSave(points: readonly Point[], marks: readonly SaveMark[]): SaveEffect | null {
  const last = marks.at(-1);
  if (!last) return null;
  const versions = versionsOf(points, marks);
  const newest = versions.at(-1);
  const isAfter = (newest?.[0]?.startedAt ?? 0) >= last.at;
  const before = versions.at(isAfter ? -2 : -1);
  if (!before) return null;
  return {
    savedAt: last.at,
    file: last.file,
    before: versionOf(before),
    after: isAfter && newest ? versionOf(newest) : null,
  };
}

interface SaveEffectLabel {
  readonly text: string;
  readonly tone: "ok" | "bad" | "dim";
}

/** Differences below this share are noise. */
const noise = 0.05;

/** The median is of these. */
const answered = ({ requests, failed }: Version): number => requests - failed;
const failedShare = ({ requests, failed }: Version): number => failed / requests;

function fewLabel(counts: readonly number[], from: number, to: number): string {
  const words = counts.every((count) => count === 1) ? "one request each" : `${counts.join(" and ")} requests`;
  return `${formatTogether([from, to]).join(" → ")}, ${words}`;
}

/** `p50 31 → 12 ms since the save`. */
export function saveEffectLabel(effect: SaveEffect): SaveEffectLabel {
  const { before, after } = effect;
  if (after === null) return { text: "saved, no requests since", tone: "dim" };
  const from = before.p50;
  const to = after.p50;
  if (from === null && to === null) return { text: "still failing since the save", tone: "bad" };
  if (from === null) return { text: `failing → p50 ${formatShort(to ?? 0)} since the save`, tone: "ok" };
  if (to === null) return { text: `p50 ${formatShort(from)} → failing since the save`, tone: "bad" };
  // Faster, because it fails more often, is no improvement.
  if (failedShare(after) > failedShare(before) + noise)
    return {
      text: `p50 ${formatTogether([from, to]).join(" → ")}, ${after.failed} of ${after.requests} failed since the save`,
      tone: "bad",
    };
  const counts = [answered(before), answered(after)];
  if (Math.min(...counts) < enoughRequests) return { text: fewLabel(counts, from, to), tone: "dim" };
  const tone = to < from * (1 - noise) ? "ok" : to > from * (1 + noise) ? "bad" : "dim";
  return { text: `p50 ${formatTogether([from, to]).join(" → ")} since the save`, tone };
}

/** The figures behind it. */
export function comparisonDetails({ before, after }: SaveEffect): string {
  const words = (version: Version): string =>
    `${plural(version.requests, "request")}${version.p95 === null || version.requests < leastFor.p95 ? "" : `, p95 ${formatShort(version.p95)}`}${version.failed > 0 ? `, ${version.failed} failed` : ""}`;
  return `Before: ${words(before)}. ${after === null ? "No requests since." : `Since: ${words(after)}.`}`;
}

/** The middle of each version among the points: `from` and `to` are indices, both included. */
export function levelsOf(
  points: readonly Point[],
  marks: readonly Pick<SaveMark, "at">[],
): { readonly from: number; readonly to: number; readonly y: number }[] {
  let from = 0;
  return versionsOf(points, marks).flatMap((version) => {
    const begin = from;
    from += version.length;
    const times = version.flatMap((point) => (point.isFailed ? [] : point.tookMs)).sort((a, b) => a - b);
    const y = percentile(times, 0.5);
    return y === null ? [] : [{ from: begin, to: from - 1, y }];
  });
}
