// Searches the stored traces for the list: one search at a time counts what matches; pages of it are read for what is
// in view. A new search ends the one before; what that one found stays until the new one has something to show.
import type { FoundTrace } from "../../../server/contract/traces-contract.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";
import { useWorkspace } from "../folder/workspace-store.js";
import { counted, eventsOf, findPinned, maxPage, older, type StoredSearch } from "./stored-calls.js";
import { noStoredRows, useStoredRows } from "./stored-rows.js";
import { aheadRows, noStretch, pageRows } from "./stored-stretch.js";
import { leaving, shownRanks, shownSearch, showSearch, withHits, withPage } from "./stored-view.js";
import { useTraceComparison } from "./trace-comparison.js";

/** Rows that are shown first. */
const firstPage = 100;

let current = new AbortController();
let last: StoredSearch | null = null;
const { getState: get, setState: set } = useStoredRows;

/** Begins a search. Rows of the same one stay in view while it is repeated. */
export async function searchStored(search: StoredSearch): Promise<void> {
  current.abort();
  current = new AbortController();
  const { signal } = current;
  const isRepeated = isSame(search, shownSearch()) && get().total !== null && !get().isCancelled;
  last = search;
  set({ isBusy: !isRepeated, isCancelled: false, failure: null });
  try {
    await Promise.all([
      isRepeated ? countAgain(search, signal) : count(search, signal),
      search.isDeep ? findLive(search, null, signal) : set({ live: noStoredRows.live }),
    ]);
  } catch (error) {
    if (!signal.aborted) set({ failure: problemText(problemOf(error)) });
  }
  if (current.signal === signal) set({ isBusy: false });
}

/** The search whose rows are shown or awaited; null: there is none, or it failed. */
export const currentSearch = (): StoredSearch | null => (get().failure === null ? last : null);

const isSame = (a: StoredSearch, b: StoredSearch | null): boolean =>
  b !== null &&
  a.origin === b.origin &&
  a.query === b.query &&
  a.order?.column === b.order?.column &&
  a.order?.isDescending === b.order?.isDescending;

async function count(search: StoredSearch, signal: AbortSignal): Promise<void> {
  const pinned = findPinned(search, signal);
  await Promise.all([pinned, countRows(search, pinned, signal)]);
}

async function countRows(search: StoredSearch, pins: Promise<FoundTrace[]>, signal: AbortSignal): Promise<void> {
  let [isFirst, found]: [boolean, number] = [true, 0];
  for await (const event of eventsOf(search, { ...older(search), limit: firstPage, isCounting: true }, signal)) {
    const { total, searched, newest } = event;
    if (search.order !== null && !event.isDone) {
      set({ searched }); // the rows come at the end
      continue;
    }
    const pinned = await pins;
    if (signal.aborted) return;
    if (isFirst) {
      showSearch(search);
      const marks = search.order === null ? [{ rank: 0, before: newest + 1 }] : [];
      const { query, order } = search;
      const { live } = get();
      const hasHits = live.query === query && live.hits.size > 0;
      set({ ...noStoredRows, ...{ live, hasHits, left: leaving([]), query, order } });
      set({ isBusy: true, newest, marks, pinned });
    }
    isFirst = false;
    const { stretch, marks } = get();
    const isNext = stretch.from + stretch.found.length === found;
    found += event.found.length;
    set({
      ...{ total, searched },
      ...(isNext && withPage(event.found, { joins: "below", rank: found, limit: firstPage })),
      ...(search.order === null && { marks: [...marks, { rank: total, before: event.oldest }] }),
      ...(search.query === "" && { all: total + pinned.length }),
    });
  }
}

