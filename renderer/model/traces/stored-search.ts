// Searches the stored traces for the list: one search at a time counts what matches; pages of it are read for what is in view. A new search
// ends the one before; what that one found stays until the new one has something to show.
import type { TraceRow } from "../../../server/contract/trace.js";
import type { TraceOrder } from "../../../server/contract/trace-order.js";
import type { FoundTrace, SearchHit } from "../../../server/contract/traces-contract.js";
import { useSelection } from "../../platform/selection.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";
import { findStored, noStoredRows, type Probe, type StoredRows, useStoredRows } from "./stored-rows.js";
import {
  aheadRows,
  joined,
  type Mark,
  noStretch,
  type PageWanted,
  pageRows,
  pageWanted,
  type Ranks,
  startOf,
} from "./stored-stretch.js";
import { useTraceComparison } from "./trace-comparison.js";

/** Rows in one call. */
const [firstPage, maxPage] = [100, 500];
/** Places in an order that are remembered. */
const maxProbes = 200;

export interface StoredSearch {
  /** Of which server, and of which folder. */
  readonly origin: string;
  readonly query: string;
  /** Rows cannot answer the query, so the live traces are searched, too. */
  readonly isDeep: boolean;
  /** The oldest live trace: those from it on are not among the stored ones; null: there is none. */
  readonly oldestLive: string | null;
  /** Null: newest first. */
  readonly order: TraceOrder | null;
  /** Unix time in ms, for the time `save`. */
  readonly lastSave: number | null;
}

let current = new AbortController();
let reading = new AbortController();
/** What is searched, and what the rows are of. */
let last: StoredSearch | null = null;
let shown: StoredSearch | null = null;
/** What is in view. */
let view: Ranks = { first: 0, end: 0 };
let isReading = false;
const { getState: get, setState: set } = useStoredRows;

type Range = Omit<Parameters<ReturnType<typeof connected>["traces"]["search"]>[0], "query" | "lastSave">;

const everything = {
  ...{ before: null, after: null, olderThan: null, since: null, pinned: null },
  ...{ isCounting: false, order: null, skip: 0, limit: maxPage },
} as const satisfies Range;

/** The events of a search, until it ends or is left. */
async function* eventsOf({ query, lastSave }: StoredSearch, range: Partial<Range>, signal: AbortSignal) {
  const call = { ...everything, ...range, query, lastSave };
  for await (const event of await connected().traces.search(call, { signal })) {
    if (signal.aborted) return;
    if (event.kind === "found") yield event;
    else set({ mistake: { from: event.from, to: event.to, why: event.why.text } });
  }
}

/** Those that the list shows below the live ones. */
const older = ({ oldestLive, order }: StoredSearch) => ({ olderThan: oldestLive, order, pinned: false });

