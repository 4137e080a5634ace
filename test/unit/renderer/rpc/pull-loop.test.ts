// One loop for all long polls: it asks again after each answer and after each failure, and ends with its signal.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { pullLoop } from "../../../../renderer/rpc/pull-loop.js";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("the loop of long polls", () => {
  test("asks again after each answer, until the signal aborts", async () => {
    const stop = new AbortController();
    let asked = 0;
    const pull = async (): Promise<void> => {
      asked += 1;
      if (asked === 3) stop.abort();
    };
    await pullLoop("The list", pull, stop.signal);
    expect(asked).toBe(3);
  });

  test("a failure is reported, and tried again after a pause", async () => {
    const reported = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const stop = new AbortController();
    let asked = 0;
    const done = pullLoop(
      "The list",
      async () => {
        asked += 1;
        if (asked === 2) stop.abort();
        else throw new Error("the line is dead");
      },
      stop.signal,
    );
    await vi.advanceTimersByTimeAsync(499);
    expect(asked).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await done;
    expect(asked).toBe(2);
    expect(reported.mock.calls).toEqual([["The list could not be read; trying again.", expect.any(Error)]]);
  });

  test("what fails because of the abort is no failure", async () => {
    const reported = vi.spyOn(console, "error");
    const stop = new AbortController();
    const pull = (signal: AbortSignal): Promise<void> =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    const done = pullLoop("The list", pull, stop.signal);
    stop.abort();
    await done;
    expect(reported).not.toHaveBeenCalled();
  });
});
