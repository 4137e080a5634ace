import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { useStoredRows } from "../../../../renderer/model/traces/stored-rows.js";
import { searchNewer, searchStored } from "../../../../renderer/model/traces/stored-search.js";
import { useTraceStore } from "../../../../renderer/model/traces/trace-store.js";
import type { FoundTrace } from "../../../../server/contract/traces-contract.js";
import { rowOf } from "../rows.js";
import { connectToSearch } from "../searching-client.js";

const live = [rowOf(1, { pinned: true }), rowOf(2), rowOf(3, { pinned: true })];
const earlier = [rowOf(4, { pinned: true }), rowOf(5), rowOf(6)];
/** A store that has the live traces, too, as it has those that ended. */
const stored = [...live, ...earlier].map((row, index) => ({ at: index + 1, row, hit: null }));
/** What the store finds among live traces, the newest first. */
let among: FoundTrace[] = [];
/** Of each call for them: `after`, and how many of them the window knew then. */
let asked: (readonly [after: number | null, known: number])[] = [];
/** What the second page of them waits for. */
let secondPage = Promise.resolve();
connectToSearch(async function* ({ input: { pinned, since, after, before, limit } }) {
  if (since !== null) asked.push([after, useStoredRows.getState().live.ids.size]);
  const newest = Math.max(stored.length, among[0]?.at ?? 0);
  const found =
    since === null
      ? stored.filter(({ row }) => (pinned ? row.pinned : earlier.includes(row) && !row.pinned))
      : among.filter(({ at }) => at > (after ?? 0) && at < (before ?? Infinity)).slice(0, limit);
  if (since !== null && before !== null) await secondPage;
  yield { kind: "found", found, total: found.length, searched: 1, newest, oldest: 1, isDone: true };
});

const deep = {
  ...{ origin: "c", isDeep: true, oldestLive: "t1", oldestOther: null, order: null, now: 0, lastSave: null },
} as const;
const liveIds = () => [...useStoredRows.getState().live.ids];

test.each([
  ["body:x", stored.length, ["t2", "t9"]],
  ["finding:x", null, ["t9"]],
  ["body:x -finding:x", null, ["t9"]],
  ["foo is:warning", null, ["t9"]],
  ['body:x OR is:"Error"', null, ["t9"]],
])("%s: the search goes on after the newest trace, unless a trace may have got findings", async (query, after, ids) => {
  [among, asked] = [[{ at: 2, row: rowOf(2), hit: null }], []];
  await searchStored({ ...deep, query });
  expect(liveIds()).toEqual(["t2"]);
  among = [{ at: 9, row: rowOf(9), hit: null }];
  await searchNewer();
  expect([asked.map(([from]) => from), liveIds()]).toEqual([[null, after], ids]);
});

test("what was found stays until all of it was searched for again", async () => {
  const count = 501; // one page holds 500
  among = Array.from({ length: count }, (_, index) => ({ at: count - index, row: rowOf(count - index), hit: null }));
  asked = [];
  await searchStored({ ...deep, query: "finding:y" });
  await searchNewer();
  expect(asked.map(([, known]) => known).slice(1)).toEqual([500, count, count]);
});

describe("while a search of more than a page is made again", () => {
  const foundOf = (seq: number): FoundTrace => ({ at: seq, row: rowOf(seq), hit: null });
  const search = { ...deep, query: "body:y" };
  let [repeated, end, fail] = [Promise.resolve(), (): void => undefined, (_why: Error): void => undefined];
  beforeEach(async () => {
    among = Array.from({ length: 501 }, (_, index) => foundOf(501 - index));
    await searchStored(search);
    asked = [];
    secondPage = new Promise((resolve, reject) => {
      [end, fail] = [resolve, reject];
    });
    repeated = searchStored(search);
    await vi.waitFor(() => expect(asked).toHaveLength(2), 20_000);
    among = [foundOf(999), ...among];
  });
  afterEach(() => {
    secondPage = Promise.resolve();
  });

  test("what was stored meanwhile is found, and stays", async () => {
    const isDone = await searchNewer();
    end();
    await repeated;
    if (!isDone) await searchNewer();
    expect([liveIds().length, liveIds().includes("t999")]).toEqual([502, true]);
  });

  test("and its second page cannot be read: the next search is for all", async () => {
    fail(new Error("gone"));
    await repeated;
    expect([await searchNewer(), asked.length]).toEqual([true, 2]);
    secondPage = Promise.resolve();
    await searchStored(search);
    expect(liveIds()).toHaveLength(502);
    await searchNewer();
    expect(asked.at(-1)?.[0]).toBe(999);
  });
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
