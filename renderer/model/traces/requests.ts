// The requests that the window knows, oldest first: the live ones, and the newest of those before them, which are read
// from the store. Whatever shows a status, a number, a time or a count of a script's requests reads them here.
import { create } from "zustand";
import type { TraceRow } from "../../../server/contract/trace.js";
import { numberOf, runOf, runPart } from "../../../server/protocol/trace-id.js";
import { whenIdle } from "../../platform/when-idle.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";
import { onOtherFolder } from "../folder/workspace-store.js";
import { useTraceList } from "./list.js";
import { onOtherStore, useStoredRows } from "./stored-rows.js";
import { indexOf, isEarlier } from "./trace-rows.js";
import { useTraceFeed, useTraceStore } from "./trace-store.js";

/** So many of the newest are read. */
const maxRecent = 500;

interface Requests {
  readonly rows: readonly TraceRow[];
  /** More are stored before the oldest of them. */
  readonly isCut: boolean;
}

export const useRequests = create<Requests>()(() => ({ rows: [], isCut: false }));

/** They come while the component is mounted. */
export function useRequestRows(): readonly TraceRow[] {
  useTraceFeed();
  return useRequests(({ rows }) => rows);
}

/** How many traces of the folder there are, whatever the filter. */
export const useTraceCount = (): number => useStoredRows(({ all }) => all);

/** The newest one that passes, else the newest of the older ones that the list holds. */
export function newestRow(test: (row: TraceRow) => boolean): TraceRow | null {
  return (
    useRequests.getState().rows.findLast(test) ??
    useTraceList
      .getState()
      .rows.reduce<TraceRow | null>(
        (newest, row) => (test(row) && (newest === null || isEarlier(newest, row)) ? row : newest),
        null,
      )
  );
}

export const hasRow = (rows: readonly TraceRow[], id: string): boolean => rows[indexOf(rows, numberOf(id))]?.id === id;

/** A server that has ended recorded it. */
export function isEarlierSession(id: string): boolean {
  const { generation, others } = useTraceStore.getState();
  return generation !== null && runOf(id) !== runPart(generation) && !others.has(id);
}

function together(stored: readonly TraceRow[], live: readonly TraceRow[]): readonly TraceRow[] {
  const before = stored.filter(({ id }) => !hasRow(live, id));
  if (before.length === 0) return live;
  const rows = [...before, ...live];
  const isInOrder = (before.at(-1)?.seq ?? 0) < (live[0]?.seq ?? Number.POSITIVE_INFINITY);
  return isInOrder ? rows : rows.sort((a, b) => a.seq - b.seq);
}

/** The newest that were read from the store, oldest first. */
let recent: readonly TraceRow[] = [];

function put(next: readonly TraceRow[], isCut = useRequests.getState().isCut): void {
  recent = next;
  useRequests.setState({ rows: together(recent, useTraceStore.getState().rows), isCut });
}
useTraceStore.subscribe(({ rows }, before) => rows !== before.rows && put(recent));

/** Reads the stored ones whenever they may be others. Once, at the start of the page. */
export function followRequests(): void {
  let reading = new AbortController();
  onOtherStore((root, isCleared) => {
    reading.abort();
    reading = new AbortController();
    const { signal } = reading;
    if (root === null || isCleared) put([]);
    else whenIdle(() => void read(signal)); // the reading keeps its own failure
  });
  onOtherFolder(() => put([]));
}

async function read(signal: AbortSignal): Promise<void> {
  const whole = { query: "", order: null, first: 0, count: maxRecent, around: null, since: null, isCleared: false };
  try {
    for await (const event of await connected().traces.list({ ...whole, until: null, lastSave: null }, { signal })) {
      if (signal.aborted || event.kind === "mistake" || !event.isDone) continue;
      const rows = event.found.map(({ row }) => row).sort((a, b) => a.seq - b.seq);
      put(rows, event.total > rows.length);
    }
  } catch (error) {
    if (!signal.aborted) useStoredRows.setState({ failure: problemText(problemOf(error)) });
  }
}
