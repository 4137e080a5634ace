import { expect, test } from "vitest";
import { useStoredRows } from "../../../../renderer/model/traces/stored-rows.js";
import { searchStored } from "../../../../renderer/model/traces/stored-search.js";
import { useTraceStore } from "../../../../renderer/model/traces/trace-store.js";
import { rowOf } from "../rows.js";
import { connectToSearch } from "../searching-client.js";

const live = [rowOf(1, { pinned: true }), rowOf(2), rowOf(3, { pinned: true })];
const earlier = [rowOf(4, { pinned: true }), rowOf(5), rowOf(6)];
/** A store that has the live traces, too, as it has those that ended. */
const stored = [...live, ...earlier].map((row, index) => ({ at: index + 1, row, hit: null }));
connectToSearch(async function* ({ input: { pinned } }) {
  const found = stored.filter(({ row }) => (pinned ? row.pinned : earlier.includes(row) && !row.pinned));
  yield { kind: "found", found, total: found.length, searched: 1, newest: stored.length, oldest: 1, isDone: true };
});

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
    await searchStored({ ...newestFirst, now: 0, lastSave: null });
    const { pinned, total, all, failure } = useStoredRows.getState();
    expect(failure).toBeNull();
    expect(pinned.map(({ row }) => row.id)).toEqual(["t4"]);
    expect([total, all]).toEqual([2, 3]);
  }
});

test("a trace that is pinned on disk and no longer in memory is among the pinned ones", async () => {
  useTraceStore.setState({ rows: [rowOf(1), rowOf(2)] });
  await searchStored({
    ...{ origin: "b", query: "", isDeep: false, oldestLive: "t1", oldestOther: null, order: null },
    ...{ now: 0, lastSave: null },
  });
  expect(useStoredRows.getState().pinned.map(({ row }) => row.id)).toEqual(["t1", "t3", "t4"]);
});
