// What the window holds of the stored traces follows what is in view: pages are read for it, and far rows are dropped.
import type { TraceRow } from "../../../server/contract/trace.js";
import type { FoundTrace, SearchHit } from "../../../server/contract/traces-contract.js";
import { useSelection } from "../../platform/selection.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { eventsOf, older, type StoredSearch } from "./stored-calls.js";
import { findStored, type Probe, type StoredRows, useStoredRows } from "./stored-rows.js";
import { joined, type PageWanted, pageWanted, type Ranks, startOf } from "./stored-stretch.js";
import { useTraceComparison } from "./trace-comparison.js";

/** Places in an order that are remembered. */
const maxProbes = 200;

let reading = new AbortController();
/** What the rows are of. */
let shown: StoredSearch | null = null;
/** What is in view. */
let view: Ranks = { first: 0, end: 0 };
let isReading = false;
const { getState: get, setState: set } = useStoredRows;

export const shownSearch = (): StoredSearch | null => shown;
export const shownRanks = (): Ranks => view;

/** From now on the rows are of this search; pages of the one before are not read any longer. */
export function showSearch(search: StoredSearch | null): void {
  reading.abort();
  shown = search;
}

/** Reads what is in view and not held, page by page; another view takes the place of this one. */
export async function showRanks(ranks: Ranks): Promise<void> {
  view = ranks;
  if (isReading) return;
  isReading = true;
  for (;;) {
    const { stretch, total } = get();
    const page = shown === null || total === null ? null : pageWanted(view, stretch, total);
    if (shown === null || page === null) break;
    reading = new AbortController();
    const { signal } = reading;
    try {
      await readPage(shown, page, signal);
    } catch (error) {
      // Aborted by another search, whose rows may be in view without a further call: it goes on with them.
      if (signal.aborted) continue;
      set({ failure: problemText(problemOf(error)) });
      break;
    }
  }
  isReading = false;
}

async function readPage(search: StoredSearch, page: PageWanted, signal: AbortSignal): Promise<void> {
  const { stretch, marks, newest } = get();
  const last = page.joins === "below" ? stretch.found.at(-1)?.at : undefined;
  const from =
    search.order !== null
      ? { before: newest + 1, skip: page.rank }
      : last === undefined
        ? startOf(marks, page.rank)
        : { before: last, skip: 0 };
  const found: FoundTrace[] = [];
  for await (const event of eventsOf(search, { ...older(search), ...from, limit: page.limit }, signal))
    found.push(...event.found);
  if (signal.aborted) return;
  set(withPage(found, page));
  const { stretch: now } = get();
  const end = now.from + now.found.length;
  // Others have deleted some of them: there are fewer than were counted.
  if (page.joins !== "above" && found.length < page.limit) set({ total: now.found.length === 0 ? page.rank : end });
}

/** What changes with a page. */
export function withPage(found: readonly FoundTrace[], page: PageWanted): Partial<StoredRows> {
  const { stretch: before, probes, pinned, hasHits } = get();
  const stretch = joined(before, page, found);
  const hits = withHits(new Map(), [...stretch.found, ...pinned]);
  return {
    ...{ stretch, hits, hasHits: hasHits || hits.size > 0, left: leaving(stretch.found) },
    ...(shown?.order && { probes: [...probes, ...probesOf(stretch)].slice(-maxProbes) }),
  };
}

function probesOf({ from, found }: StoredRows["stretch"]): Probe[] {
  const [first, last] = [found[0], found.at(-1)];
  return first && last
    ? [
        { rank: from, row: first.row },
        { rank: from + found.length - 1, row: last.row },
      ]
    : [];
}

/** The rows that are still needed although they are no longer among these. */
export function leaving(found: readonly FoundTrace[]): TraceRow[] {
  const { marked, left, right } = useTraceComparison.getState();
  const wanted = [useSelection.getState().traceId, marked, left, right];
  const ids = wanted.filter((id, index) => wanted.indexOf(id) === index && !found.some(({ row }) => row.id === id));
  return ids.flatMap((id) => findStored(get(), id) ?? []);
}

export function withHits(
  hits: ReadonlyMap<string, SearchHit>,
  found: readonly FoundTrace[],
): ReadonlyMap<string, SearchHit> {
  const more = found.flatMap(({ row, hit }) => (hit === null ? [] : [[row.id, hit] as const]));
  return more.length === 0 ? hits : new Map([...hits, ...more]);
}
