// The pause before a restart, while the clock is set.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RestartPause } from "../../../server/runners/pool/restart-pause.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("lasts no longer when the clock is set back", () => {
  let isOver = false;
  const pause = new RestartPause(() => {
    isOver = true;
  });
  const ms = pause.begin(Number.POSITIVE_INFINITY);
  expect(pause.until).toBe(Date.now() + ms);
  vi.setSystemTime(Date.now() - 3_600_000);
  vi.advanceTimersByTime(ms / 2);
  expect(pause.leftMs).toBe(ms / 2);
  vi.advanceTimersByTime(ms / 2);
  expect([isOver, pause.leftMs, pause.until]).toEqual([true, null, null]);
});
