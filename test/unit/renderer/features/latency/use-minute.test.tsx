// The server's figures of the last minute, while the server is slow or lost.
import { createORPCClient } from "@orpc/client";
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useMinute } from "../../../../../renderer/features/latency/latency-graph.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import type { LatencySummary } from "../../../../../server/contract/workspace.js";

const summary = (count: number): LatencySummary => ({
  ...{ total: count, count, windowMs: 60_000, p50Ms: 1, p95Ms: 1, p99Ms: 1, maxMs: 1 },
});
let calls: number;
let tookMs: number;
let failing: readonly number[];

beforeEach(() => {
  vi.useFakeTimers();
  [calls, tookMs, failing] = [0, 100, []];
  const client: Client = createORPCClient({
    call: () => {
      const own = ++calls;
      return new Promise((resolve, reject) => {
        setTimeout(() => (failing.includes(own) ? reject(new Error("lost")) : resolve(summary(own))), tookMs);
      });
    },
  });
  useServer.setState({ connection: "connected", client });
});
afterEach(() => {
  cleanup();
  useServer.setState({ client: null });
  vi.useRealTimers();
});

const pass = (ms: number): Promise<void> => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));

test("a call that fails leaves none of the figures before it, and the next brings new ones", async () => {
  failing = [2];
  const { result } = renderHook(() => useMinute("a.py", true));
  await pass(200);
  expect(result.current?.count).toBe(1);
  await pass(1100);
  expect([calls, result.current]).toEqual([2, null]);
  await pass(1100);
  expect(result.current?.count).toBe(3);
});

test("a server that takes longer than a second is waited for", async () => {
  tookMs = 2500;
  const { result } = renderHook(() => useMinute("a.py", true));
  await pass(2600);
  expect([calls, result.current?.count]).toEqual([1, 1]);
  await pass(3500);
  expect(result.current?.count).toBe(2);
});

test("of a script that is no longer wanted nothing is read or shown", async () => {
  const { result, rerender } = renderHook(({ isWanted }) => useMinute("a.py", isWanted), {
    initialProps: { isWanted: true },
  });
  await pass(200);
  rerender({ isWanted: false });
  await pass(5000);
  expect([calls, result.current]).toEqual([1, null]);
});
