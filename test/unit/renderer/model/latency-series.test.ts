import { describe, expect, it } from "vitest";
import {
  lastPoints,
  modeFor,
  percentile,
  rateOf,
  summaryOf,
} from "../../../../renderer/model/traces/latency-series.js";
import { rowOf } from "../rows.js";

describe("the points", () => {
  it("are the last requests of the script that ended, oldest first", () => {
    const rows = [rowOf(1), rowOf(2, { file: "b.py" }), rowOf(3, { outcome: null, tookMs: null }), rowOf(4), rowOf(5)];
    expect(lastPoints(rows, "cgi-bin/a.py", 2).map((point) => point.seq)).toEqual([4, 5]);
    expect(lastPoints(rows, null, 100).map((point) => point.seq)).toEqual([1, 2, 4, 5]);
    expect(lastPoints(rows, null, 100, 1_004_000).map((point) => point.seq)).toEqual([4, 5]);
  });
  it("and their rate are not cut off by a long request that another process stored last", () => {
    const rows = [rowOf(1), rowOf(2), rowOf(3, { startedAt: 900_000, tookMs: 110_000 }), rowOf(4)];
    expect(lastPoints(rows, null, 100, 1_000_000).map((point) => point.seq)).toEqual([1, 2, 4]);
    expect(rateOf(lastPoints(rows.slice(0, 3), null, 100), 1_004_000)).toBe(0.2);
  });
  it("turn into a time axis above one request a second, and back only well below", () => {
    const busy = Array.from({ length: 15 }, (_, index) => ({ startedAt: 90_000 + index * 600 }));
    expect(rateOf(busy, 99_000)).toBe(1.5);
    expect([modeFor("points", 1), modeFor("points", 1.5), modeFor("time", 0.8), modeFor("time", 0.4)]).toEqual([
      "points",
      "time",
      "time",
      "points",
    ]);
  });
});

describe("percentiles", () => {
  it("are by nearest rank", () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    expect([0.5, 0.95, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([50, 95, 99, 100]);
    expect([percentile([7], 0.01), percentile([], 0.5)]).toEqual([7, null]);
  });
  it("leave failures out and count them", () => {
    const points = lastPoints(
      [rowOf(1, { tookMs: 10 }), rowOf(2, { tookMs: 900, outcome: "crashed", status: 500 })],
      null,
      100,
    );
    expect(summaryOf(points)).toEqual({ p50: 10, p95: 10, p99: 10, failed: 1 });
  });
});