/** Begins a search. Rows of the same one stay in view while it is repeated. */
export async function searchStored(search: StoredSearch): Promise<void> {
  current.abort();
  current = new AbortController();
  const { signal } = current;
  const isRepeated = isSame(search, shown) && get().total !== null && !get().isCancelled;
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

const isSame = (a: StoredSearch, b: StoredSearch | null): boolean =>
  b !== null &&
  a.origin === b.origin &&
  a.query === b.query &&
  a.order?.column === b.order?.column &&
  a.order?.isDescending === b.order?.isDescending;

async function count(search: StoredSearch, signal: AbortSignal): Promise<void> {
  let [isFirst, found]: [boolean, number] = [true, 0];
  const pinned = await findPinned(search, signal);
  for await (const event of eventsOf(search, { ...older(search), limit: firstPage, isCounting: true }, signal)) {
    const { total, searched, newest } = event;
    if (search.order !== null && !event.isDone) {
      set({ searched }); // the rows come at the end
      continue;
    }
    if (isFirst) {
      reading.abort();
      shown = search;
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
  const first = view.first - aheadRows;
  const anchor = search.order === null && first > 0 ? stretch.found[first - stretch.from]?.at : undefined;
  const pinned = await findPinned(search, signal);
  const above = anchor === undefined ? null : await counted(search, { after: anchor, limit: 1 }, signal);
  const rank = above?.total ?? 0;
  const skip = search.order === null ? 0 : stretch.from;
  const before = anchor === undefined ? null : anchor + 1;
  const rest = await counted(search, { before, skip, limit: pageRows + 2 * aheadRows }, signal);
  if (signal.aborted || rest.marks.length === 0) return;
  reading.abort();
  shown = search;
  const total = rank + rest.total;
  const marks = [...(above?.marks ?? []), ...rest.marks.map((mark) => ({ ...mark, rank: rank + mark.rank }))];
  const found = { from: search.order === null ? rank : Math.min(skip, total), found: rest.found };
  set({
    ...{
      query: search.query,
      stretch: found,
      pinned,
      total,
      probes: [],
      searched: 1,
      mistake: null,
      newest: rest.newest,
    },
    ...{
      marks: search.order === null ? marks : [],
      hits: withHits(new Map(), [...rest.found, ...pinned]),
      left: leaving(rest.found),
    },
    ...(query === "" && { all: total + pinned.length }),
  });
}

interface Counted {
  readonly found: readonly FoundTrace[];
  readonly marks: readonly Mark[];
  readonly total: number;
  readonly newest: number;
}

async function counted(search: StoredSearch, range: Partial<Range>, signal: AbortSignal): Promise<Counted> {
  let all: Counted = { found: [], marks: [], total: 0, newest: 0 };
  for await (const event of eventsOf(search, { ...older(search), ...range, isCounting: true }, signal)) {
    const marks = all.marks.length === 0 ? [{ rank: 0, before: range.before ?? event.newest + 1 }] : all.marks;
    all = {
      ...{ found: [...all.found, ...event.found], total: event.total, newest: event.newest },
      marks: [...marks, { rank: event.total, before: event.oldest }],
    };
  }
  return all;
}

async function findPinned(search: StoredSearch, signal: AbortSignal): Promise<FoundTrace[]> {
  const found: FoundTrace[] = [];
  for await (const event of eventsOf(search, { olderThan: search.oldestLive, pinned: true }, signal))
    found.push(...event.found);
  return found;
}

/** `after`: those that were stored later; null: all. */
async function findLive(search: StoredSearch, after: number | null, signal: AbortSignal): Promise<void> {
  if (search.oldestLive === null) {
    set({ live: { ...noStoredRows.live, query: search.query } });
    return;
  }
  for (let before: number | null = null; ; ) {
    const page: FoundTrace[] = [];
    let newest = 0;
    for await (const event of eventsOf(search, { since: search.oldestLive, after, before }, signal)) {
      page.push(...event.found);
      newest = event.newest;
    }
    if (signal.aborted) return;
    const { live } = get();
    const isMore = before !== null || after !== null;
    liveNewest = before === null ? newest : liveNewest;
    const known = isMore ? live : noStoredRows.live;
    const ids = new Set([...known.ids, ...page.map(({ row }) => row.id)]);
    const hits = withHits(known.hits, page);
    set(({ hasHits }) => ({ live: { query: search.query, ids, hits }, hasHits: hasHits || hits.size > 0 }));
    if (page.length < maxPage) return;
    before = page.at(-1)?.at ?? 0;
  }
}
/** The newest place that was searched for live traces. */
let liveNewest = 0;

/** Looks for live traces that were stored since the search began. False: it is still under way. */
export async function searchNewer(): Promise<boolean> {
  const { isBusy, isCancelled } = get();
  if (isBusy) return false;
  if (isCancelled || last === null) return true;
  try {
    await findLive(last, liveNewest, current.signal);
  } catch (error) {
    if (!current.signal.aborted) set({ failure: problemText(problemOf(error)) });
  }
  return true;
}

/** Reads what is in view and not held, page by page; another view takes the place of this one. */
export async function showRanks(ranks: Ranks): Promise<void> {
  view = ranks;
  if (isReading) return;
  isReading = true;
  try {
    for (;;) {
      const { stretch, total } = get();
      const page = shown === null || total === null ? null : pageWanted(view, stretch, total);
      if (shown === null || page === null) return;
      await readPage(shown, page);
    }
  } catch (error) {
    if (!reading.signal.aborted) set({ failure: problemText(problemOf(error)) });
  } finally {
    isReading = false;
  }
}

async function readPage(search: StoredSearch, page: PageWanted): Promise<void> {
  reading = new AbortController();
  const { signal } = reading;
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
function withPage(found: readonly FoundTrace[], page: PageWanted): Partial<StoredRows> {
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
function leaving(found: readonly FoundTrace[]): TraceRow[] {
  const wanted = [useSelection.getState().traceId, useTraceComparison.getState().marked];
  const ids = wanted.filter((id, index) => wanted.indexOf(id) === index && !found.some(({ row }) => row.id === id));
  return ids.flatMap((id) => findStored(get(), id) ?? []);
}

function withHits(hits: ReadonlyMap<string, SearchHit>, found: readonly FoundTrace[]): ReadonlyMap<string, SearchHit> {
  const more = found.flatMap(({ row, hit }) => (hit === null ? [] : [[row.id, hit] as const]));
  return more.length === 0 ? hits : new Map([...hits, ...more]);
}

/** Ends the search; what it found stays. */
export function cancelSearch(): void {
  current.abort();
  set({ isBusy: false, isCancelled: true });
}

/** Forgets what was found. */
export function leaveStored(): void {
  current.abort();
  reading.abort();
  last = shown = null;
  set({ ...noStoredRows, left: leaving(noStretch.found) });
}

/** Asks how the folder's traces are stored. */
export async function lookAtStore(): Promise<void> {
  try {
    set({ store: await connected().traces.store() });
  } catch (error) {
    set({ store: null, failure: problemText(problemOf(error)) });
  }
}
