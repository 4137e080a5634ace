import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { beforeIdle, whenIdle, whenUnused } from "../../../../renderer/platform/when-idle.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("what is shown is waited for, and then what can come later begins", async () => {
  let resolve = (): void => {};
  const begin = vi.fn();
  beforeIdle(new Promise<void>((done) => (resolve = done)));
  whenIdle(begin);
  await vi.advanceTimersByTimeAsync(1000);
  expect(begin).not.toHaveBeenCalled();
  resolve();
  await vi.advanceTimersByTimeAsync(1000);
  expect(begin).toHaveBeenCalledOnce();
});

test("what was cancelled does not begin", async () => {
  const begin = vi.fn();
  whenIdle(begin)();
  await vi.advanceTimersByTimeAsync(1000);
  expect(begin).not.toHaveBeenCalled();
});

test.each(["wheel", "keydown", "pointerdown", "touchmove"])(
  "code that nobody asked for waits for %s to end",
  async (type) => {
    const begin = vi.fn();
    whenUnused(begin);
    for (let time = 0; time < 10; time++) {
      dispatchEvent(new Event(type));
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(begin).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1000);
    expect(begin).toHaveBeenCalledOnce();
  },
);

test("it begins at once where nobody does anything, and once", async () => {
  const begin = vi.fn();
  whenUnused(begin);
  await vi.advanceTimersByTimeAsync(50);
  dispatchEvent(new Event("wheel"));
  await vi.advanceTimersByTimeAsync(1000);
  expect(begin).toHaveBeenCalledOnce();
});
