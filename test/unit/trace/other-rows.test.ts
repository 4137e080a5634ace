// Rows of traces that are not in memory in the list: those of other processes, too, all of them changed in place, and
// bounded.
import { expect, test } from "vitest";
import { maxTraces } from "../../../server/contract/limits.js";
import type { TraceRow } from "../../../server/contract/trace.js";
import { ChangeFeed } from "../../../server/trace/change-feed.js";
import { OtherRows } from "../../../server/trace/other-rows.js";
import { rowOf } from "../renderer/rows.js";

const marks = { name: "A", note: null, tags: [], isDeleted: false };

function list() {
  const feed = new ChangeFeed<TraceRow>(
    (row, rev) => ({ ...row, rev }),
    ({ id }) => rows.forget(id),
  );
  const rows = new OtherRows(feed);
  const shown = () => feed.read(0, maxTraces).rows;
  return { feed, rows, shown };
}

test("a row has its own number, once, and what is written to it afterwards", () => {
  const { rows, shown } = list();
  rows.add(rowOf(7, { id: "b" }));
  rows.add(rowOf(8, { id: "a" }));
  rows.add(rowOf(7, { id: "b" }));
  expect(shown().map(({ id, seq }) => [id, seq])).toEqual([
    ["b", 7],
    ["a", 8],
  ]);
  expect(rows.oldestId).toBe("a");
  rows.pin("b", true);
  rows.mark("b", marks, null);
  rows.mark("unknown", marks, null);
  expect(shown()).toMatchObject([
    { id: "a", seq: 8, pinned: false, marks: null },
    { id: "b", seq: 7, pinned: true, marks },
  ]);
  rows.withdraw("b");
  expect(shown().at(-1)).toMatchObject({ id: "b", seq: 7, target: "", marks: { isDeleted: true } });
  expect([rows.get("b"), rows.get("a")?.seq]).toEqual([null, 8]);
});

test("a cleared list keeps those that are pinned, if it is to", () => {
  const { feed, rows, shown } = list();
  for (const id of ["a", "b"]) rows.add(rowOf(1, { id }));
  rows.pin("b", true);
  feed.clear();
  rows.clear(false);
  expect(shown().map(({ id }) => id)).toEqual(["b"]);
  feed.clear();
  rows.clear(true);
  expect([shown(), rows.get("b")]).toEqual([[], null]);
});

test("of another store, only the traces that this server has recorded are still in the list", () => {
  const { feed, rows, shown } = list();
  const own = rowOf(1, { id: "own" });
  rows.keep({ ...own, rev: feed.push(own) }, null);
  rows.add(rowOf(1, { id: "b" }));
  rows.withdrawOthers();
  expect(shown().map(({ id, target, marks }) => [id, target === "", marks?.isDeleted ?? false])).toEqual([
    ["own", false, false],
    ["b", true, true],
  ]);
});

test("no more are remembered than a window shows", () => {
  const { rows } = list();
  for (let seq = 1; seq <= maxTraces + 1; seq++) rows.add(rowOf(seq, { id: `${seq}` }));
  expect([rows.get("1"), rows.get("2")?.seq]).toEqual([null, 2]);
});
