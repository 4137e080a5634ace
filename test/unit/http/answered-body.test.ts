// A request that is answered before its body came: its connection waits for the
// rest no longer than for another request.
import { Socket } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { BusyWait } from "../../../server/http/front/busy-wait.js";
import { Connection } from "../../../server/http/front/connection.js";
import { HeldBytes } from "../../../server/http/front/held-bytes.js";
import { dropBodyMs, heldLimits, idleMs } from "../../../server/http/front/http-limits.js";
import type { Incoming } from "../../../server/http/front/incoming.js";
import { LastHeads } from "../../../server/http/front/read-request.js";
import { defaultPolicy } from "../../../server/protocol/policy.js";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

class Client implements Disposable {
  readonly socket = new Socket();
  readonly asked: Incoming[] = [];
  readonly #connection = new Connection(this.socket, {
    id: 1,
    handler: { handle: (incoming) => void this.asked.push(incoming), refuse: () => {} },
    held: new HeldBytes(heldLimits),
    lastHeads: new LastHeads(),
    busyWait: new BusyWait(),
    policy: () => defaultPolicy,
    otherUser: () => null,
  });

  sends(text: string): void {
    this.#connection.received(Buffer.from(text));
  }

  answer(): void {
    this.asked.at(-1)?.release();
  }

  after(ms: number): "open" | "closed" {
    vi.advanceTimersByTime(ms);
    this.#connection.checkTimeouts(performance.now(), false);
    return this.socket.writableEnded || this.socket.destroyed ? "closed" : "open";
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }
}

const head = (framing: string): string => `GET /page.html HTTP/1.1\r\nHost: localhost\r\n${framing}\r\n\r\n`;

test("after a response, silence in place of the body closes the connection like an idle one", () => {
  using client = new Client();
  client.sends(head("Content-Length: 10"));
  expect(client.after(4 * idleMs), "the response has limits of its own").toBe("open");
  client.answer();
  expect(client.after(idleMs - 1000)).toBe("open");
  client.sends("x");
  expect(client.after(idleMs - 1000)).toBe("open");
  expect(client.after(2000)).toBe("closed");
});

test("a body that trickles or never ends is not read for ever", () => {
  using client = new Client();
  client.sends(head("Transfer-Encoding: chunked"));
  client.answer();
  for (let ms = 0; ms + 10_000 <= dropBodyMs; ms += 10_000) {
    expect([ms, client.after(10_000)]).toEqual([ms, "open"]);
    client.sends("1\r\nx\r\n");
  }
  expect(client.after(1000)).toBe("closed");
});

test("a body that comes after all leaves the connection to the next request", () => {
  using client = new Client();
  client.sends(head("Content-Length: 3"));
  client.answer();
  expect(client.after(idleMs - 1000)).toBe("open");
  client.sends(`abc${head("X: y")}`);
  expect(client.after(dropBodyMs * 2)).toBe("open");
  expect(client.asked).toHaveLength(2);
});
