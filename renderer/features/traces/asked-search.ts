// What the list asks the store for. A page that starts asks before it draws the list: the store searches meanwhile, and
// the list is drawn with its rows.
import type { TraceOrder } from "../../../server/contract/trace-order.js";
import { needsStore } from "../../../server/formats/query/trace-row-test.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import type { StoredSearch } from "../../model/traces/stored-calls.js";
import { useStoredRows } from "../../model/traces/stored-rows.js";
import { currentSearch, searchStored } from "../../model/traces/stored-search.js";
import type { Client } from "../../rpc/connection.js";
import { useCounts, useServer } from "../../rpc/store.js";
import type { Sort } from "./arrange.js";
import { useListState } from "./list-state.js";

/** Null: newest first. */
export const orderOf = (sort: Sort | null): TraceOrder | null =>
  sort === null || sort.column === "waterfall"
    ? null
    : { column: sort.column, isDescending: sort.direction === "descending" };

/** By the list's filter and order, now. */
export function askedSearch(live: Pick<StoredSearch, "oldestLive" | "oldestOther">): StoredSearch {
  const { query, valid, now, savedAt, sort } = useListState.getState();
  const isFiltered = query.length > 0;
  return {
    origin: `${useServer.getState().generation} ${useWorkspace.getState().workspace?.root ?? null}`,
    query: isFiltered ? valid : "",
    isDeep: needsStore(query),
    now: isFiltered ? now : 0,
    order: orderOf(sort),
    lastSave: savedAt,
    ...live,
  };
}

/** What was searched before the list was drawn; null: nothing, or the list has asked since. */
let ahead: {
  readonly search: StoredSearch;
  readonly key: string;
  readonly client: Client;
  /** By `performance.now`, ms. */
  readonly at: number;
} | null = null;
/** A list that is drawn later asks again: another tab was in front. */
const freshMs = 1000;

/** With `turn`: when that grows, everything has to be searched again. */
const keyOf = (search: StoredSearch): string => JSON.stringify([search, useStoredRows.getState().turn]);

/** Searches for the list before it is drawn. Once, at the start of the page, after `followWorkspace`. */
export function searchAhead(): void {
  const look = (): void => {
    const { state, client } = useServer.getState();
    const { counts } = useCounts.getState();
    if (!state?.workspace || client === null || counts === null) return;
    for (const stop of stops) stop();
    const { count, isCleared } = counts.traces;
    // Where some traces are live, the search is about those that are older; a cleared list shows no stored ones.
    if (count > 0 || isCleared) return;
    const search = askedSearch({ oldestLive: null, oldestOther: null });
    ahead = { search, key: keyOf(search), client, at: performance.now() };
    void searchStored(search); // the list shows its failure
  };
  const stops = [useServer.subscribe(look), useCounts.subscribe(look)];
}

/** True once: the list asks for the first time, and for what was searched ahead and is still at hand. */
export function takeAhead(search: StoredSearch): boolean {
  const taken = ahead;
  ahead = null;
  return (
    taken !== null &&
    performance.now() - taken.at < freshMs &&
    taken.key === keyOf(search) &&
    taken.client === useServer.getState().client &&
    taken.search === currentSearch()
  );
}
