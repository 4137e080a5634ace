import { describe, expect, it } from "vitest";
import {
  meanPhases,
  phaseNames,
  phasesLabel,
  phasesOfPoint,
  stacked,
} from "../../../../../renderer/features/latency/phase-series.js";
import {
  comparisonDetails,
  effectOfLastSave,
  levelsOf,
  saveEffectLabel,
} from "../../../../../renderer/features/latency/save-effect.js";
import { panned, widened, zoomInto } from "../../../../../renderer/features/latency/zoom.js";
import { lastPoints } from "../../../../../renderer/model/traces/latency-series.js";
import { noTiming, rowOf } from "../../rows.js";

/** Requests at 1 s, 2 s, … that took so long; a negative one failed. */
const points = (...took: number[]) =>
  lastPoints(
    took.map((ms, index) =>
      rowOf(index + 1, {
        startedAt: (index + 1) * 1000,
        tookMs: Math.abs(ms),
        ...(ms < 0 && { outcome: "crashed", status: 500 }),
      }),
    ),
    null,
    100,
  );
const saves = (...at: number[]) => at.map((time) => ({ file: "cgi-bin/a.py", at: time }));
const words = (...args: Parameters<typeof effectOfLastSave>) => {
  const comparison = effectOfLastSave(...args);
  return comparison && saveEffectLabel(comparison);
};

describe("before and after the last save", () => {
  it("stand beside each other in one line", () => {
    const comparison = effectOfLastSave(points(30, 31, 33, 30, 32, 12, 11, 13, 12, 11), saves(5500));
    expect(comparison && saveEffectLabel(comparison)).toEqual({ text: "p50 31 → 12 ms since the save", tone: "ok" });
    expect(comparison && comparisonDetails(comparison)).toBe("Before: 5 requests. Since: 5 requests.");
    const many = (ms: number): number[] => Array.from({ length: 20 }, () => ms);
    const slower = effectOfLastSave(points(...many(10), ...many(40)), saves(20_500));
    expect(slower && saveEffectLabel(slower).tone).toBe("bad");
    expect(slower && comparisonDetails(slower)).toBe("Before: 20 requests, p95 10 ms. Since: 20 requests, p95 40 ms.");
    expect(words(points(...many(10), ...many(10.2)), saves(20_500))?.tone).toBe("dim");
  });
  it("raise no alarm with fewer than five requests on a side", () => {
    expect(words(points(134, 371), saves(1500))).toEqual({ text: "134 → 371 ms, one request each", tone: "dim" });
    expect(words(points(10, 10, 10, 10, 10, 40), saves(5500))).toEqual({
      text: "10 → 40 ms, 5 and 1 requests",
      tone: "dim",
    });
  });
  it("before is the version before, not everything before; saves without a request between them are one", () => {
    expect(words(points(90, 90, 30, 12), saves(2500, 3200, 3500))?.text).toBe("30 → 12 ms, one request each");
  });
  it("tells when nothing was asked since, and when the save mended or broke it", () => {
    expect(words(points(10), saves(1500))?.text).toBe("saved, no requests since");
    expect(words(points(-5, 12), saves(1500))).toEqual({ text: "failing → p50 12 ms since the save", tone: "ok" });
    expect(words(points(12, -5), saves(1500))).toEqual({ text: "p50 12 ms → failing since the save", tone: "bad" });
    expect([words(points(12), []), words(points(12), saves(500))]).toEqual([null, null]);
  });
  it("a save after which more requests fail is no improvement, however fast the others are", () => {
    const fine = [30, 31, 33, 30, 32];
    const broken = words(points(...fine, 12, 11, 13, 12, 11, -1, -1, -1, -1, -1), saves(5500));
    expect(broken?.tone).toBe("bad");
    expect(broken?.text).toContain("5 of 10");
    expect(words(points(-1, ...fine, -1, 12, 11, 13, 12, 11), saves(6500))?.tone).toBe("ok");
  });
  it("counts the requests that the medians are of", () => {
    const mostFail = [-1, -1, -1, -1, -1];
    expect(words(points(10, ...mostFail, 40, ...mostFail), saves(6500))).toEqual({
      text: "10 → 40 ms, one request each",
      tone: "dim",
    });
  });
  it("each version has a level in the graph", () => {
    expect(levelsOf(points(30, 32, 12), saves(2500))).toEqual([
      { from: 0, to: 1, y: 30 },
      { from: 2, to: 2, y: 12 },
    ]);
  });
});

