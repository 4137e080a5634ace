// The list's first search, which a page begins before it draws the list.
import { createORPCClient } from "@orpc/client";
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { searchAhead } from "../../../../../renderer/features/traces/asked-search.js";
import { setFilter } from "../../../../../renderer/features/traces/list-state.js";
import { useStoredSearch } from "../../../../../renderer/features/traces/use-stored-search.js";
import { useWorkspace } from "../../../../../renderer/model/folder/workspace-store.js";
import { useStoredRows } from "../../../../../renderer/model/traces/stored-rows.js";
import { leaveStored } from "../../../../../renderer/model/traces/stored-search.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { connected, useCounts, useServer } from "../../../../../renderer/rpc/store.js";
import type { WorkbenchCounts, WorkbenchState } from "../../../../../server/contract/workspace.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";
import { rowOf } from "../../rows.js";

/** The queries that the list asked for, without those for pinned traces. */
let asked: unknown[] = [];
const newClient = (): Client =>
  createORPCClient({
    call: async ([, name], input) => {
      if (name !== "search") return new Promise(() => undefined);
      const { query, isCounting } = { query: null, isCounting: false, ...(input ?? {}) };
      if (isCounting) asked.push(query);
      const found = isCounting ? [{ at: 1, row: rowOf(1), hit: null }] : [];
      const event = { kind: "found", found, total: found.length, searched: 1, newest: 1, oldest: 1, isDone: true };
      return (async function* () {
        yield event;
      })();
    },
  });
const client = newClient();

let served: ServedPage;
let [state, counts]: [WorkbenchState | null, WorkbenchCounts | null] = [null, null];
beforeAll(async () => {
  served = await servePage();
  const nothingKnown = { since: -1, generation: null };
  state = await connected().state.next(nothingKnown);
  counts = await connected().state.counts(nothingKnown);
});
afterAll(() => served[Symbol.asyncDispose]());

/** What a page that starts learns from the server. */
function learn(traces: Partial<WorkbenchCounts["traces"]> = {}, workspace = state?.workspace ?? null): void {
  if (!state || !counts) throw new Error("the server has said nothing");
  const { generation } = state;
  useServer.setState({ connection: "connecting", state: null, client: null, generation: null });
  searchAhead();
  useCounts.setState({ counts: { ...counts, traces: { ...counts.traces, count: 0, ...traces } } });
  useWorkspace.setState({ workspace });
  const known = { ...state, workspace };
  act(() => useServer.setState({ connection: "connected", state: known, client, generation }));
}
/** The list is drawn, and asks. */
async function draw(): Promise<void> {
  renderHook(() => useStoredSearch([]));
  await act(async () => void (await vi.advanceTimersByTimeAsync(1000)));
}
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  setFilter("");
  leaveStored();
  useStoredRows.setState({ isCleared: false });
});

test("its rows are there when the list is drawn, which does not ask again", async () => {
  asked = [];
  learn();
  await vi.waitFor(() => expect(useStoredRows.getState().total).toBe(1));
  vi.useFakeTimers();
  await draw();
  expect(asked).toEqual([""]);
});

test("it is the one of the filter", async () => {
  asked = [];
  setFilter("body:x");
  learn();
  await vi.waitFor(() => expect(asked).toEqual(["body:x"]));
  vi.useFakeTimers();
  await draw();
  expect(asked).toEqual(["body:x"]);
});

test.each<[string, () => void]>([
  ["another filter", () => setFilter("body:y")],
  ["that of another folder, and then of this one again,", () => leaveStored()],
  ["that of a list that is drawn much later", () => vi.advanceTimersByTime(3_600_000)],
  ["another turn", () => useStoredRows.setState(({ turn }) => ({ turn: turn + 1 }))],
  ["another connection", () => useServer.setState({ client: newClient() })],
])("%s is another search", async (_what, change) => {
  asked = [];
  learn();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  vi.useFakeTimers();
  act(change);
  await draw();
  expect(asked).toHaveLength(2);
});

test("a folder that is opened later is searched when it is known", async () => {
  asked = [];
  learn({}, null);
  expect(asked).toEqual([]);
  act(() => useServer.setState({ state }));
  await vi.waitFor(() => expect(asked).toEqual([""]));
});

test("where traces are live, the list asks for those that are older", () => {
  asked = [];
  learn({ count: 1 });
  expect(asked).toEqual([]);
});

test("a list that was cleared has none", async () => {
  asked = [];
  learn({ isCleared: true });
  expect(asked).toEqual([]);
  learn();
  await vi.waitFor(() => expect(useStoredRows.getState().total).toBe(1));
  vi.useFakeTimers();
  act(() => useStoredRows.setState({ isCleared: true })); // meanwhile
  await draw();
  expect(useStoredRows.getState().total).toBeNull();
});
