// Limits of time that are longer than node's timers can be.
import { expect, test } from "vitest";
import { ExchangeAbort } from "../../../server/http/exchange/exchange-abort.js";
import { ExchangeTimeouts } from "../../../server/http/exchange/exchange-timeouts.js";

const monthMs = 30 * 86_400_000;

test.each([
  ["totalMs", { totalMs: monthMs, silenceMs: null }],
  ["silenceMs", { totalMs: null, silenceMs: monthMs }],
])("%s of 30 days does not end the exchange at once", async (_name, limit) => {
  const warnings: Error[] = [];
  const warned = (warning: Error): void => void warnings.push(warning);
  process.on("warning", warned);
  const abort = new ExchangeAbort();
  const limits = { concurrency: 1, queue: 1, requestBodyBytes: null, ...limit };
  const clock = new ExchangeTimeouts(limits, abort, () => "script");
  await new Promise((resolve) => setTimeout(resolve, 2)); // Node takes a time that is too long for 1 ms
  clock.stop();
  process.off("warning", warned);
  expect([abort.reason, warnings]).toEqual([null, []]);
});
