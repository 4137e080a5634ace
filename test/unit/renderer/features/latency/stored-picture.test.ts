// The axis of the graph over days.
import { afterAll, expect, test, vi } from "vitest";

afterAll(() => void vi.unstubAllEnvs());

test("names the days by local time on either side of a change of the clocks", async () => {
  vi.stubEnv("TZ", "Europe/Berlin"); // before the import, which makes the format of a day
  const { storedPicture } = await import("../../../../../renderer/features/latency/stored-picture.js");
  const stepAt = (day: Date) => ({ at: day.getTime(), requests: 1, failed: 0, p50Ms: 1, p95Ms: 1, p99Ms: 1 });
  const [first, last] = [stepAt(new Date(2026, 2, 20)), stepAt(new Date(2026, 3, 5))];
  const { drawing, spots } = storedPicture(
    {
      ...{ requests: 2, failed: 0, firstAt: first.at, lastAt: last.at, p50Ms: 1, p95Ms: 1, p99Ms: 1 },
      ...{ stepMs: 86_400_000, steps: [first, last], versions: [], failures: [], slowest: [], lastFailed: null },
    },
    new Date(2026, 3, 20).getTime(),
  );
  expect(drawing.labels.map(({ at, text }) => [at, text])).toEqual([
    [0, "20 Mar"],
    [4, "24 Mar"],
    [8, "28 Mar"],
    [12, "1 Apr"],
  ]);
  expect(spots.map(({ lines }) => lines[0]?.split(",")[0])).toEqual(["20 Mar", "5 Apr"]);
});
