import { MessageChannel } from "node:worker_threads";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import { implement } from "@orpc/server";
import { RPCHandler } from "@orpc/server/message-port";
import { afterAll, expect, test } from "vitest";
import { useStoredRows } from "../../../../renderer/model/traces/stored-rows.js";
import { searchStored } from "../../../../renderer/model/traces/stored-search.js";
import { useTraceStore } from "../../../../renderer/model/traces/trace-store.js";
import type { Client } from "../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../renderer/rpc/store.js";
import { contract } from "../../../../server/contract/rpc.js";
import { rowOf } from "../rows.js";

const { port1, port2 } = new MessageChannel();
afterAll(() => port2.close());

const live = [rowOf(1, { pinned: true }), rowOf(2), rowOf(3, { pinned: true })];
const earlier = [rowOf(4, { pinned: true }), rowOf(5), rowOf(6)];
/** A store that has the live traces, too, as it has those that ended. */
const stored = [...live, ...earlier].map((row, index) => ({ at: index + 1, row, hit: null }));
const search = implement(contract.traces.search).handler(async function* ({ input: { pinned } }) {
  const found = stored.filter(({ row }) => (pinned ? row.pinned : earlier.includes(row) && !row.pinned));
  yield { kind: "found", found, total: found.length, searched: 1, newest: stored.length, oldest: 1, isDone: true };
});
new RPCHandler({ traces: { search } }).upgrade(port1);
port1.start();
const client: Client = createORPCClient(new RPCLink({ port: port2 }));
port2.start();
useServer.setState({ connection: "connected", client });

test("a pinned live trace is counted once, with the live ones", async () => {
  useTraceStore.setState({ rows: live });
  const newestFirst = {
    origin: "a",
    query: "",
    isDeep: false,
    oldestLive: "t1",
    oldestOther: null,
    order: null,
  } as const;
  for (const _time of ["first", "again"]) {
    await searchStored({ ...newestFirst, lastSave: null });
    const { pinned, total, all, failure } = useStoredRows.getState();
    expect(failure).toBeNull();
    expect(pinned.map(({ row }) => row.id)).toEqual(["t4"]);
    expect([total, all]).toEqual([2, 3]);
  }
});

test("a trace that is pinned on disk and no longer in memory is among the pinned ones", async () => {
  useTraceStore.setState({ rows: [rowOf(1), rowOf(2)] });
  await searchStored({
    ...{ origin: "b", query: "", isDeep: false, oldestLive: "t1", oldestOther: null, order: null, lastSave: null },
  });
  expect(useStoredRows.getState().pinned.map(({ row }) => row.id)).toEqual(["t1", "t3", "t4"]);
});
