// One script in several modes: figures side by side, and where one gives way to the other.
import { describe, expect, it } from "vitest";
import {
  modeComparisonLabel,
  modeFigures,
  modeSwitches,
} from "../../../../../renderer/features/latency/mode-comparison.js";
import { lastPoints } from "../../../../../renderer/model/traces/latency-series.js";
import { rowOf } from "../../rows.js";

const points = (...runs: readonly (readonly ["cgi" | "fastcgi" | "php-cgi", number])[]) =>
  lastPoints(
    runs.map(([mode, tookMs], index) => rowOf(index + 1, { mode, tookMs })),
    null,
    100,
  );

describe("modes of one script", () => {
  it("have their medians side by side, and how many times faster", () => {
    const figures = modeFigures(
      points(["cgi", 14.2], ["cgi", 14.1], ["cgi", 30], ["fastcgi", 0.8], ["fastcgi", 0.7], ["fastcgi", 25]),
    );
    expect(modeComparisonLabel(figures)).toEqual({
      text: "CGI 14.2 ms → FastCGI 0.8 ms, 18×",
      tone: "ok",
      details: "p50 of 3 as CGI, 3 as FastCGI",
    });
    expect(modeComparisonLabel(modeFigures(points(["cgi", 2], ["fastcgi", 5])))).toMatchObject({
      text: "CGI 2.0 ms → FastCGI 5.0 ms, 2.5× slower",
      tone: "bad",
    });
    expect(modeComparisonLabel(modeFigures(points(["cgi", 2], ["fastcgi", 2.05])))).toMatchObject({
      text: "CGI 2.0 ms → FastCGI 2.0 ms",
      tone: "dim",
    });
    expect(modeComparisonLabel(modeFigures(points(["cgi", 9], ["fastcgi", 2], ["php-cgi", 1]))).text).toBe(
      "CGI 9.0 ms · FastCGI 2.0 ms · php-cgi 1.0 ms",
    );
  });
  it("are nothing to compare while there is one, or the other has only failed", () => {
    expect(modeFigures(points(["cgi", 9], ["cgi", 2]))).toEqual([]);
    expect(
      modeFigures(
        lastPoints([rowOf(1), rowOf(2, { mode: "fastcgi", outcome: "upstream-error", status: 502 })], null, 10),
      ),
    ).toEqual([]);
  });
  it("count the requests that the medians are of", () => {
    const failed = { mode: "fastcgi", outcome: "upstream-error", status: 502 } as const;
    const rows = [rowOf(1, { mode: "cgi" }), rowOf(2, { mode: "fastcgi" }), rowOf(3, failed), rowOf(4, failed)];
    expect(modeFigures(lastPoints(rows, null, 10)).map(({ mode, requests }) => [mode, requests])).toEqual([
      ["cgi", 1],
      ["fastcgi", 1],
    ]);
  });
  it("change where the next request ran in another one", () => {
    expect(
      modeSwitches(points(["cgi", 1], ["fastcgi", 1], ["fastcgi", 1], ["cgi", 1])).map(({ index, to }) => [index, to]),
    ).toEqual([
      [1, "fastcgi"],
      [3, "cgi"],
    ]);
  });
});
