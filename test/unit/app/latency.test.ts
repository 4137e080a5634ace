import { expect, test } from "vitest";
import { Latency } from "../../../server/app/latency.js";

test("percentiles of the last minute, per script and over all", () => {
  const latency = new Latency();
  for (let ms = 1; ms <= 100; ms++) latency.add("cgi-bin/a.py", ms, 1000);
  latency.add("cgi-bin/b.py", 500, 1000);
  const a = latency.summary("cgi-bin/a.py", 2000);
  expect(a.count).toBe(100);
  expect(a.p50Ms).toBeCloseTo(50, 0);
  expect(a.p99Ms).toBeCloseTo(99, 0);
  expect(latency.summary(null, 2000)).toMatchObject({ count: 101, total: 101, maxMs: 500 });
  expect(latency.summary("cgi-bin/none.py", 2000)).toMatchObject({ count: 0, p50Ms: null });
});

test("no percentile is more than the longest response", () => {
  const latency = new Latency();
  latency.add(null, 130.1, 1000);
  expect(latency.summary(null, 2000)).toMatchObject({ p50Ms: 130.1, p95Ms: 130.1, p99Ms: 130.1, maxMs: 130.1 });
});

test("what is older than a minute counts in the total only", () => {
  const latency = new Latency();
  latency.add("a", 5, 1000);
  latency.add("a", 7, 61_000);
  expect(latency.summary("a", 62_000)).toMatchObject({ total: 2, count: 1 });
  expect(latency.summary("a", 200_000)).toMatchObject({ total: 2, count: 0, maxMs: null });
});

test("a new script takes the place of one that is idle, and is counted", () => {
  const latency = new Latency();
  const add = (nth: number, minutes: number) => latency.add(`${nth}.py`, 5, minutes * 60_000);
  for (let nth = 1; nth <= 501; nth++) add(nth, nth);
  expect(latency.summary("501.py", 501 * 60_000)).toMatchObject({ total: 1, count: 1 });
  for (let nth = 502; nth <= 1002; nth++) add(nth, 502);
  const counts = [1001, 1002].map((nth) => latency.summary(`${nth}.py`, 502 * 60_000).count);
  expect(counts).toEqual([1, 0]); // 500 others were not idle
  expect(latency.summary(null, 502 * 60_000).count).toBe(501);
});

test("of a script that goes on, the last minute stays", () => {
  const latency = new Latency();
  for (let seconds = 0; seconds < 300; seconds += 5) latency.add("a.py", seconds, seconds * 1000);
  expect(latency.summary("a.py", 299_000)).toMatchObject({ total: 60, count: 12, maxMs: 295 });
});
