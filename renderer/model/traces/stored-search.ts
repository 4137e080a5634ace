// Searches the stored traces for the list: one search at a time, a page at a time. A new search ends the one before; what that one found
// stays until the new one has something to show.
import type { TraceRow } from "../../../server/contract/trace.js";
import type { TraceOrder } from "../../../server/contract/trace-order.js";
import type { FoundTrace, SearchEvent, SearchHit } from "../../../server/contract/traces-contract.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";
import { noStoredRows, useStoredRows } from "./stored-rows.js";

const [firstPage, pageRows] = [100, 200];
/** Further rows are not loaded: whoever wants older ones searches for them. */
const maxStoredRows = 20_000;

export interface StoredSearch {
  readonly query: string;
  /** The oldest live trace, which the store is not asked for again; null: all are searched. */
  readonly olderThan: string | null;
  /** The same of the live traces that other processes stored. */
  readonly othersBefore: string | null;
  /** Null: newest first. */
  readonly order: TraceOrder | null;
  /** Unix time in ms, for the time `save`. */
  readonly lastSave: number | null;
}

let current = new AbortController();
let last: StoredSearch | null = null;
const set = useStoredRows.setState;

interface Range {
  readonly before: number | null;
  readonly after: number | null;
  readonly limit: number;
  readonly skip: number;
}

/** The events of a search, until it ends or another one begins. */
async function* eventsOf(search: StoredSearch, range: Range, signal: AbortSignal) {
  const isCounting = range.before === null;
  for await (const event of await connected().traces.search({ ...search, isCounting, ...range }, { signal })) {
    if (signal.aborted) return;
    yield event;
  }
}

async function run(search: StoredSearch, range: Range, take: (event: SearchEvent & { kind: "found" }) => void) {
  current.abort();
  current = new AbortController();
  const { signal } = current;
  set({ isBusy: true, isCancelled: false, failure: null });
  try {
    for await (const event of eventsOf(search, range, signal)) {
      if (event.kind === "mistake") set({ mistake: { from: event.from, to: event.to, why: event.why.text } });
      else take(event);
    }
  } catch (error) {
    if (!signal.aborted) set({ failure: problemText(problemOf(error)) });
  }
  if (current.signal === signal) set({ isBusy: false });
}

/** Begins a search. */
export function searchStored(search: StoredSearch): Promise<void> {
  last = search;
  let isFirst = true;
  const all = search.query === "";
  return run(search, { before: null, after: null, limit: firstPage, skip: 0 }, (event) => {
    const { found, total, searched, newest, isDone } = event;
    if (search.order !== null && !isDone) {
      set({ searched }); // the rows come at the end
      return;
    }
    const before = isFirst ? noStoredRows : useStoredRows.getState();
    isFirst = false;
    const rows = [...before.rows, ...found.map(({ row }) => row)];
    set({
      ...noStoredRows,
      ...{ query: search.query, isBusy: true, total, searched, newest, rows, ...indexOf(rows, before.hits, found) },
      next: rows.length < firstPage ? null : nextPage(search, newest, found, before.next),
      ...(all && { all: total }),
    });
  });
}

/** Loads the next page, if there is one. */
export async function loadOlder(): Promise<void> {
  const { next, isBusy, rows } = useStoredRows.getState();
  if (isBusy || next === null || last === null || rows.length >= maxStoredRows) return;
  let loaded = 0;
  const search = last;
  const skip = search.order === null ? 0 : rows.length;
  await run(search, { before: next, after: null, limit: pageRows, skip }, ({ found, isDone }) => {
    const before = useStoredRows.getState();
    loaded += found.length;
    const rows = [...before.rows, ...found.map(({ row }) => row)];
    const isLast = isDone && loaded < pageRows;
    set({ rows, ...indexOf(rows, before.hits, found), next: isLast ? null : nextPage(search, next - 1, found, next) });
  });
}

/** Looks for what was stored since the search began. False: it is still under way. */
export async function searchNewer(): Promise<boolean> {
  const { isBusy, newest, isCancelled } = useStoredRows.getState();
  if (isBusy) return false;
  if (isCancelled || last === null) return true;
  const known = useStoredRows.getState().total ?? 0;
  let newer: readonly FoundTrace[] = [];
  await run({ ...last, order: null }, { before: null, after: newest, limit: pageRows, skip: 0 }, (event) => {
    newer = [...newer, ...event.found];
    if (!event.isDone) return;
    const before = useStoredRows.getState();
    const rows = [...newer.map(({ row }) => row), ...before.rows];
    set({
      newest: Math.max(newest, event.newest),
      total: known + event.total,
      ...(newer.length > 0 && { rows, ...indexOf(rows, before.hits, newer) }),
    });
  });
  return true;
}

/** Where the next page begins: behind the last trace; in an order always at the newest one of the first page. */
function nextPage(
  { order }: StoredSearch,
  newest: number,
  found: readonly FoundTrace[],
  before: number | null,
): number | null {
  return order === null ? (found.at(-1)?.at ?? before) : newest + 1;
}

/** Ends the search; what it found stays. */
export function cancelSearch(): void {
  current.abort();
  set({ isBusy: false, isCancelled: true });
}

/** Forgets what was found. */
export function leaveStored(): void {
  current.abort();
  last = null;
  set(noStoredRows);
}

/** Asks how the folder's traces are stored. */
export async function lookAtStore(): Promise<void> {
  try {
    set({ store: await connected().traces.store() });
  } catch (error) {
    set({ store: null, failure: problemText(problemOf(error)) });
  }
}

function indexOf(rows: readonly TraceRow[], hits: ReadonlyMap<string, SearchHit>, found: readonly FoundTrace[]) {
  const more = found.filter(({ hit }) => hit !== null);
  const all = more.length === 0 ? hits : new Map(hits);
  if (all instanceof Map) for (const { row, hit } of more) if (hit) all.set(row.id, hit);
  return { found: new Set(rows.map(({ id }) => id)), hits: all };
}
