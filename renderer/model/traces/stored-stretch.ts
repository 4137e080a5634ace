// Which of very many stored rows the window holds: one stretch of all that match, around those in view.
// Ranks count what matches, from 0 in the list's order. Further rows are read a page at a time, and
// those that are far from view are dropped.
import type { FoundTrace } from "../../../server/contract/traces-contract.js";

/** Rows in one page, and how far from the view a page is asked for. */
export const [pageRows, aheadRows] = [200, 60];
/** Rows that the window holds at most; a row takes about 1 KiB. */
const maxHeldRows = 2000;

export interface Stretch {
  /** The rank of the first row. */
  readonly from: number;
  readonly found: readonly FoundTrace[];
}
export const noStretch: Stretch = { from: 0, found: [] };

/** Ranks `[first, end)`. */
export interface Ranks {
  readonly first: number;
  readonly end: number;
}

/** A page that is to be read: where it joins the stretch; "alone": it takes its place. */
export interface PageWanted {
  readonly joins: "above" | "below" | "alone";
  readonly rank: number;
  readonly limit: number;
}

/** The next page for what is in view; null: everything is there. `total`: how many match. */
export function pageWanted(view: Ranks, { from, found }: Stretch, total: number): PageWanted | null {
  const [end, last] = [from + found.length, Math.min(total, view.end + aheadRows)];
  const first = Math.max(0, Math.min(view.first, total) - aheadRows);
  if (first >= last || (first >= from && last <= end)) return null;
  if (found.length > 0 && last > end && first <= end && first >= from - pageRows)
    return { joins: "below", rank: end, limit: Math.min(pageRows, total - end) };
  if (found.length > 0 && first < from && last >= from) {
    const rank = Math.max(0, from - pageRows);
    return { joins: "above", rank, limit: from - rank };
  }
  const middle = Math.floor((first + last) / 2);
  const rank = Math.max(0, Math.min(middle - pageRows / 2, total - pageRows));
  return { joins: "alone", rank, limit: Math.min(pageRows, total - rank) };
}

/** The stretch with a page; of the far end as much is dropped as it has too many rows. */
export function joined(stretch: Stretch, { joins, rank }: PageWanted, page: readonly FoundTrace[]): Stretch {
  if (joins === "alone") return { from: rank, found: page };
  // Rows that other windows deleted move the ranks of others: none is there twice.
  const known = new Set(stretch.found.map(({ row }) => row.id));
  const more = page.filter(({ row }) => !known.has(row.id));
  if (joins === "below") {
    const over = Math.max(0, stretch.found.length + more.length - maxHeldRows);
    return { from: stretch.from + over, found: [...stretch.found.slice(over), ...more] };
  }
  return { from: rank, found: [...more, ...stretch.found].slice(0, maxHeldRows) };
}

/** Above the place `before` lie as many that match as `rank` says. */
export interface Mark {
  readonly rank: number;
  readonly before: number;
}

/**
 * From where on the store is searched for the row of this rank, newest first,
 * and how many are skipped. `marks`: by rank.
 */
export function startOf(
  marks: readonly Mark[],
  rank: number,
): { readonly before: number | null; readonly skip: number } {
  const mark = marks.findLast((one) => one.rank <= rank);
  return mark ? { before: mark.before, skip: rank - mark.rank } : { before: null, skip: rank };
}

/** Without rows that were deleted. `marks` of those below them move up. */
export function withoutRows(
  { from, found }: Stretch,
  marks: readonly Mark[],
  ids: ReadonlySet<string>,
): { readonly stretch: Stretch; readonly marks: readonly Mark[]; readonly gone: number } {
  const gone = found.filter(({ row }) => ids.has(row.id));
  return {
    stretch: { from, found: found.filter(({ row }) => !ids.has(row.id)) },
    marks: marks.map(({ rank, before }) => ({ before, rank: rank - gone.filter(({ at }) => at >= before).length })),
    gone: gone.length,
  };
}
