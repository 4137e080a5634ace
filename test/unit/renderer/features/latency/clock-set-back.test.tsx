// The graph after the clock was set back: requests of what is the future now say nothing about the last minute.
import { act, renderHook } from "@testing-library/react";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { useLatency } from "../../../../../renderer/features/latency/use-latency.js";
import { useSaveMarks } from "../../../../../renderer/model/traces/save-marks.js";
import { useTraceStore } from "../../../../../renderer/model/traces/trace-store.js";
import { rowOf } from "../../rows.js";

const now = Date.parse("2026-01-01T12:00:00Z");
beforeEach(() => void vi.useFakeTimers({ now }));
afterAll(() => void vi.useRealTimers());

const hourMs = 3_600_000;
/** Half a minute of three requests a second, before the clock was set back. */
const before = Array.from({ length: 90 }, (_, index) => rowOf(index, { startedAt: now + hourMs + index * 333 }));
const since = (count: number, stepMs: number) =>
  Array.from({ length: count }, (_, index) => rowOf(100 + index, { startedAt: now - (count - index) * stepMs }));

test("few requests since are points, at their own rate", () => {
  useTraceStore.setState({ rows: [...before, ...since(2, 4000)] });
  const { result } = renderHook(useLatency);
  expect(result.current).toMatchObject({ mode: "points", rate: 0.2 });
  expect(result.current.points.map(({ seq }) => seq)).toContain(101);
});

test("many are a time axis with them alone", () => {
  useTraceStore.setState({ rows: [...before, ...since(20, 500)] });
  const { result } = renderHook(useLatency);
  expect(result.current).toMatchObject({ mode: "time", rate: 1.9 });
  expect(result.current.points.every(({ startedAt }) => startedAt < now)).toBe(true);
});

test("what is compared with a save are the requests on either side of it", () => {
  const file = "cgi-bin/a.py";
  useSaveMarks.setState({ marks: [now + hourMs + 5000, now - 5000].map((at) => ({ file, at })) });
  useTraceStore.setState({ rows: [...before, ...since(10, 1000)] });
  const { result } = renderHook(useLatency);
  expect(result.current.comparison).toMatchObject({ before: { requests: 5 }, after: { requests: 5 } });
  act(() => useSaveMarks.setState({ marks: [{ file, at: now + hourMs }] }));
  expect(result.current.comparison).toBeNull();
});
