// What the graph draws of its points.
import { describe, expect, it } from "vitest";
import { linesOf, markPlaces, scaleFor, timeSteps } from "../../../../../renderer/features/latency/graph-shape.js";
import { lastPoints } from "../../../../../renderer/model/traces/latency-series.js";
import { rowOf } from "../../rows.js";

describe("percentiles", () => {
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
