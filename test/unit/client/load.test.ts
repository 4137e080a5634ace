// The load of a benchmark beside autocannon's, on a server that needs 20 ms for each response: both count
// what the server saw, and measure the same.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import autocannon from "autocannon";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Load, runLoad } from "../../../server/client/load.js";

const responseMs = 20;
let seen = 0;
/** Every so many requests fail, at once; 0: none. */
let failing = 0;
const server = createServer((_request, response) => {
  if (++seen % failing === 0) response.writeHead(503).end();
  else setTimeout(() => response.end("hello"), responseMs);
});
let address: AddressInfo;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("no address");
  address = bound;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const ours = (change: Partial<Load>) => {
  const request = Buffer.from(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${address.port}\r\n\r\n`).toString("base64");
  return runLoad(
    { host: "127.0.0.1", port: address.port, request, connections: 2, rate: null, ms: 1000, ...change },
    async () => {},
  );
};
const theirs = (duration: number) => autocannon({ url: `http://127.0.0.1:${address.port}/`, connections: 2, duration });

test.each([null, 100])("requests that fail at once are counted, and are in no rate or time (rate %s)", async (rate) => {
  failing = 2;
  seen = 0;
  const { latencies, sentLatencies, errors, statuses } = await ours({ rate });
  failing = 0;
  expect(errors).toBe(Math.floor(seen / 2));
  expect(latencies.length).toBe(seen - errors);
  expect(statuses).toEqual({ 200: latencies.length, 503: errors });
  expect(sentLatencies.length).toBe(rate === null ? 0 : latencies.length);
  expect(Math.min(...latencies)).toBeGreaterThan(responseMs / 2);
});

test("rate and response time are autocannon's (within a tenth, in one of several tries)", {
  timeout: 120_000,
}, async () => {
  const tries: string[] = [];
  const isNear = (one: number, other: number): boolean => Math.abs(one / other - 1) <= 0.1;
  for (let nth = 0; nth < 12; nth++) {
    const { latencies, tookMs } = await ours({});
    const { requests, latency, duration } = await theirs(1);
    const rates = [(latencies.length * 1000) / tookMs, requests.total / duration] as const;
    const sorted = latencies.toSorted((a, b) => a - b);
    const medians = [sorted[sorted.length >> 1] ?? 0, latency.p50] as const;
    if (isNear(...rates) && isNear(...medians)) return;
    tries.push(`${rates.join(" and ")} a second, ${medians.join(" and ")} ms`);
  }
  expect.fail(tries.join("\n"));
});

test("at a rate that one connection cannot keep, times from when requests were due show the wait", async () => {
  // 100 a second are due, and at most 50 are answered: each one waits longer than the one before.
  const { latencies, sentLatencies } = await ours({ connections: 1, rate: 100, ms: 500 });
  expect(sentLatencies.length).toBe(latencies.length);
  for (const [index, ms] of latencies.entries()) expect(ms).toBeGreaterThanOrEqual((sentLatencies[index] ?? 0) - 2);
  const waits = latencies.map((ms, index) => ms - (sentLatencies[index] ?? 0));
  expect(waits.at(-1)).toBeGreaterThan(responseMs * 5);
});

test("at a rate that leaves no time for some of the requests, those are counted", { timeout: 30_000 }, async () => {
  const { latencies, unsent } = await ours({ connections: 1, rate: 1000, ms: 500 });
  expect(latencies.length + unsent).toBe(500);
  expect(unsent).toBeGreaterThan(300); // in two and a half seconds at most 125 are answered
  expect((await ours({ connections: 1, rate: 20, ms: 300 })).unsent).toBe(0);
  expect((await ours({ connections: 1, ms: 100 })).unsent).toBe(0);
});

test("at a rate, requests are counted over the whole round, though the last response comes before its end", async () => {
  const { latencies, tookMs } = await ours({ connections: 1, rate: 2, ms: 1000 });
  expect(latencies.length).toBe(2);
  expect(tookMs).toBeGreaterThanOrEqual(1000);
  const slow = await ours({ connections: 1, rate: 100, ms: 100 });
  expect(slow.tookMs).toBeGreaterThan(150); // ten responses, one after the other
});

test("a connection that the server closed while no request was due is replaced, and is no failure", async () => {
  const before = server.keepAliveTimeout;
  server.keepAliveTimeout = 50; // node adds no more than a second to it
  try {
    const { latencies, errors } = await ours({ connections: 1, rate: 0.5, ms: 4500 });
    expect([latencies.length, errors]).toEqual([3, 0]);
  } finally {
    server.keepAliveTimeout = before;
  }
});
