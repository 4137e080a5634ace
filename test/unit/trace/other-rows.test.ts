// Rows of traces that are not in memory in the list: those of other processes, too, all of them changed in place, and
// bounded.
import { expect, test } from "vitest";
import { maxTraces } from "../../../server/contract/limits.js";
import { KeptMarks } from "../../../server/trace/kept-marks.js";
import { RowFeed } from "../../../server/trace/row-feed.js";
import { TraceIds } from "../../../server/trace/trace-ids.js";
import { traceOf } from "../../support/stored-traces.js";
import { rowOf } from "../renderer/rows.js";

const written = { name: "A", note: null, tags: [] };

function list() {
  const marks = new KeptMarks();
  const rows = new RowFeed({ ids: new TraceIds("generation"), marks, displayPath: () => null });
  const pin = (id: string) => rows.publishOther({ ...(rows.other(id) ?? rowOf(1)), pinned: true });
  const shown = () => rows.read(0, maxTraces).rows;
  return { marks, rows, pin, shown };
}

test("a row has its own number, once, and what is written to it afterwards", () => {
  const { marks, rows, pin, shown } = list();
  rows.add(rowOf(7, { id: "b" }));
  rows.add(rowOf(8, { id: "a" }));
  rows.add(rowOf(7, { id: "b" }));
  expect(shown().map(({ id, seq }) => [id, seq])).toEqual([
    ["b", 7],
    ["a", 8],
  ]);
  expect(rows.oldestId).toBe("a");
  marks.write("b", written, null);
  pin("b");
  expect(shown()).toMatchObject([
    { id: "a", seq: 8, pinned: false, marks: null },
    { id: "b", seq: 7, pinned: true, marks: { ...written, isDeleted: false } },
  ]);
  rows.withdraw(shown().at(-1) ?? rowOf(1));
  expect(shown().at(-1)).toMatchObject({ id: "b", seq: 7, target: "", marks: { isDeleted: true } });
  expect([rows.other("b"), rows.other("a")?.seq]).toEqual([null, 8]);
});

test("a cleared list keeps those that are pinned, if it is to", () => {
  const { rows, pin, shown } = list();
  for (const id of ["a", "b"]) rows.add(rowOf(1, { id }));
  pin("b");
  rows.clear();
  rows.clearOthers(false);
  expect(shown().map(({ id }) => id)).toEqual(["b"]);
  rows.clear();
  rows.clearOthers(true);
  expect([shown(), rows.other("b")]).toEqual([[], null]);
});

test("of another store, only the traces that this server has recorded are still in the list", () => {
  const { rows, shown } = list();
  const own = { ...traceOf({ seq: 1 }), id: new TraceIds("generation").of(1, 0), startedAt: 0, rev: 0 };
  rows.publish(own);
  rows.freeze(own);
  rows.add(rowOf(1, { id: "b" }));
  rows.withdrawForeign();
  expect(shown().map(({ id, target, marks }) => [id, target === "", marks?.isDeleted ?? false])).toEqual([
    [own.id, false, false],
    ["b", true, true],
  ]);
});

test("no more are remembered than a window shows", () => {
  const { rows } = list();
  for (let seq = 1; seq <= maxTraces + 1; seq++) rows.add(rowOf(seq, { id: `${seq}` }));
  expect([rows.other("1"), rows.other("2")?.seq]).toEqual([null, 2]);
});
