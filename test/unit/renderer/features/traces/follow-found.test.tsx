// The inspector follows the rows that the list shows: with a filter that rows cannot answer, what was found.
import { act } from "@testing-library/react";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { followNewest } from "../../../../../renderer/features/traces/follow-newest.js";
import { setFilter } from "../../../../../renderer/features/traces/list-state.js";
import { traceBatches, useTraceStore } from "../../../../../renderer/model/traces/trace-store.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { followBusyMs } from "../../../../../renderer/platform/throttle.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { showListed } from "../../listed.js";
import { rowOf } from "../../rows.js";

layOutPage();
vi.useFakeTimers();
afterAll(() => vi.useRealTimers());
followNewest();
beforeEach(() => {
  useSelection.getState().reset();
});

/** What is selected after a change, once the selection has followed. */
function selectedAfter(change: () => void): string | null {
  act(change);
  act(() => vi.advanceTimersByTime(followBusyMs));
  return useSelection.getState().traceId;
}
const find = (query: string, ...seqs: number[]) =>
  showListed(
    seqs.map((seq) => rowOf(seq)),
    { asked: { query, order: null, now: 0, lastSave: null, until: null } },
  );
function come(...seqs: number[]): void {
  useTraceStore.setState({ rows: seqs.map((seq) => rowOf(seq)) });
  traceBatches.fire({ count: seqs.length, cleared: null });
}

test.each(["body:x", "-body:x"])("%s: those that the list has, once it does", (query) => {
  act(() => setFilter(query));
  act(() => find(query, 1));
  expect(selectedAfter(() => come(1, 2))).toBe("t1");
  expect(selectedAfter(() => find(query, 2, 1))).toBe("t2");
  // a request that was just sent stays until it is listed
  act(() => useSelection.getState().showSent("t3"));
  expect(selectedAfter(() => come(1, 2, 3))).toBe("t3");
});
