import { describe, expect, test } from "vitest";
import { maxTraces } from "../../../server/contract/limits.js";
import type { TraceRow } from "../../../server/contract/trace.js";
import { ChangeFeed } from "../../../server/trace/change-feed.js";

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
  exitCode: null,
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
  marks: null,
});

const trace = (pinned = false) => ({ pinned });
const newFeed = () => new ChangeFeed<{ readonly pinned: boolean }>((_source, rev) => row(rev));
const revsOf = (feed: ReturnType<typeof newFeed>) => feed.read(0, 10 * maxTraces).rows.map(({ rev }) => rev);

describe("the feed of rows", () => {
  test("a reader that waits is answered by the next row, and asking on from `next` misses and repeats nothing", async () => {
    const feed = newFeed();
    const first = feed.next(0, 100, never);
    feed.push(trace());
    feed.push(trace());
    const batch = await first;
    expect(batch).toMatchObject({ next: 2, missed: 0 });
    expect(batch.rows.map(({ rev }) => rev)).toEqual([1, 2]);
    feed.push(trace());
    expect((await feed.next(batch.next, 100, never)).rows.map(({ rev }) => rev)).toEqual([3]);
  });

  test("returns at most `max` rows, and continues from the revision it is given", () => {
    const feed = newFeed();
    for (let n = 0; n < 10; n++) feed.push(trace());
    expect(feed.read(0, 4)).toMatchObject({ next: 4, missed: 0 });
    expect(feed.read(8, 4).rows.map(({ rev }) => rev)).toEqual([9, 10]);
  });

  test("a reader that falls behind learns how many rows it missed", () => {
    const feed = newFeed();
    for (let n = 0; n < maxTraces + 50; n++) feed.push(trace());
    const { rows, missed } = feed.read(10, 5);
    expect(missed).toBe(40);
    expect(rows[0]?.rev).toBe(51);
  });

  test("holds as many rows as traces are kept, however often each of them comes again", () => {
    const feed = newFeed();
    for (let n = 0; n < maxTraces + 50; n++) {
      const first = feed.push(trace());
      feed.replace(first, null); // examined, it has a row with findings
      feed.push(trace());
    }
    const revs = revsOf(feed);
    expect(revs).toHaveLength(maxTraces);
    expect([revs[0], revs.at(-1)]).toEqual([102, 2 * maxTraces + 100]);
    expect([feed.contains(100), feed.contains(101), feed.contains(102)]).toEqual([false, false, true]);
    expect(feed.read(0, 5)).toMatchObject({ missed: 100, next: 110 });
  });

  test("a pinned row stays, and goes once it is pinned no longer", () => {
    const feed = newFeed();
    const pinned = { pinned: true };
    const rev = feed.push(pinned);
    for (let n = 0; n < 3 * maxTraces; n++) feed.push(trace());
    expect(revsOf(feed)).toHaveLength(maxTraces);
    expect(revsOf(feed)[0]).toBe(rev);
    pinned.pinned = false;
    feed.replace(rev, null);
    feed.push(pinned);
    feed.push(trace());
    expect(feed.contains(rev)).toBe(false);
    expect(revsOf(feed)).toHaveLength(maxTraces);
  });

  test("a waiting reader that goes away leaves nothing behind", async () => {
    const feed = newFeed();
    const gone = new AbortController();
    const waiting = feed.next(0, 10, gone.signal);
    gone.abort(new Error("closed"));
    await expect(waiting).rejects.toThrow("closed");
  });

  test("cleared, it gives nothing of before, tells whoever waits, and counts nothing as missed", async () => {
    const feed = newFeed();
    for (let n = 0; n < 5; n++) feed.push(trace());
    const waiting = feed.next(5, 10, never);
    feed.clear();
    expect(await waiting).toEqual({ rows: [], next: 6, missed: 0, cleared: 6, left: 0, stored: 0 });
    expect(feed.read(0, 10)).toEqual({ rows: [], next: 6, missed: 0, cleared: 6, left: 0, stored: 0 });
    feed.push(trace());
    expect(feed.read(2, 10)).toMatchObject({ next: 7, missed: 0, cleared: 6 });
    expect(feed.read(2, 10).rows.map(({ rev }) => rev)).toEqual([7]);
  });

  test("it tells rows whose folder was left from those that were cleared", () => {
    const feed = newFeed();
    feed.push(trace());
    feed.clear(true);
    expect(feed.read(0, 10)).toMatchObject({ rows: [], cleared: 2, left: 2 });
    feed.push(trace());
    feed.clear();
    expect(feed.read(0, 10)).toMatchObject({ rows: [], cleared: 4, left: 2 });
  });
});
