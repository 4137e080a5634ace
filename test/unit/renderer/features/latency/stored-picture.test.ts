// The axis of the graph over days, and what the card of a step calls it.
import { afterAll, expect, test, vi } from "vitest";
import type { StepFigures } from "../../../../../server/contract/figures-contract.js";

vi.stubEnv("TZ", "Europe/Berlin"); // before the import, which makes the format of a day
afterAll(() => void vi.unstubAllEnvs());
const { storedPicture } = await import("../../../../../renderer/features/latency/stored-picture.js");

const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000];
const times = { p50Ms: 1, p95Ms: 2, p99Ms: 3 };
const picture = (stepMs: number, now: number, steps: readonly StepFigures[]) =>
  storedPicture(
    {
      ...{ requests: steps.length, failed: 0, firstAt: null, lastAt: null, ...times, stepMs, steps: [...steps] },
      ...{ versions: [], failures: [], slowest: [], lastFailed: null },
    },
    now,
  );
const pictureOf = (stepMs: number, now: Date, ...begins: readonly Date[]) =>
  picture(
    stepMs,
    now.getTime(),
    begins.map((begin) => ({ at: begin.getTime(), requests: 1, failed: 0, ...times })),
  );

test("names the days by local time on either side of a change of the clocks", () => {
  const { drawing, spots } = pictureOf(dayMs, new Date(2026, 3, 20), new Date(2026, 2, 20), new Date(2026, 3, 5));
  expect(drawing.labels.map(({ at, text }) => [at, text])).toEqual([
    [0, "20 Mar"],
    [4, "24 Mar"],
    [8, "28 Mar"],
    [12, "1 Apr"],
  ]);
  expect(spots.map(({ lines }) => lines[0]?.split(",")[0])).toEqual(["Fri 20 Mar", "Sun 5 Apr"]);
});

test.each([
  ["12 Nov 14:02 to 14:04", 2 * minuteMs, new Date(2026, 10, 12, 14, 2)],
  ["09:00 to 09:15", 15 * minuteMs, new Date(2026, 10, 27, 9)],
  ["12 Nov 14:00 to 20:00", 6 * hourMs, new Date(2026, 10, 12, 14)],
  ["26 Nov 18:00 to 00:00", 6 * hourMs, new Date(2026, 10, 26, 18)],
  ["Today", dayMs, new Date(2026, 10, 27)],
  ["Yesterday", dayMs, new Date(2026, 10, 26)],
  ["24 Oct to 25 Oct", 2 * dayMs, new Date(2026, 9, 24)], // the second has 25 hours
  ["15 Oct to 21 Oct", 7 * dayMs, new Date(2026, 9, 15)],
])("the card of a step names its time: %s", (name, stepMs, begin) => {
  const { spots } = pictureOf(stepMs, new Date(2026, 10, 27, 9, 30), begin);
  expect(spots[0]?.lines[0]?.split(",")[0]).toBe(name);
});

test("a step has the percentiles that there are", () => {
  const known = [times, { ...times, p99Ms: null }, { ...times, p95Ms: null, p99Ms: null }];
  const steps = known.map((percentiles, index) => ({ at: index * hourMs, requests: 200, failed: 0, ...percentiles }));
  const { drawing, spots } = picture(hourMs, 0, steps);
  const bars = (label: string) => drawing.lines.find((line) => line.label === label)?.y.slice(-known.length);
  expect([bars("p50"), bars("p95"), bars("p99")]).toEqual([
    [1, 1, 1],
    [2, 2, null],
    [3, null, null],
  ]);
  expect(spots.map(({ lines }) => lines[1]?.match(/p\d+/g))).toEqual([["p50", "p95", "p99"], ["p50", "p95"], ["p50"]]);
});
