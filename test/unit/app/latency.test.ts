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
