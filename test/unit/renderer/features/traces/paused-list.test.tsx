// A paused list keeps its rows, as they are now, and counts what comes meanwhile, also from a restarted server.
import { createORPCClient } from "@orpc/client";
import { act, renderHook } from "@testing-library/react";
import { afterAll, beforeEach, expect, test } from "vitest";
import { deleteTrace } from "../../../../../renderer/features/traces/actions/delete-traces.js";
import { followNewest } from "../../../../../renderer/features/traces/follow-newest.js";
import { togglePause, useListState } from "../../../../../renderer/features/traces/list-state.js";
import { useListRows } from "../../../../../renderer/features/traces/paused-rows.js";
import { traceBatches } from "../../../../../renderer/model/traces/trace-store.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import type { TraceRow } from "../../../../../server/contract/trace.js";
import type { RowBatch } from "../../../../../server/contract/traces-contract.js";
import { rowOf } from "../../rows.js";

const sent: RowBatch[] = [];
let wake: (() => void) | null = null;
async function nextBatch(): Promise<RowBatch> {
  while (sent.length === 0)
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  return sent.shift() ?? nextBatch();
}
const client: Client = createORPCClient({
  call: ([, name]) => {
    if (name === "next") return nextBatch();
    return name === "remove" ? Promise.resolve({ count: 1, undo: 1 }) : new Promise(() => undefined);
  },
});
useServer.setState({ connection: "connected", client });
afterAll(() => useServer.setState({ client: null }));
followNewest();
const list = renderHook(useListRows).result;
beforeEach(() => useListState.setState({ frozen: null }));

/** The server sends rows; resolves when the window has them. */
async function send(rows: TraceRow[], more: Partial<RowBatch> = {}): Promise<void> {
  const taken = new Promise<void>((resolve) => {
    const stop = traceBatches.on(() => {
      stop();
      resolve();
    });
  });
  sent.push({ generation: "run001", rows, next: 9, missed: 0, cleared: 0, left: 0, stored: 0, ...more });
  wake?.();
  await act(() => taken);
}

test("what the user writes to its rows is shown, and what Undo brings back", async () => {
  const marks = { name: "Cart", note: null, tags: [], isDeleted: false };
  await send([rowOf(1), rowOf(2, { outcome: null })]);
  togglePause();
  await send([rowOf(2, { rev: 3 }), rowOf(1, { rev: 4, marks }), rowOf(3, { rev: 5 })]);
  const changed = [
    { seq: 1, marks },
    { seq: 2, outcome: "ok" },
  ];
  expect(list.current).toMatchObject({ rows: changed, waiting: 1 });
  const { rows } = list.current;
  await send([rowOf(4, { rev: 6 })]);
  expect(list.current.waiting).toBe(2);
  expect(list.current.rows).toBe(rows);
  await act(() => deleteTrace("t1"));
  await send([rowOf(1, { rev: 7, marks: { ...marks, isDeleted: true } })]);
  expect(list.current).toMatchObject({ rows: [{ seq: 2 }], waiting: 2 });
  await send([rowOf(1, { rev: 8, marks })]);
  expect(list.current).toMatchObject({ rows: [{ seq: 1 }, { seq: 2 }], waiting: 2 });
});

test("a restarted server does not end the pause, whether the list was cleared before or not", async () => {
  await send([rowOf(5, { rev: 10 })], { cleared: 9 });
  expect(list.current.rows).toMatchObject([{ id: "t5" }]);
  togglePause();
  await send([rowOf(1, { id: "u1" }), rowOf(2, { id: "u2" })], { generation: "run002" });
  expect(list.current).toMatchObject({ rows: [{ id: "t5" }], waiting: 2 });
});
