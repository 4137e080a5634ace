// The rows as filter and order want them. A sorted list is put in order a few times a second at most: it is read, not watched.
import { useEffect, useMemo, useState } from "react";
import type { TraceRow } from "../../../server/contract/trace.js";
import { type Arranged, arrange } from "./arrange.js";
import { rowTest } from "./filter/row-test.js";
import { useListState } from "./list-state.js";

const sortedEveryMs = 250;

export function useArranged(rows: readonly TraceRow[]): Arranged {
  const test = rowTest(useListState((state) => state.query));
  const sort = useListState((state) => state.sort);
  const settled = useSettled(rows, sort === null ? 0 : sortedEveryMs);
  const taken = sort === null ? rows : settled;
  return useMemo(() => arrange(taken, test, sort), [taken, test, sort]);
}

/** The value, at most so often; the last one always comes. */
function useSettled<T>(value: T, everyMs: number): T {
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
