// The figures of the stored traces in the window, while new rows come.
import { createORPCClient } from "@orpc/client";
import { act, cleanup, render, renderHook, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { StoredBody } from "../../../../../renderer/features/latency/stored-body.js";
import { useStoredFigures } from "../../../../../renderer/features/latency/stored-figures.js";
import { useStoredRows } from "../../../../../renderer/model/traces/stored-rows.js";
import { useTraceStore } from "../../../../../renderer/model/traces/trace-store.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import type { StoredFigures } from "../../../../../server/contract/figures-contract.js";
import { rowOf } from "../../rows.js";

const figuresOf = (requests: number): StoredFigures => ({
  ...{ requests, failed: 0, firstAt: null, lastAt: null, p50Ms: null, p95Ms: null, p99Ms: null },
  ...{ versions: [], stepMs: 1000, steps: [], failures: [], slowest: [], lastFailed: null },
});

interface Reading {
  readonly beganAt: number;
  readonly signal: AbortSignal | undefined;
  isDone: boolean;
}
let readings: Reading[];
let readingMs: number;

beforeEach(() => {
  vi.useFakeTimers();
  [readings, readingMs] = [[], 300];
  const client: Client = createORPCClient({
    call: (path, _input, { signal }) =>
      new Promise((resolve) => {
        if (path.at(-1) !== "figures") return;
        const reading: Reading = { beganAt: Date.now(), signal, isDone: false };
        const requests = readings.push(reading) - 1; // the first finds none
        setTimeout(() => {
          reading.isDone = true;
          resolve(figuresOf(requests));
        }, readingMs);
      }),
  });
  useServer.setState({ connection: "connected", client });
  useTraceStore.setState({ rows: [rowOf(1)] });
});
afterEach(() => {
  cleanup();
  useServer.setState({ client: null });
  vi.useRealTimers();
});

const pass = (ms: number): Promise<void> => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
const addRow = (seq: number): void => useTraceStore.setState(({ rows }) => ({ rows: [...rows, rowOf(seq)] }));

test("they are read again and again under steady traffic, one reading at a time, a second apart, and once after it", async () => {
  const { result } = renderHook(() => useStoredFigures("a.py"));
  for (let seq = 2; seq <= 60; seq++) {
    await pass(100);
    act(() => addRow(seq));
    expect(readings.filter(({ isDone }) => !isDone).length).toBeLessThanOrEqual(1);
  }
  const during = readings.length;
  expect(during).toBeGreaterThanOrEqual(4);
  await pass(10_000);
  expect(readings.length).toBe(during + 1);
  expect(result.current).toMatchObject({ figures: { requests: during }, error: null });
  expect(readings.every(({ signal }) => signal?.aborted === false)).toBe(true);
  const begun = readings.map(({ beganAt }) => beganAt);
  for (const [index, at] of begun.slice(1).entries()) expect(at - (begun[index] ?? 0)).toBeGreaterThanOrEqual(1000);
  await pass(10_000);
  expect(readings.length).toBe(during + 1);
});

test.each([
  ["one", () => useStoredRows.setState({ all: 1 })],
  ["those that the filter shows", () => useStoredRows.setState({ turn: 1 })],
])("they are read again when stored traces were deleted: %s", async (_, remove) => {
  renderHook(() => useStoredFigures("a.py"));
  await pass(10_000);
  expect(readings.length).toBe(1);
  act(remove);
  await pass(10_000);
  expect(readings.length).toBe(2);
});

test("another script is read at once, and the reading of the one before ends", async () => {
  const { rerender } = renderHook(({ file }) => useStoredFigures(file), { initialProps: { file: "a.py" } });
  await pass(10);
  rerender({ file: "b.py" });
  expect(readings.map(({ signal }) => signal?.aborted)).toEqual([true, false]);
});

test("a reading that takes a while is shown, a short one is not", async () => {
  readingMs = 5000;
  render(<StoredBody file="a.py" />);
  const words = (): string | null => screen.getByRole("status").textContent;
  await pass(100);
  expect(words()).toBe("");
  await pass(400);
  expect(words()).not.toBe("");
  for (let seq = 2; seq <= 60; seq++) {
    await pass(100);
    act(() => addRow(seq));
  }
  expect(screen.queryByRole("status")).toBeNull();
});
