// How often the window asks for the list when an answer lacks rows that the list has places for.
import { createORPCClient } from "@orpc/client";
import { afterAll, expect, test, vi } from "vitest";
import { followList, showPlaces } from "../../../../renderer/model/traces/list-feed.js";
import type { Client } from "../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../renderer/rpc/store.js";
import type { ListEvent } from "../../../../server/contract/traces-contract.js";
import { rowOf } from "../rows.js";

const missing = 3;
/** A loop without a pause would not let the test end. */
const maxCalls = 50;
let calls = 0;
const listed: ListEvent = {
  ...{ kind: "listed", first: 0, total: missing, all: missing, searched: 1, version: 1, problem: null, isDone: true },
  found: [{ row: rowOf(1, {}), hit: null }],
};
const client: Client = createORPCClient({
  call: async ([, name]) => {
    if (name !== "list" || calls === maxCalls) return new Promise(() => undefined);
    calls++;
    return (async function* () {
      yield listed;
    })();
  },
});
afterAll(() => {
  vi.useRealTimers();
  useServer.setState({ client: null });
});

test("it asks again after a pause, and not at once", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  showPlaces(0, missing);
  useServer.setState({ connection: "connected", client });
  followList();
  await vi.advanceTimersByTimeAsync(2900);
  expect(calls).toBe(1);
  await vi.advanceTimersByTimeAsync(6100);
  expect(calls).toBe(4);
});
