// When the event loop stays awake for what comes soon, and when it sleeps.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { BusyWait, maxBusyMs } from "../../../server/http/front/busy-wait.js";

const { forRequest, forResponse } = maxBusyMs;
const short = forRequest / 2;

let waiting: (() => void)[] = [];
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
  waiting = [];
  vi.stubGlobal("setImmediate", (call: () => void) => waiting.push(call));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const isAwake = () => waiting.length > 0;
/** Of the event loop. */
const turn = () => {
  for (const call of waiting.splice(0)) call();
};
const began = (wait: BusyWait, lastMs: number) => wait.exchangeBegan(performance.now(), lastMs);
const ended = (wait: BusyWait, lastMs: number) => wait.exchangeEnded(performance.now(), lastMs);

test("stays awake while a short exchange and a short gap are awaited", () => {
  const wait = new BusyWait(2);
  began(wait, short);
  turn();
  expect(isAwake()).toBe(true);
  ended(wait, short);
  turn();
  expect(isAwake()).toBe(true);
});

test("sleeps when the last wait was long, or nothing follows", () => {
  const wait = new BusyWait(2);
  began(wait, forResponse * 2);
  expect(isAwake()).toBe(false);
  ended(wait, forRequest * 2);
  expect(isAwake()).toBe(false);
  began(wait, forRequest * 2); // short for a response
  ended(wait, Number.POSITIVE_INFINITY);
  turn();
  expect(isAwake()).toBe(false);
});

test("stays awake no longer than a short wait", () => {
  const wait = new BusyWait(2);
  began(wait, short);
  turn();
  expect(isAwake()).toBe(true);
  vi.advanceTimersByTime(forResponse * 2);
  turn();
  expect(isAwake()).toBe(false);
});

test("sleeps while several exchanges are under way", () => {
  const wait = new BusyWait(2);
  began(wait, short);
  began(wait, short);
  turn();
  expect(isAwake()).toBe(false);
  ended(wait, short);
  expect(isAwake()).toBe(false);
  ended(wait, short);
  expect(isAwake()).toBe(true);
});

test("leaves the only processor to the script", () => {
  const wait = new BusyWait(1);
  began(wait, short);
  expect(isAwake()).toBe(false);
});
