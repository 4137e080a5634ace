// Lists the traces that are in view: asks the server again after each change, and when other places are in view or
// something else is to be listed. The window merges nothing.
import type { TraceRow } from "../../../server/contract/trace.js";
import type { ListEvent } from "../../../server/contract/traces-contract.js";
import { runOf, runPart } from "../../../server/protocol/trace-id.js";
import { useSelection } from "../../platform/selection.js";
import { BatchThrottle } from "../../platform/throttle.js";
import type { Client } from "../../rpc/connection.js";
import { delay } from "../../rpc/delay.js";
import { isConnectionLost, problemOf, problemText } from "../../rpc/problem.js";
import { pullLoop } from "../../rpc/pull-loop.js";
import { useServer } from "../../rpc/store.js";
import { onOtherFolder, useWorkspace } from "../folder/workspace-store.js";
import { findListed, type ListAsked, nothingListed, type RunLine, useTraceList } from "./list.js";
import { useStoredRows } from "./stored-rows.js";
import { useTraceComparison } from "./trace-comparison.js";
import { findRow } from "./trace-rows.js";
import { useTraceStore } from "./trace-store.js";

const { getState: get, setState: set } = useTraceList;
/** Rows in one answer, and how far from the view they reach at least. */
const pageRows = 120;
const aheadRows = 30;
/** After a failure of the server's, and after an answer that lacks rows of its places, ms. */
const retryMs = 3000;

type Listed = Extract<ListEvent, { readonly kind: "listed" }>;
type ListCall = Parameters<Client["traces"]["list"]>[0];

const whole: ListAsked = { query: "", order: null, now: 0, lastSave: null, until: null };
let asked = whole;
let view = { first: 0, end: 0 };
/** What the rows are of, with the server and the folder; null: of nothing. */
let shown: { readonly key: string; readonly version: number } | null = null;
/** Aborts when something else is to be listed. */
let other = new AbortController();
/** Rows are on their way; what else is in view then is asked for after them. */
let isReading = false;
/** The last answer had fewer rows than the list has places there: to ask again at once would bring the same. */
let isShort = false;
/** The trace that the rows are to be around as soon as the list has it: it was not looked for, or not found yet. */
let sought: { readonly id: string | null; readonly is: "new" | "awaited" | "over" } = { id: null, is: "over" };

function askAgain(): void {
  other.abort();
  other = new AbortController();
}

/** Lists something else. Its rows take the place of those before when there are some. */
export function askList(next: ListAsked): void {
  if (JSON.stringify(next) === JSON.stringify(asked) && !get().isCancelled) return;
  asked = next;
  set({ isBusy: true, isCancelled: false, searched: 0 });
  askAgain();
}

/** Has the rows listed that belong to the places `[first, end)`, without lines. */
export function showPlaces(first: number, end: number): void {
  view = { first, end };
  if (!isHeld() && !isReading) askAgain();
}

/** Has the rows around a trace listed, wherever it is, until other places are asked for. */
export function seekTrace(id: string | null): void {
  if (sought.id === id) return;
  sought = { id, is: id === null ? "over" : "new" };
  if (id !== null) askAgain();
}

/** Ends the search; what it found stays. */
export function cancelSearch(): void {
  set({ isBusy: false, isCancelled: true });
  askAgain();
}

/** Forgets what was listed: another folder is opened. */
function leaveList(): void {
  useTraceComparison.setState({ marked: null, left: null, right: null });
  shown = null;
  set({ ...nothingListed, left: [] });
  askAgain();
}

/** Lists with each connection. Once, at the start of the page. */
export function followList(): void {
  let running: { readonly client: Client; readonly stop: AbortController } | null = null;
  const look = (): void => {
    const { client } = useServer.getState();
    if (client === (running?.client ?? null)) return;
    running?.stop.abort();
    running = client && { client, stop: new AbortController() };
    if (running) void pullLoop("The trace list", pullFrom(running.client), running.stop.signal); // reports its failures
  };
  useServer.subscribe(look);
  onOtherFolder(leaveList);
  useStoredRows.subscribe(({ isCleared }, before) => isCleared !== before.isCleared && askAgain());
  look();
}

function pullFrom(client: Client): (signal: AbortSignal) => Promise<void> {
  const pace = new BatchThrottle();
  return async (signal) => {
    const left = other.signal;
    const either = AbortSignal.any([signal, left]);
    if (get().isCancelled) return aborted(either);
    try {
      const news = await pull(client, either);
      const pauseMs = pace.pauseAfter(news, performance.now());
      if (isHeld()) await delay(pauseMs, either);
      else if (isShort) await delay(retryMs, either);
    } catch (error) {
      if (left.aborted) return;
      if (signal.aborted || isConnectionLost(error)) throw error;
      useStoredRows.setState({ failure: problemText(problemOf(error)) });
      await delay(retryMs, either).catch(() => undefined); // something else is to be listed
    }
  };
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });

