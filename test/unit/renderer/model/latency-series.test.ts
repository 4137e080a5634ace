import { describe, expect, it } from "vitest";
import {
  lastPoints,
  linesOf,
  markPlaces,
  modeFor,
  percentile,
  rateOf,
  scaleFor,
  summaryOf,
  timeSteps,
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
  it("have a value where requests ended within the last seconds, none elsewhere", () => {
    const now = 2_000_000;
    const points = lastPoints(
      [rowOf(1, { startedAt: now - 30_500, tookMs: 10 }), rowOf(2, { startedAt: now - 500, tookMs: 40 })],
      null,
      100,
    );
    const lines = linesOf(timeSteps(points, now));
    expect([lines.x[0], lines.x.at(-1), lines.x.length]).toEqual([-60, 0, 61]);
    const at = (second: number) => lines.p50[lines.x.indexOf(second)];
    expect([at(-31), at(-30), at(-26), at(-25), at(0)]).toEqual([null, 10, 10, null, 40]);
  });
});

describe("save marks", () => {
  const points = [{ startedAt: 100 }, { startedAt: 200 }, { startedAt: 300 }];
  it("stand between the requests before and after the save, each place once", () => {
    const marks = [50, 150, 160, 250, 400].map((at) => ({ file: "a.py", at }));
    expect(markPlaces(marks, points, "a.py")).toEqual([0.5, 1.5, 2.5]);
  });
  it("of other files do not show", () => {
    expect(markPlaces([{ file: "b.py", at: 150 }], points, "a.py")).toEqual([]);
    expect(markPlaces([{ file: "b.py", at: 150 }], points, null)).toEqual([0.5]);
  });
});

describe("the scale", () => {
  it("has three or four round steps and ends above the longest", () => {
    expect(
      [0.2, 23, 31, 48, 95, 456, 930]
        .map((ms) => scaleFor(ms))
        .map(({ top, step }) => `${Number(top.toFixed(3))}/${step}`),
    ).toEqual(["0.3/0.1", "30/10", "40/10", "60/20", "150/50", "600/200", "1000/500"]);
  });
});
