// The rows as filter and order want them. A sorted list is put in order a few times a
// second at most: it is read, not watched.
import { useEffect, useMemo, useRef, useState } from "react";
import type { TraceRow } from "../../../server/contract/trace.js";
import { needsStore } from "../../../server/formats/query/trace-row-test.js";
import { type Older, olderOf, useStoredRows } from "../../model/traces/stored-rows.js";
import { useClient, useServer } from "../../rpc/store.js";
import { type Arranged, arrange, type Sort } from "./arrange.js";
import { orderOf } from "./asked-search.js";
import { type RowTest, rowTest } from "./filter/row-test.js";
import { useListState } from "./list-state.js";

const sortedEveryMs = 250;

export function useArranged(rows: readonly TraceRow[]): Arranged {
  const test = useRowTest();
  const sort = useShownSort();
  const settled = useSettled(rows, sort === null ? 0 : sortedEveryMs);
  const taken = sort === null ? rows : settled;
  const older = useOlder(rows);
  return useMemo(() => arrange(taken, test, sort, older), [taken, test, sort, older]);
}

/** The order of the stored rows: until they come in a new one, all rows stay in the one before. */
function useShownSort(): Sort | null {
  const sort = useListState((state) => state.sort);
  const order = useStoredRows((stored) => stored.order);
  const hasStored = useStoredRows(({ total, stretch }) => (total ?? 0) > 0 || stretch.found.length > 0);
  const last = useRef(sort);
  const wanted = orderOf(sort);
  const isSame = wanted?.column === order?.column && wanted?.isDescending === order?.isDescending;
  const shown = isSame || !hasStored ? sort : last.current;
  useEffect(() => {
    last.current = shown;
  }, [shown]);
  return shown;
}

/** The filter, and what the store found for the parts that a row does not have. Null: every row passes. */
export function useRowTest(): RowTest | null {
  const query = useListState((state) => state.query);
  const valid = useListState((state) => state.valid);
  const found = useStoredRows(({ live }) => (live.query === valid ? live.ids : null));
  const isStoring = useStoredRows((stored) => stored.store?.isStoring === true && stored.failure === null);
  const isConnected = useClient() !== null;
  const last = useRef<RowTest | null>(null);
  const isAsked = isStoring && isConnected && needsStore(query);
  const test = useMemo(() => rowTest(query, isAsked ? found : null), [query, isAsked, found]);
  // Until the store has answered, and while there is a mistake in the query, the last result stays.
  const isWaiting = isAsked && found === null && last.current !== null;
  const shown = isWaiting ? last.current : test;
  useEffect(() => {
    last.current = shown;
  }, [shown]);
  return shown;
}

/** What the list shows below the live rows. */
function useOlder(live: readonly TraceRow[]): Older {
  const stretch = useStoredRows((stored) => stored.stretch);
  const pinned = useStoredRows((stored) => stored.pinned);
  const total = useStoredRows((stored) => stored.total);
  const probes = useStoredRows((stored) => stored.probes);
  const generation = useServer((server) => server.generation);
  // Live rows matter only if some of the stored ones may be among them.
  const others = pinned.length > 0 ? live : none;
  return useMemo(() => {
    const ids = new Set(others.flatMap((row) => (row.pinned ? row.id : [])));
    return olderOf({ stretch, pinned, total, probes }, generation, (id) => ids.has(id));
  }, [stretch, pinned, total, probes, others, generation]);
}

const none: readonly TraceRow[] = [];

/** The value, at most so often; the last one always comes. */
export function useSettled<T>(value: T, everyMs: number): T {
  const [settled, setSettled] = useState(value);
  const [at, setAt] = useState(0);
  useEffect(() => {
    if (everyMs === 0) return;
    const take = (): void => {
      setSettled(value);
      setAt(performance.now());
    };
    const wait = at + everyMs - performance.now();
    if (wait <= 0) return take();
    const timer = setTimeout(take, wait);
    return () => clearTimeout(timer);
  }, [value, everyMs, at]);
  return everyMs === 0 ? value : settled;
}
