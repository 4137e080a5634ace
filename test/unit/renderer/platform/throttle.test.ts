import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { throttle } from "../../../../renderer/platform/throttle.js";

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
