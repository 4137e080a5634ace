// A filter that rows cannot answer, while traces end: the store has each of them a little later than the list.
import { createORPCClient } from "@orpc/client";
import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { setFilter } from "../../../../../renderer/features/traces/list-state.js";
import { useStoredSearch } from "../../../../../renderer/features/traces/use-stored-search.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { rowOf } from "../../rows.js";

layOutPage();

/** Searches for live traces. */
let asked = 0;
/** What each of them waits for. */
let answer = Promise.resolve();
const client: Client = createORPCClient({
  call: async ([, name], input) => {
    if (name !== "search") return new Promise(() => undefined);
    if (typeof input === "object" && input !== null && "since" in input && input.since !== null) {
      asked++;
      await answer;
    }
    return (async function* () {})();
  },
});
beforeEach(() => {
  vi.useFakeTimers();
  useServer.setState({ connection: "connected", client });
});
afterEach(() => {
  vi.useRealTimers();
  useServer.setState({ client: null });
  answer = Promise.resolve();
});
const pass = (ms: number): Promise<void> => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));

test("the store is asked again after the last row, also if that came while a question waited", async () => {
  setFilter("body:x");
  const { rerender } = renderHook(({ rows }) => useStoredSearch(rows), { initialProps: { rows: [rowOf(1)] } });
  await pass(5000);
  asked = 0;
  rerender({ rows: [rowOf(1), rowOf(2)] });
  await pass(550);
  rerender({ rows: [rowOf(1), rowOf(2), rowOf(3)] });
  await pass(550);
  expect(asked).toBe(1);
  await pass(550);
  expect(asked).toBe(2);
  await pass(5000);
  expect(asked).toBe(2);
});

test.each([
  [100, 1000],
  [1000, 5000],
])("after a question of %d ms there is a pause of %d ms", async (tookMs, pauseMs) => {
  setFilter("finding:x");
  const { rerender, unmount } = renderHook(({ rows }) => useStoredSearch(rows), {
    initialProps: { rows: [rowOf(1)] },
  });
  await pass(5000);
  asked = 0;
  rerender({ rows: [rowOf(1), rowOf(2)] });
  answer = new Promise((resolve) => setTimeout(resolve, 600 + tookMs));
  await pass(600);
  rerender({ rows: [rowOf(1), rowOf(2), rowOf(3)] });
  await pass(tookMs + pauseMs - 10);
  expect(asked).toBe(1);
  await pass(20);
  expect(asked).toBe(2);
  unmount();
});

test("a question that ends after the list was left is the last one", async () => {
  setFilter("body:x");
  const { rerender, unmount } = renderHook(({ rows }) => useStoredSearch(rows), {
    initialProps: { rows: [rowOf(1)] },
  });
  await pass(5000);
  asked = 0;
  let release = (): void => undefined;
  answer = new Promise((resolve) => {
    release = resolve;
  });
  rerender({ rows: [rowOf(1), rowOf(2)] });
  await pass(600);
  rerender({ rows: [rowOf(1), rowOf(2), rowOf(3)] });
  unmount();
  release();
  await pass(10_000);
  expect(asked).toBe(1);
});