describe("phases of a request", () => {
  const timing = {
    ...noTiming,
    headAt: 0.2,
    admittedAt: 1,
    spawnedAt: 3,
    firstByteAt: 18,
    headersAt: 19,
    lastByteAt: 22,
    exitAt: 23,
    doneAt: 24,
  };
  it("add up to what it took", () => {
    const phases = phasesOfPoint({ timing, fastcgi: null, tookMs: 24 });
    expect(phases).toEqual({ wait: 1, start: 2, script: 16, body: 3, after: 2 });
    expect(phasesOfPoint({ timing: noTiming, fastcgi: null, tookMs: 5 })).toEqual({
      wait: 0,
      start: 0,
      script: 0,
      body: 0,
      after: 5,
    });
    expect(phasesLabel(phases, [{ mode: "cgi" }])).toBe(
      "waiting 1.0 ms · start 2.0 ms · script 16.0 ms · body 3.0 ms · end 2.0 ms",
    );
    expect(phasesLabel(phases, [{ mode: "fastcgi" }])).toContain("· connect 2.0 ms ·");
    expect(phaseNames([{ mode: "cgi" }, { mode: "php-cgi" }, { mode: null }]).start).toBe("start or connect");
  });
  it("are stacked with the highest first, so that the lower ones are drawn over it", () => {
    const one = phasesOfPoint({ timing, fastcgi: null, tookMs: 24 });
    expect(stacked([one, null]).map(({ kind, y }) => [kind, ...y])).toEqual([
      ["after", 24, null],
      ["body", 22, null],
      ["script", 19, null],
      ["start", 3, null],
      ["wait", 1, null],
    ]);
    expect(meanPhases([])).toBe(null);
  });
});

describe("zoom", () => {
  const seqs = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  it("takes the requests whose middle is in the stretch, two at least", () => {
    expect(zoomInto({ by: "requests", seqs }, 0.24, 0.6)).toEqual({ by: "requests", from: 3, to: 6 });
    expect(zoomInto({ by: "requests", seqs }, 0.6, 0.24)).toEqual({ by: "requests", from: 3, to: 6 });
    expect(zoomInto({ by: "requests", seqs }, 0.3, 0.32)).toBe(null);
    expect(zoomInto({ by: "requests", seqs: [1, 2, 3] }, 0, 1, 10)).toEqual({ by: "requests", from: 1, to: 3 });
  });
  it("takes time, a second at least", () => {
    expect(zoomInto({ by: "time", from: 0, to: 60_000 }, 0.5, 0.75)).toEqual({ by: "time", from: 30_000, to: 45_000 });
    expect(zoomInto({ by: "time", from: 0, to: 60_000 }, 0.5, 0.505)).toBe(null);
  });
  it("moves within what there is, and never beyond now", () => {
    const time = { from: 9000, to: 21_000 };
    const seconds = (from: number, to: number) => ({ by: "time" as const, from: from * 1000, to: to * 1000 });
    expect(panned({ by: "requests", from: 3, to: 6 }, -1, seqs, time)).toEqual({ by: "requests", from: 1, to: 4 });
    expect(panned({ by: "requests", from: 3, to: 6 }, 0.25, seqs, time)).toEqual({ by: "requests", from: 4, to: 7 });
    expect(panned(seconds(10, 20), 0.25, [], time)).toEqual(seconds(11, 21));
    expect(panned(seconds(10, 20), -0.25, [], time)).toEqual(seconds(9, 19));
    expect(panned(seconds(8, 18), -0.25, [], time)).toEqual(seconds(8, 18));
  });
  it("widens until it is everything again", () => {
    expect(widened({ by: "requests", from: 5, to: 6 }, seqs, { requests: 100, from: 0, to: 0 })).toEqual({
      by: "requests",
      from: 4,
      to: 7,
    });
    expect(widened({ by: "requests", from: 3, to: 7 }, seqs, { requests: 100, from: 0, to: 0 })).toBe(null);
    expect(widened({ by: "time", from: 10_000, to: 40_000 }, [], { requests: 100, from: 0, to: 60_000 })).toBe(null);
  });
});
