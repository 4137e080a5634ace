// Searches the stored traces for what the filter asks for, whenever that changes, and while new traces come.
import { useEffect, useRef } from "react";
import { maxTraces } from "../../../server/contract/limits.js";
import type { TraceRow } from "../../../server/contract/trace.js";
import { needsStore } from "../../../server/formats/query/trace-row-test.js";
import { runPart } from "../../../server/protocol/trace-id.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import type { StoredSearch } from "../../model/traces/stored-calls.js";
import { storedAfterMs, untilSearched, useStoredRows } from "../../model/traces/stored-rows.js";
import { leaveStored, lookAtStore, searchNewer, searchStored } from "../../model/traces/stored-search.js";
import { useTraceStore } from "../../model/traces/trace-store.js";
import { beforeIdle, whenIdle } from "../../platform/when-idle.js";
import { useClient, useCounts, useServer } from "../../rpc/store.js";
import { askedSearch, takeAhead } from "./asked-search.js";
import { useListState } from "./list-state.js";
import { useSettled } from "./use-arranged.js";

/** A word is typed without a search for each of its letters. */
const typingMs = 120;
/** While the oldest live rows make room for new ones, the store is searched for them so often. */
const oldestEveryMs = 5000;
/** What is not open yet is fetched after the first rows, but waits for them no longer than this. */
const rowsFirstMs = 1000;

/** `live`: oldest first. */
export function useStoredSearch(live: readonly TraceRow[]): void {
  const client = useClient();
  const root = useWorkspace(({ workspace }) => workspace?.root ?? null);
  const generation = useServer((server) => server.generation);
  const others = useTraceStore((traces) => traces.others);
  const [oldestLive, oldestOther] = useOldest(live, others, generation);
  const text = useListState(({ query, valid }) => (query.length === 0 ? "" : valid));
  const isDeep = useListState(({ query }) => needsStore(query));
  const sort = useListState((state) => state.sort);
  const now = useListState((state) => (text === "" ? 0 : state.now));
  const savedAt = useListState((state) => state.savedAt);
  const turn = useStoredRows((stored) => stored.turn);
  const isCleared = useStoredRows((stored) => stored.isCleared);
  const hasKept = useCounts(({ counts }) => (counts?.traces.count ?? 0) > 0);
  const isReady = client !== null && (live.length > 0 || !hasKept);

  useEffect(() => beforeIdle(untilSearched(AbortSignal.timeout(rowsFirstMs))), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another folder, another server or a change of the store is another search
  useEffect(() => {
    if (!isReady) return;
    const search = askedSearch({ oldestLive, oldestOther });
    if (takeAhead(search) && !isCleared) return;
    const timer = setTimeout(begin, text === "" ? 0 : typingMs, search);
    return () => clearTimeout(timer);
  }, [isReady, client, root, generation, oldestLive, oldestOther, text, now, isDeep, sort, savedAt, turn, isCleared]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the same
  useEffect(() => {
    if (client === null || root === null) return;
    return whenIdle(() => void lookAtStore()); // after the rows
  }, [client, root, generation, turn, isCleared]);

  useNewer(live, isReady && isDeep && text !== "");
}

/**
 * From these traces on all are live, or deleted: of this server, and of other processes. Null: there is none. `others`:
 * the ids of theirs; `generation`: of this server.
 */
function useOldest(
  live: readonly TraceRow[],
  others: ReadonlySet<string>,
  generation: string | null,
): readonly [own: string | null, other: string | null] {
  const own = oldestOf(live, ({ id }) => !others.has(id));
  const other = others.size === 0 ? null : oldestOf(live, ({ id }) => others.has(id));
  // Beside others there must be one of its own: this comes after all.
  const last = other === null ? null : `zzzzzzzzz${runPart(generation ?? "")}-${Number.MAX_SAFE_INTEGER}`;
  const everyMs = live.length < maxTraces ? 0 : oldestEveryMs;
  return [useSettled(own ?? last, everyMs), useSettled(other, everyMs)];
}

function oldestOf(live: readonly TraceRow[], isOne: (row: TraceRow) => boolean): string | null {
  return (live.find((row) => !row.pinned && isOne(row)) ?? live.find(isOne))?.id ?? null;
}

function begin(search: StoredSearch): void {
  if (search.query === "" && useStoredRows.getState().isCleared) leaveStored();
  else void searchStored(search); // the list shows its failure
}

/** While the store is asked about live traces, too, it is asked again for new ones. */
function useNewer(live: readonly TraceRow[], isWanted: boolean): void {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  /** Rows came since the timer was set: the store may not have had the last of them when it was asked. */
  const isAgain = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new row is a reason
  useEffect(() => {
    isAgain.current = timer.current !== null;
    if (!isWanted || timer.current !== null) return;
    const ask = async (): Promise<void> => {
      const mine = timer.current;
      const beganAt = performance.now();
      const isDone = await searchNewer();
      if (timer.current !== mine) return; // it is not wanted any longer, or was begun again
      const waitMs = Math.min(oldestEveryMs, Math.max(storedAfterMs, 10 * (performance.now() - beganAt)));
      timer.current = isDone && !isAgain.current ? null : setTimeout(ask, waitMs);
      isAgain.current = false;
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
