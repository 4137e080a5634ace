// A request that is answered before its body came: its connection waits for the
// rest no longer than for another request.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { dropBodyMs, idleMs } from "../../../server/http/front/http-limits.js";
import { FrontClient } from "../../support/front-client.js";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

const head = (framing: string): string => `GET /page.html HTTP/1.1\r\nHost: localhost\r\n${framing}\r\n\r\n`;

test("after a response, silence in place of the body closes the connection like an idle one", () => {
  using client = new FrontClient();
  client.sends(head("Content-Length: 10"));
  expect(client.after(4 * idleMs), "the response has limits of its own").toBe("open");
  client.answer();
  expect(client.after(idleMs - 1000)).toBe("open");
  client.sends("x");
  expect(client.after(idleMs - 1000)).toBe("open");
  expect(client.after(2000)).toBe("closed");
});

test("a body that trickles or never ends is not read for ever", () => {
  using client = new FrontClient();
  client.sends(head("Transfer-Encoding: chunked"));
  client.answer();
  for (let ms = 0; ms + 10_000 <= dropBodyMs; ms += 10_000) {
    expect([ms, client.after(10_000)]).toEqual([ms, "open"]);
    client.sends("1\r\nx\r\n");
  }
  expect(client.after(1000)).toBe("closed");
});

test("a body that comes after all leaves the connection to the next request", () => {
  using client = new FrontClient();
  client.sends(head("Content-Length: 3"));
  client.answer();
  expect(client.after(idleMs - 1000)).toBe("open");
  client.sends(`abc${head("X: y")}`);
  expect(client.after(dropBodyMs * 2)).toBe("open");
  expect(client.asked).toHaveLength(2);
});

test("the client of a last response sees its end before the rest of the body came", () => {
  using client = new FrontClient();
  client.sends(head("Connection: close\r\nContent-Length: 3"));
  client.answer();
  expect([client.socket.writableEnded, client.socket.destroyed]).toEqual([true, false]);
});

test("what comes after a broken chunk is read and dropped", () => {
  using client = new FrontClient();
  client.sends(head("Transfer-Encoding: chunked"));
  client.asked[0]?.body.discard();
  client.sends("zz\r\n");
  expect(client.asked[0]?.exchangeAbort.reason?.cause.code).toBe("chunk-size-invalid");
  for (let n = 0; n < 20; n++) client.sends("x".repeat(1 << 16));
  expect([client.held.bytes, client.socket.isPaused()]).toEqual([0, false]);
});
