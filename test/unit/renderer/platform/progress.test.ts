import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { patienceMs, useProgress, withProgress } from "../../../../renderer/platform/progress.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const shown = (): string[] => useProgress.getState().running.map(({ text }) => text);

describe("progress", () => {
  test("quick work shows nothing", async () => {
    const done = withProgress("Opening", async () => 7);
    expect(await done).toBe(7);
    vi.advanceTimersByTime(10 * patienceMs);
    expect(shown()).toEqual([]);
  });

  test("what takes longer is shown until it is over, however it ends", async () => {
    const ends: ((error?: Error) => void)[] = [];
    const long = () =>
      new Promise<void>((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve())));
    const first = withProgress("First", long);
    const second = withProgress("Second", long);
    vi.advanceTimersByTime(patienceMs - 1);
    expect(shown()).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(shown()).toEqual(["First", "Second"]);
    ends[0]?.();
    await first;
    expect(shown()).toEqual(["Second"]);
    ends[1]?.(new Error("no"));
    await expect(second).rejects.toThrow("no");
    expect(shown()).toEqual([]);
  });

  test("cancelling aborts the work, which says how it ends", async () => {
    const work = withProgress(
      "Slow",
      (signal) => new Promise<string>((resolve) => signal.addEventListener("abort", () => resolve("stopped"))),
    );
    vi.advanceTimersByTime(patienceMs);
    useProgress.getState().running[0]?.cancel();
    expect(await work).toBe("stopped");
    expect(shown()).toEqual([]);
  });
});