/** The same search, when something has changed: the rows in view stay where they are. */
async function countAgain(search: StoredSearch, signal: AbortSignal): Promise<void> {
  const { stretch, query } = get();
  const first = shownRanks().first - aheadRows;
  const anchor = search.order === null && first > 0 ? stretch.found[first - stretch.from]?.at : undefined;
  const pinned = await findPinned(search, signal);
  const above = anchor === undefined ? null : await counted(search, { after: anchor, limit: 1 }, signal);
  const rank = above?.total ?? 0;
  const skip = search.order === null ? 0 : stretch.from;
  const before = anchor === undefined ? null : anchor + 1;
  const rest = await counted(search, { before, skip, limit: pageRows + 2 * aheadRows }, signal);
  if (signal.aborted || rest.marks.length === 0) return;
  showSearch(search);
  const total = rank + rest.total;
  const marks = [...(above?.marks ?? []), ...rest.marks.map((mark) => ({ ...mark, rank: rank + mark.rank }))];
  const isNewestFirst = search.order === null;
  set({
    stretch: { from: isNewestFirst ? rank : Math.min(skip, total), found: rest.found },
    marks: isNewestFirst ? marks : [],
    probes: [],
    hits: withHits(new Map(), [...rest.found, ...pinned]),
    left: leaving(rest.found),
    ...{ pinned, total, searched: 1, newest: rest.newest },
    ...(query === "" && { all: total + pinned.length }),
  });
}

/** `after`: those that were stored later. Null: all; until the last page the list shows at least as many as before. */
async function findLive(search: StoredSearch, after: number | null, signal: AbortSignal): Promise<void> {
  liveNewest = after;
  if (search.oldestLive === null) {
    set({ live: { ...noStoredRows.live, query: search.query } });
    return;
  }
  let live = after === null ? noStoredRows.live : get().live;
  let newest = 0;
  for (let before: number | null = null; ; ) {
    const page: FoundTrace[] = [];
    for await (const event of eventsOf(
      search,
      { since: search.oldestLive, others: search.oldestOther, after, before },
      signal,
    )) {
      page.push(...event.found);
      newest ||= event.newest; // what came since then is for another search
    }
    if (signal.aborted) return;
    const ids = new Set([...live.ids, ...page.map(({ row }) => row.id)]);
    const hits = withHits(live.hits, page);
    live = { query: search.query, ids, hits };
    const isLast = page.length < maxPage;
    const { live: shown } = get();
    if (isLast || shown.query !== search.query || ids.size > shown.ids.size)
      set(({ hasHits }) => ({ live, hasHits: hasHits || hits.size > 0 }));
    if (isLast) {
      liveNewest = newest;
      return;
    }
    before = page.at(-1)?.at ?? 0;
  }
}
/** The newest place that was searched for live traces. Null: all of them are being read. */
let liveNewest: number | null = 0;

/**
 * A rule, `is:error` or `is:warning`: a trace may get findings after it was stored, so all live traces are searched
 * again. Where this is only text in quotes, that costs time and no more.
 */
const onFindings = /finding:|is:"?[ew]/i;

/** Looks for live traces that were stored since the search began. False: it is still under way. */
export async function searchNewer(): Promise<boolean> {
  const { isBusy, isCancelled, failure } = get();
  // After a failure the list goes by its rows alone, until another search.
  if (isCancelled || failure !== null || !last?.oldestLive) return true;
  if (isBusy || liveNewest === null) return false;
  const { signal } = current;
  try {
    await findLive(last, onFindings.test(last.query) ? null : liveNewest, signal);
  } catch (error) {
    if (!signal.aborted) set({ failure: problemText(problemOf(error)) });
  }
  return true;
}

/** Ends the search; what it found stays. */
export function cancelSearch(): void {
  current.abort();
  set({ isBusy: false, isCancelled: true });
}

/** Forgets what was found. */
export function leaveStored(): void {
  current.abort();
  showSearch(null);
  last = null;
  set({ ...noStoredRows, left: leaving(noStretch.found) });
}

/**
 * When another folder is opened: what was found in the store of the one before, and what is
 * compared. Once, at the start of the page.
 */
export function leaveStoredWithFolder(): void {
  useWorkspace.subscribe(({ workspace }, before) => {
    if (workspace?.root === before.workspace?.root) return;
    useTraceComparison.setState({ marked: null, left: null, right: null });
    leaveStored();
    set({ all: 0, store: null, recent: [] });
  });
}

/** Asks how the folder's traces are stored. */
export async function lookAtStore(): Promise<void> {
  try {
    set({ store: await connected().traces.store() });
  } catch (error) {
    set({ store: null, failure: problemText(problemOf(error)) });
  }
}
