// The inspector follows the rows that the list shows: with a filter that rows cannot answer, what the store found.
import { act, render } from "@testing-library/react";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { followNewest } from "../../../../../renderer/features/traces/follow-newest.js";
import { setFilter } from "../../../../../renderer/features/traces/list-state.js";
import { TraceBar } from "../../../../../renderer/features/traces/trace-bar.js";
import { useStoredRows } from "../../../../../renderer/model/traces/stored-rows.js";
import { traceBatches, useTraceStore } from "../../../../../renderer/model/traces/trace-store.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { followBusyMs } from "../../../../../renderer/platform/throttle.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { rowOf, storing } from "../../rows.js";

layOutPage();
vi.useFakeTimers();
afterAll(() => vi.useRealTimers());
followNewest();
beforeEach(() => {
  useSelection.getState().reset();
  useStoredRows.setState({ store: storing });
});

/** What is selected after a change, once the selection has followed. */
function selectedAfter(change: () => void): string | null {
  act(change);
  act(() => vi.advanceTimersByTime(followBusyMs));
  return useSelection.getState().traceId;
}
const find = (query: string, ...ids: string[]) =>
  useStoredRows.setState({ live: { query, ids: new Set(ids), hits: new Map() } });
function come(...seqs: number[]): void {
  useTraceStore.setState({ rows: seqs.map((seq) => rowOf(seq)) });
  traceBatches.fire({ count: seqs.length, cleared: null });
}

test.each(["body:x", "-body:x"])("%s: those that the store found, once it did", (query) => {
  render(<TraceBar />);
  act(() => setFilter(query));
  act(() => find(query, "t1"));
  expect(selectedAfter(() => come(1, 2))).toBe("t1");
  expect(selectedAfter(() => find(query, "t1", "t2"))).toBe("t2");
  // a request that was just sent stays until the store has found it
  act(() => useSelection.getState().showSent("t3"));
  expect(selectedAfter(() => come(1, 2, 3))).toBe("t3");
});

test("while the list is not shown, nobody asks the store: rows alone decide", () => {
  act(() => setFilter("-body:x"));
  act(() => find("-body:x", "t1"));
  expect(selectedAfter(() => come(1, 2))).toBe("t2");
});
