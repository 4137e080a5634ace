// Limits of time that are longer than node's timers can be, or that pass while nothing can run.
import { afterEach, expect, test, vi } from "vitest";
import { ExchangeAbort } from "../../../server/http/base/exchange-abort.js";
import { ExchangeTimeouts } from "../../../server/http/exchange/exchange-timeouts.js";
import { coded } from "../../support/coded.js";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const monthMs = 30 * 86_400_000;
const others = { concurrency: 1, queue: 1, requestBodyBytes: null };

test.each([
  ["totalMs", { totalMs: monthMs, silenceMs: null }],
  ["silenceMs", { totalMs: null, silenceMs: monthMs }],
])("%s of 30 days does not end the exchange at once", async (_name, limit) => {
  const warnings: Error[] = [];
  const warned = (warning: Error): void => void warnings.push(warning);
  process.on("warning", warned);
  const abort = new ExchangeAbort();
  const clock = new ExchangeTimeouts({ ...others, ...limit }, abort, () => "script");
  await new Promise((resolve) => setTimeout(resolve, 2)); // Node takes a time that is too long for 1 ms
  clock.stop();
  process.off("warning", warned);
  expect([abort.reason, warnings]).toEqual([null, []]);
});

test("the time in which the machine slept does not count as silence", () => {
  const silenceMs = 60_000;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "clearImmediate"] });
  const clock = vi.spyOn(performance, "now").mockReturnValue(0);
  const abort = new ExchangeAbort();
  const timeouts = new ExchangeTimeouts({ ...others, silenceMs, totalMs: null }, abort, () => "script");
  /** The timer fires when it is `now`. */
  const fires = (now: number): void => {
    clock.mockReturnValue(now);
    vi.advanceTimersByTime(silenceMs + 1); // the check itself, and the one after a poll
  };
  fires(3_600_000);
  expect(abort.reason).toBeNull();
  fires(3_600_000 + silenceMs);
  expect(abort.reason?.cause).toEqual(coded("silent-responder", { responder: "script", limitMs: silenceMs }));
  timeouts.stop();
});
