import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findRow, latestRequest, mergeBatch, noRows } from "../../../../renderer/model/traces/trace-rows.js";
import { maxTraces } from "../../../../server/contract/limits.js";
import { rowOf } from "../rows.js";

const batch = (
  rows: ReturnType<typeof rowOf>[],
  differences: { generation?: string; missed?: number; cleared?: number; left?: number } = {},
) => ({
  generation: "g",
  missed: 0,
  cleared: 0,
  left: 0,
  stored: 0,
  ...differences,
  rows,
  next: Math.max(0, ...rows.map((row) => row.rev)),
});

describe("merging rows", () => {
  it("keeps one row a trace, the one of the highest revision, in the order of sequence numbers", () => {
    const running = rowOf(1, { outcome: null, status: null, rev: 1 });
    const first = mergeBatch(noRows, batch([running, rowOf(2, { rev: 2 })]));
    const done = mergeBatch(first, batch([rowOf(1, { rev: 3 })]));
    expect(done.rows.map((row) => [row.seq, row.rev])).toEqual([
      [1, 3],
      [2, 2],
    ]);
    expect(mergeBatch(done, batch([running])).rows[0]?.rev).toBe(3);
  });

  it("knows which are of other processes", () => {
    const [own, other] = ["000000000aaaaaa-", "000000000bbbbbb-"];
    const generation = "aaaaaa11-2222";
    const rows = [rowOf(1, { id: `${own}1` }), rowOf(2, { id: `${other}1` }), rowOf(3, { id: `${other}2` })];
    const first = mergeBatch(noRows, batch(rows, { generation }));
    expect([...first.others]).toEqual([`${other}1`, `${other}2`]);
    const more = batch([rowOf(4, { id: `${own}4` })], { generation });
    expect(mergeBatch(first, more).others).toBe(first.others);
    expect([...mergeBatch(first, more, 2).others]).toEqual([`${other}2`]);
    expect(mergeBatch(first, { ...more, cleared: 3 }).others.size).toBe(0);
  });

  it("begins anew with another generation", () => {
    const before = mergeBatch(noRows, batch([rowOf(1), rowOf(2)]));
    const after = mergeBatch(before, batch([rowOf(1, { id: "other" })], { generation: "h" }));
    expect(after).toMatchObject({ generation: "h", next: 1, missed: 0 });
    expect(after.rows.map((row) => row.id)).toEqual(["other"]);
  });

  it("is bounded, the oldest leave, and what was missed or forgotten is counted", () => {
    const after = mergeBatch(noRows, batch([rowOf(1), rowOf(2), rowOf(3)], { missed: 7 }), 2);
    expect(after.rows.map((row) => row.seq)).toEqual([2, 3]);
    expect([after.missed, after.forgotten]).toEqual([7, 1]);
  });

  it("holds as many rows as traces are kept, and of the oldest those that are pinned", () => {
    const rows = Array.from({ length: maxTraces + 2 }, (_, index) => rowOf(index + 1, { pinned: index === 1 }));
    const after = mergeBatch(noRows, batch(rows));
    expect(after.rows).toHaveLength(maxTraces);
    expect(after.rows.slice(0, 2).map((row) => row.seq)).toEqual([2, 4]);
    expect(after.forgotten).toBe(2);
  });

  it("gives the same list whichever order the batches come in", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 40 }), (seqs) => {
        const merged = seqs.reduce((known, seq) => mergeBatch(known, batch([rowOf(seq)])), noRows);
        expect(merged.rows.map((row) => row.seq)).toEqual([...seqs].sort((a, b) => a - b));
      }),
    );
  });

  it("loses what was cleared, and keeps what came again or came later", () => {
    const known = mergeBatch(noRows, batch([rowOf(1), rowOf(2), rowOf(3)]));
    const after = mergeBatch(known, batch([rowOf(2, { rev: 5, pinned: true }), rowOf(4, { rev: 6 })], { cleared: 4 }));
    expect(after.rows.map((row) => [row.seq, row.pinned])).toEqual([
      [2, true],
      [4, false],
    ]);
    expect(mergeBatch(after, batch([rowOf(5, { rev: 7 })], { cleared: 4 })).rows.map((row) => row.seq)).toEqual([
      2, 4, 5,
    ]);
    expect(mergeBatch(after, { ...batch([]), next: 8, cleared: 8 }).rows).toEqual([]);
  });
});

describe("looking at rows", () => {
  it("finds a trace by its id", () => {
    const rows = [rowOf(1), rowOf(2)];
    expect([findRow(rows, "t2")?.seq, findRow(rows, "t9"), findRow(rows, null)]).toEqual([2, null, null]);
  });
  it("takes the request, not the further run of its local redirect, for the latest", () => {
    expect(
      latestRequest([rowOf(1), rowOf(2), rowOf(3, { status: null, parent: { id: "t2", kind: "local-redirect" } })])
        ?.seq,
    ).toBe(2);
    expect(latestRequest([rowOf(1), rowOf(2, { status: null, outcome: null, tookMs: null })])?.seq).toBe(2);
    expect(latestRequest([rowOf(1), rowOf(2, { parent: { id: "t1", kind: "replay" } })])?.seq).toBe(2);
    expect(latestRequest([])).toBeNull();
  });
});
