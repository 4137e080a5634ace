import { expect, test } from "vitest";
import { ConcurrencyLimiter, type Permit } from "../../../server/http/exchange/concurrency-limiter.js";
import { ExchangeAbort } from "../../../server/http/exchange/exchange-abort.js";
import { exchangeMessage } from "../../../server/http/exchange/messages.js";

const stopped = { outcome: "stopped", cause: exchangeMessage("stopped-by-user"), status: 503 } as const;

function leave(place: Permit | "full" | "aborted"): void {
  if (typeof place === "string") throw new Error(`no place: ${place}`);
  place.release();
}

test("admits up to the limit, then queues, then is full", async () => {
  const limiter = new ConcurrencyLimiter();
  const limits = { concurrency: 2, queue: 1 };
  const [first, second] = [
    await limiter.acquire(limits, new ExchangeAbort()),
    await limiter.acquire(limits, new ExchangeAbort()),
  ];
  const third = limiter.acquire(limits, new ExchangeAbort());
  expect(await limiter.acquire(limits, new ExchangeAbort())).toBe("full");
  expect([limiter.running, limiter.queued]).toEqual([2, 1]);
  leave(first);
  leave(await third);
  leave(second);
  expect([limiter.running, limiter.queued]).toEqual([0, 0]);
});

test("leaving twice frees one place", async () => {
  const limiter = new ConcurrencyLimiter();
  const limits = { concurrency: 1, queue: 9 };
  const first = await limiter.acquire(limits, new ExchangeAbort());
  const [second] = [limiter.acquire(limits, new ExchangeAbort()), limiter.acquire(limits, new ExchangeAbort())];
  leave(first);
  leave(first);
  await second;
  expect([limiter.running, limiter.queued]).toEqual([1, 1]);
});

test("an aborted request leaves the queue, and later ones move up", async () => {
  const limiter = new ConcurrencyLimiter();
  const limits = { concurrency: 1, queue: 9 };
  const first = await limiter.acquire(limits, new ExchangeAbort());
  const exchangeAbort = new ExchangeAbort();
  const second = limiter.acquire(limits, exchangeAbort);
  const third = limiter.acquire(limits, new ExchangeAbort());
  exchangeAbort.abort(stopped);
  expect(await second).toBe("aborted");
  leave(first);
  leave(await third);
  expect([limiter.running, limiter.queued]).toEqual([0, 0]);
});

test("a raised limit lets the queue in with the next request", async () => {
  const limiter = new ConcurrencyLimiter();
  const low = { concurrency: 1, queue: 9 };
  await limiter.acquire(low, new ExchangeAbort());
  const waiting = limiter.acquire({ concurrency: 2, queue: 9 }, new ExchangeAbort());
  leave(await waiting);
  expect(limiter.running).toBe(1);
});
