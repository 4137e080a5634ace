// Blank lines before a request (RFC 9112 §2.2): skipped, and no sign of life.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { idleMs } from "../../../../server/http/front/http-limits.js";
import { FrontClient } from "../../../support/front-client.js";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

test("they are not held, and do not keep a connection open", () => {
  using client = new FrontClient();
  for (let ms = 0; ms < idleMs; ms += 1000) {
    expect(client.after(1000)).toBe("open");
    client.sends("\r\n".repeat(1000));
  }
  expect(client.held.bytes).toBe(0);
  expect(client.after(1000)).toBe("closed");
});

test("the time of the request behind them begins with its first byte", () => {
  using client = new FrontClient();
  client.sends("\r\n");
  vi.advanceTimersByTime(5000);
  client.sends("\r\nGET / HT");
  const began = performance.now();
  vi.advanceTimersByTime(5000);
  client.sends("TP/1.1\r\nHost: localhost\r\n\r\n");
  expect(client.asked.map(({ t0Ms }) => t0Ms)).toEqual([began]);
});
