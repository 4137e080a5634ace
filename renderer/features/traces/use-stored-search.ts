// Searches the stored traces for what the filter asks for, whenever that changes, and while new traces come.
import { useEffect, useRef } from "react";
import type { TraceRow } from "../../../server/contract/trace.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { lastSave } from "../../model/traces/last-save.js";
import { useStoredRows } from "../../model/traces/stored-rows.js";
import type { StoredSearch } from "../../model/traces/stored-search.js";
import { useTraceStore } from "../../model/traces/trace-store.js";
import { useClient, useCounts, useServer } from "../../rpc/store.js";
import type { Sort } from "./arrange.js";
import { needsStore } from "./filter/row-test.js";
import { useListState } from "./list-state.js";

/** A word is typed without a search for each of its letters. */
const typingMs = 120;
/** A trace is in the store this long after its end, at the latest, with some time to spare. */
const storedAfterMs = 600;

/** `live`: oldest first. */
export function useStoredSearch(live: readonly TraceRow[]): void {
  const client = useClient();
  const root = useWorkspace(({ workspace }) => workspace?.root ?? null);
  const generation = useServer((server) => server.generation);
  const text = useListState(({ query, valid }) => (query.length === 0 ? "" : valid));
  const isDeep = useListState(({ query }) => needsStore(query));
  const sort = useListState((state) => state.sort);
  const savedAt = text.includes(":save") ? lastSave() : null;
  const turn = useStoredRows((stored) => stored.turn);
  const isCleared = useStoredRows((stored) => stored.isCleared);
  const hasKept = useCounts(({ counts }) => (counts?.traces.count ?? 0) > 0);
  const isReady = client !== null && (live.length > 0 || !hasKept);
  const rows = useRef(live);
  rows.current = live;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another folder, another server or a change of the store is another search
  useEffect(() => {
    if (!isReady) return;
    const stop = new AbortController();
    const timer = setTimeout(
      () => {
        const order = orderOf(sort);
        const oldest = isDeep ? nothing : oldestLive(rows.current, useTraceStore.getState().others);
        void begin({ query: text, ...oldest, order, lastSave: savedAt }, stop.signal);
      },
      text === "" ? 0 : typingMs,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [isReady, client, root, generation, text, isDeep, sort, savedAt, turn, isCleared]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the same
  useEffect(() => {
    if (client === null || root === null) return;
    void import("../../model/traces/stored-search.js").then(({ lookAtStore }) => lookAtStore());
  }, [client, root, generation, turn]);

  useNewer(live, isReady && isDeep && text !== "");
}

const nothing = { olderThan: null, othersBefore: null } as const;

/** Of this server's traces, and of those that other processes stored. `live`: oldest first. */
const oldestLive = (live: readonly TraceRow[], others: ReadonlySet<string>) => ({
  olderThan: live.find(({ id }) => !others.has(id))?.id ?? null,
  othersBefore: others.size === 0 ? null : (live.find(({ id }) => others.has(id))?.id ?? null),
});

async function begin(search: StoredSearch, signal: AbortSignal): Promise<void> {
  const { leaveStored, searchStored } = await import("../../model/traces/stored-search.js");
  if (signal.aborted) return;
  if (search.query === "" && useStoredRows.getState().isCleared) leaveStored();
  else await searchStored(search);
}

const orderOf = (sort: Sort | null): StoredSearch["order"] =>
  sort === null || sort.column === "waterfall"
    ? null
    : { column: sort.column, isDescending: sort.direction === "descending" };

/** While the store is asked about live traces, too, it is asked again for new ones. */
function useNewer(live: readonly TraceRow[], isWanted: boolean): void {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new row is a reason
  useEffect(() => {
    if (!isWanted || timer.current !== null) return;
    const ask = async (): Promise<void> => {
      timer.current = null;
      const { searchNewer } = await import("../../model/traces/stored-search.js");
      if (!(await searchNewer())) timer.current ??= setTimeout(ask, storedAfterMs);
    };
    timer.current = setTimeout(ask, storedAfterMs);
  }, [live, isWanted]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is not wanted any longer is not asked again
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [isWanted],
  );
}
