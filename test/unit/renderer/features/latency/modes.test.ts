// One script in several modes: figures side by side, and where one gives way to the other.
import { describe, expect, it } from "vitest";
import { modeFigures, modeFiguresLabel, modeSwitches } from "../../../../../renderer/features/latency/mode-figures.js";
import { lastPoints } from "../../../../../renderer/model/traces/latency-series.js";
import { rowOf } from "../../rows.js";

type Run = readonly [mode: "cgi" | "fastcgi" | "php-cgi", tookMs: number];
const points = (...runs: readonly Run[]) =>
  lastPoints(
    runs.map(([mode, tookMs], index) => rowOf(index + 1, { mode, tookMs })),
    null,
    100,
  );
/** Five requests of each: enough to compare. */
const five = (...runs: readonly Run[]) => points(...runs.flatMap((run) => Array<Run>(5).fill(run)));

describe("modes of one script", () => {
  it("have their medians side by side, and how many times faster", () => {
    const figures = modeFigures(
      points(
        ...[14.2, 14.1, 30, 14.3, 14].map((tookMs) => ["cgi", tookMs] as const),
        ...[0.8, 0.7, 25, 0.7, 0.9].map((tookMs) => ["fastcgi", tookMs] as const),
      ),
    );
    expect(modeFiguresLabel(figures)).toEqual({
      text: "CGI 14.2 ms → FastCGI 0.8 ms, 18×",
      tone: "ok",
      details: "p50 of 5 as CGI, 5 as FastCGI",
    });
    expect(modeFiguresLabel(modeFigures(five(["cgi", 2], ["fastcgi", 5])))).toMatchObject({
      text: "CGI 2.0 ms → FastCGI 5.0 ms, 2.5× slower",
      tone: "bad",
    });
    expect(modeFiguresLabel(modeFigures(five(["cgi", 2], ["fastcgi", 2.05])))).toMatchObject({
      text: "CGI 2.0 ms → FastCGI 2.0 ms",
      tone: "dim",
    });
    expect(modeFiguresLabel(modeFigures(points(["cgi", 9], ["fastcgi", 2], ["php-cgi", 1]))).text).toBe(
      "CGI 9.0 ms · FastCGI 2.0 ms · php-cgi 1.0 ms",
    );
  });
  it("raise no alarm with fewer than five requests in either", () => {
    const label = (...runs: readonly Run[]) => modeFiguresLabel(modeFigures(points(...runs)));
    const many = Array<Run>(9).fill(["cgi", 20]);
    expect(label(...many, ["fastcgi", 120])).toMatchObject({ text: "CGI 20.0 ms → FastCGI 120 ms", tone: "dim" });
    expect(label(["fastcgi", 1], ...many)).toMatchObject({ text: "FastCGI 1.0 ms → CGI 20.0 ms", tone: "dim" });
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
