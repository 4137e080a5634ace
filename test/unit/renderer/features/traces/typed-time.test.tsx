// A time such as `15m` in the filter: the list and the store count from the moment when it was typed, however long ago.
import { createORPCClient } from "@orpc/client";
import { act, waitFor } from "@testing-library/react";
import { afterAll, expect, test, vi } from "vitest";
import { deleteShown } from "../../../../../renderer/features/traces/actions/delete-traces.js";
import { followListState, setFilter, useListState } from "../../../../../renderer/features/traces/list-state.js";
import { followList } from "../../../../../renderer/model/traces/list-feed.js";
import { useSaveMarks } from "../../../../../renderer/model/traces/save-marks.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();
const [typedAt, minute] = [1_700_000_000_000, 60_000];
const calls: Record<"list" | "remove", unknown[]> = { list: [], remove: [] };
const client: Client = createORPCClient({
  call: async ([, name], input) => {
    if (name === "list" || name === "remove") calls[name].push(input);
    if (name === "list") return (async function* () {})();
    return name === "remove" ? { count: 0, undo: 0 } : new Promise(() => undefined);
  },
});
vi.useFakeTimers({ toFake: ["Date"], now: typedAt });
useServer.setState({ connection: "connected", client });
followListState();
followList();
afterAll(() => {
  vi.useRealTimers();
  useServer.setState({ client: null });
});

test("a search and a deletion take the moment when the filter was typed", async () => {
  const asked = { query: "before:15m", now: typedAt };
  act(() => setFilter(asked.query));
  await waitFor(() => expect(calls.list).toContainEqual(expect.objectContaining(asked)));
  vi.setSystemTime(typedAt + 60 * minute);
  calls.list.length = 0;
  await waitFor(() => expect(calls.list).toContainEqual(expect.objectContaining(asked)));
  act(() => setFilter(`${asked.query} `));
  await act(deleteShown);
  expect(calls.remove).toEqual([{ ids: [], ...asked, lastSave: null }]);
});

test("typed or chosen anew, it counts from then", () => {
  const later = typedAt + 120 * minute;
  act(() => setFilter("before:15m"));
  vi.setSystemTime(later);
  act(() => setFilter("before:15m"));
  expect(useListState.getState().now).toBe(later);
});

test("the last save is sent with a filter that has it, however it is written, and again with the next save", async () => {
  const save = (at: number): void => act(() => useSaveMarks.setState({ marks: [{ file: "a.py", at }] }));
  act(() => setFilter('after:"save"'));
  expect(useListState.getState().filterWhy).not.toBeNull(); // there was none
  save(typedAt);
  expect(useListState.getState().filterWhy).toBeNull();
  const query = 'after:"save"';
  await waitFor(() => expect(calls.list).toContainEqual(expect.objectContaining({ query, lastSave: typedAt })));
  save(typedAt + minute);
  const lastSave = typedAt + minute;
  await waitFor(() => expect(calls.list).toContainEqual(expect.objectContaining({ query, lastSave })));
  act(() => setFilter("took:soon"));
  save(lastSave + minute); // the list shows what the last valid filter found
  await act(deleteShown);
  expect(calls.remove.at(-1)).toMatchObject({ query, lastSave });
  act(() => setFilter('":save"'));
  expect(useListState.getState().savedAt).toBeNull();
});
