import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RowRate, throttle } from "../../../../renderer/platform/throttle.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the first call counts at once, those of a beat together, and the last always", () => {
  let done = 0;
  const act = throttle(() => void done++, 100);
  for (let call = 0; call < 3; call++) act();
  expect(done).toBe(1);
  vi.advanceTimersByTime(100);
  expect(done).toBe(2);
  act();
  vi.advanceTimersByTime(99);
  expect(done).toBe(2);
  vi.advanceTimersByTime(1);
  expect(done).toBe(3);
  vi.advanceTimersByTime(1000);
  expect(done).toBe(3);
  act();
  expect(done).toBe(4);
});

test("the beat may depend on how busy it is", () => {
  let done = 0;
  let everyMs = 100;
  const act = throttle(
    () => void done++,
    () => everyMs,
  );
  everyMs = 1000;
  act();
  act();
  vi.advanceTimersByTime(999);
  expect(done).toBe(1);
  vi.advanceTimersByTime(1);
  expect(done).toBe(2);
});

test("many rows in about a second are busy, and it is calm again soon after them", () => {
  const rate = new RowRate();
  for (let ms = 0; ms <= 2000; ms += 10) rate.add(1, ms);
  expect(rate.isBusy).toBe(true);
  rate.add(0, 4000);
  expect(rate.isBusy).toBe(false);
});
