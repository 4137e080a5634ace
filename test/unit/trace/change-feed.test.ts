import { describe, expect, test } from "vitest";
import { maxTraces } from "../../../server/contract/limits.js";
import type { TraceRow } from "../../../server/contract/trace.js";
import { ChangeFeed } from "../../../server/trace/store/change-feed.js";

const never = new AbortController().signal;
const row = (rev: number): TraceRow => ({
  rev,
  id: `t-${rev}`,
  seq: rev,
  startedAt: 0,
  method: "GET",
  target: "/",
  file: null,
  kind: "none",
  mode: null,
  status: 404,
  outcome: "ok",
  from: "other",
  parent: null,
  pinned: false,
  responseBytes: 0,
  tookMs: 1,
  fastcgi: null,
  timing: {
    headAt: 0,
    admittedAt: null,
    spawnedAt: null,
    firstByteAt: null,
    headersAt: null,
    lastByteAt: null,
    exitAt: null,
    doneAt: 1,
  },
  severity: null,
  findings: 0,
});

describe("the ring of rows", () => {
  test("a reader that waits is answered by the next row, and asking on from `next` misses and repeats nothing", async () => {
    const ring = new ChangeFeed<object>((_source, rev) => row(rev));
    const first = ring.next(0, 100, never);
    ring.push({});
    ring.push({});
    const batch = await first;
    expect(batch).toMatchObject({ next: 2, missed: 0 });
    expect(batch.rows.map(({ rev }) => rev)).toEqual([1, 2]);
    ring.push({});
    expect((await ring.next(batch.next, 100, never)).rows.map(({ rev }) => rev)).toEqual([3]);
  });

  test("hands out at most `max` and goes on where it stopped", () => {
    const ring = new ChangeFeed<object>((_source, rev) => row(rev));
    for (let n = 0; n < 10; n++) ring.push({});
    expect(ring.read(0, 4)).toMatchObject({ next: 4, missed: 0 });
    expect(ring.read(8, 4).rows.map(({ rev }) => rev)).toEqual([9, 10]);
  });

  test("a reader that slept too long is told how many rows it missed", () => {
    const ring = new ChangeFeed<object>((_source, rev) => row(rev));
    for (let n = 0; n < maxTraces + 50; n++) ring.push({});
    const { rows, missed } = ring.read(10, 5);
    expect(missed).toBe(40);
    expect(rows[0]?.rev).toBe(51);
  });

  test("a waiting reader that goes away leaves nothing behind", async () => {
    const ring = new ChangeFeed<object>((_source, rev) => row(rev));
    const gone = new AbortController();
    const waiting = ring.next(0, 10, gone.signal);
    gone.abort(new Error("closed"));
    await expect(waiting).rejects.toThrow("closed");
  });

  test("cleared, it gives nothing of before, tells whoever waits, and counts nothing as missed", async () => {
    const ring = new ChangeFeed<object>((_source, rev) => row(rev));
    for (let n = 0; n < 5; n++) ring.push({});
    const waiting = ring.next(5, 10, never);
    ring.clear();
    expect(await waiting).toEqual({ rows: [], next: 6, missed: 0, cleared: 6 });
    expect(ring.read(0, 10)).toEqual({ rows: [], next: 6, missed: 0, cleared: 6 });
    ring.push({});
    expect(ring.read(2, 10)).toMatchObject({ next: 7, missed: 0, cleared: 6 });
    expect(ring.read(2, 10).rows.map(({ rev }) => rev)).toEqual([7]);
  });
});