/** How many rows are others than before. */
async function pull(client: Client, signal: AbortSignal): Promise<number> {
  const { isCleared } = useStoredRows.getState();
  const isWhole = asked.query === "";
  const { generation } = useServer.getState();
  const key = JSON.stringify([
    asked,
    isCleared && isWhole,
    generation,
    useWorkspace.getState().workspace?.root ?? null,
  ]);
  const isSame = shown?.key === key;
  const call = {
    ...asked,
    ...(isSame ? rangeOf() : { first: 0, count: pageRows, around: null }),
    since: isSame && isHeld() && sought.is !== "new" ? (shown?.version ?? null) : null,
    isCleared: isCleared && isWhole,
  };
  const of = asked;
  const viewed = view;
  let news = 0;
  isReading = call.since === null;
  try {
    for await (const event of await client.traces.list(call, { signal })) {
      if (signal.aborted) return news;
      if (event.kind === "mistake") return aborted(signal).then(() => news); // the field says so
      if (isSame && view !== viewed && !isInView(event)) return news; // others are in view by now
      if (!isSame && !event.isDone && event.found.length === 0) set({ searched: event.searched });
      else if (!isSame || event.isDone) news += put(event, of, shown?.key === key);
      if (!event.isDone) continue;
      shown = { key, version: event.version };
      isShort = event.found.length < Math.min(call.count, event.total - event.first);
    }
  } finally {
    isReading = false;
  }
  return sought.is === "over" ? news : news + (await seek(client, { ...call, since: null }, of, signal));
}

/** What has ended and is not in the list is not looked for again. */
async function seek(client: Client, call: ListCall, of: ListAsked, signal: AbortSignal): Promise<number> {
  const id = sought.id ?? "";
  const isEnded = findRow(useTraceStore.getState().rows, id)?.outcome != null;
  const isThere = (rows: readonly TraceRow[]): boolean => rows.some((row) => row.id === id);
  const around = { id, before: pageRows / 2 };
  let news = 0;
  if (!isThere(get().rows))
    for await (const event of await client.traces.list({ ...call, around, count: pageRows }, { signal })) {
      if (signal.aborted) return news;
      if (event.kind === "listed" && event.isDone && isThere(event.found.map(({ row }) => row)))
        news += put(event, of, true);
    }
  if (!signal.aborted) sought = { id, is: isEnded || isThere(get().rows) ? "over" : "awaited" };
  return news;
}

/** The places to ask for. The first row in view keeps its place on the screen. */
function rangeOf() {
  const { first, rows } = get();
  const inView = view.end - view.first;
  const count = Math.min(500, Math.max(pageRows, inView + 2 * aheadRows));
  const from = Math.max(0, view.first - (count - inView) / 2);
  const anchor = view.first > 0 && isHeld() ? rows[view.first - first] : undefined;
  const around = anchor ? { id: anchor.id, before: Math.floor(view.first - from) } : null;
  return { first: Math.floor(from), count, around };
}

const isInView = ({ first, found }: Listed): boolean => first < view.end && view.first < first + found.length;

/** What is in view was listed. */
function isHeld(): boolean {
  const { first, rows, total } = get();
  const end = Math.min(total ?? 0, view.end + aheadRows / 2);
  return Math.max(0, Math.min(view.first, end) - aheadRows / 2) >= first && end <= first + rows.length;
}

function put(event: Listed, of: ListAsked, isSame: boolean): number {
  const before = get();
  const known = new Map(before.rows.map((row) => [row.id, row]));
  let news = 0;
  const rows = event.found.map(({ row }) => {
    const last = known.get(row.id);
    const isKnown = last !== undefined && JSON.stringify(last) === JSON.stringify(row);
    if (!isKnown) news++;
    return isKnown ? last : row; // what is drawn is not drawn again
  });
  const hits = event.found.flatMap(({ row, hit }) => (hit === null ? [] : [[row.id, hit] as const]));
  const isUnchanged =
    news === 0 && rows.length === before.rows.length && rows.every((row, at) => row === before.rows[at]);
  const items = isUnchanged && before.first === event.first && isSame ? before.items : withRuns(rows, event.first, of);
  set({
    asked: of,
    first: event.first,
    items,
    rows: items === before.items ? before.rows : rows,
    total: event.total,
    searched: event.searched,
    isBusy: !event.isDone,
    left: leaving(rows),
    hits: hits.length === 0 ? nothingListed.hits : new Map(hits),
    hasHits: hits.length > 0 || (isSame && before.hasHits),
  });
  const failure = event.problem && problemText(event.problem);
  const stored = useStoredRows.getState();
  if (stored.failure !== failure || stored.all !== event.all) useStoredRows.setState({ failure, all: event.all });
  return news;
}

/** With a line above each run that is not the current one. A list in order has none. */
function withRuns(rows: readonly TraceRow[], first: number, { order }: ListAsked): (TraceRow | RunLine)[] {
  if (order !== null) return [...rows];
  let run = first > 0 && rows[0] ? runOf(rows[0].id) : runPart(useServer.getState().generation ?? "");
  return rows.flatMap((row) => {
    const own = runOf(row.id);
    const isOther = own !== run && !row.pinned;
    if (!row.pinned) run = own;
    return isOther ? [{ isRun: true as const, run: own, at: row.startedAt }, row] : [row];
  });
}

/** The rows that are still needed although they are no longer among these. */
function leaving(rows: readonly TraceRow[]): TraceRow[] {
  const { marked, left, right } = useTraceComparison.getState();
  const wanted = new Set([useSelection.getState().traceId, marked, left, right]);
  return [...wanted].flatMap((id) => (rows.some((row) => row.id === id) ? [] : (findListed(get(), id) ?? [])));
}
