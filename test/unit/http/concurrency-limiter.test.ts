import { expect, test } from "vitest";
import { ConcurrencyLimiter, type Permit } from "../../../server/http/base/concurrency-limiter.js";
import { ExchangeAbort } from "../../../server/http/base/exchange-abort.js";
import { exchangeMessage } from "../../../server/http/exchange/messages.js";

const stopped = { outcome: "stopped", cause: exchangeMessage("stopped-by-user"), status: 503 } as const;

function leave(place: Permit | "full" | "aborted"): void {
  if (typeof place === "string") throw new Error(`no place: ${place}`);
  place.release();
}

test("admits up to the limit, then queues, then is full", async () => {
  const limiter = new ConcurrencyLimiter(() => ({ concurrency: 2, queue: 1 }));
  const [first, second] = [await limiter.acquire(new ExchangeAbort()), await limiter.acquire(new ExchangeAbort())];
  const third = limiter.acquire(new ExchangeAbort());
  expect(await limiter.acquire(new ExchangeAbort())).toBe("full");
  expect([limiter.running, limiter.queued]).toEqual([2, 1]);
  leave(first);
  leave(await third);
  leave(second);
  expect([limiter.running, limiter.queued]).toEqual([0, 0]);
});

test("leaving twice frees one place", async () => {
  const limiter = new ConcurrencyLimiter(() => ({ concurrency: 1, queue: 9 }));
  const first = await limiter.acquire(new ExchangeAbort());
  const [second] = [limiter.acquire(new ExchangeAbort()), limiter.acquire(new ExchangeAbort())];
  leave(first);
  leave(first);
  await second;
  expect([limiter.running, limiter.queued]).toEqual([1, 1]);
});

test("an aborted request leaves the queue, and later ones move up", async () => {
  const limiter = new ConcurrencyLimiter(() => ({ concurrency: 1, queue: 9 }));
  const first = await limiter.acquire(new ExchangeAbort());
  const exchangeAbort = new ExchangeAbort();
  const second = limiter.acquire(exchangeAbort);
  const third = limiter.acquire(new ExchangeAbort());
  exchangeAbort.abort(stopped);
  expect(await second).toBe("aborted");
  leave(first);
  leave(await third);
  expect([limiter.running, limiter.queued]).toEqual([0, 0]);
});

test("a raised limit lets the queue in, and a lowered one holds for it, too", async () => {
  let concurrency = 1;
  const limiter = new ConcurrencyLimiter(() => ({ concurrency, queue: 9 }));
  const counts = () => [limiter.running, limiter.queued];
  const acquire = () => limiter.acquire(new ExchangeAbort());
  const places = Array.from({ length: 5 }, acquire);
  expect(counts()).toEqual([1, 4]);
  concurrency = 4;
  limiter.admitWaiting();
  expect(counts()).toEqual([4, 1]);
  concurrency = 2;
  const countsAfter: number[][] = [];
  for (const place of places.slice(0, 3)) {
    leave(await place);
    countsAfter.push(counts());
  }
  expect(countsAfter).toEqual([
    [3, 1],
    [2, 1],
    [2, 0],
  ]);
});
