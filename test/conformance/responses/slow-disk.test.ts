// A slow disk does not count as silence, of a script or of a client.
import { promises } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { spoolAboveBytes } from "../../../server/http/front/http-limits.js";
import { bodyOf, request, startGateway } from "../../support/gateway.js";

const silenceMs = 1500;
/** What reads and writes an opened file. */
const slowWork: ReadonlySet<string | symbol> = new Set(["read", "appendFile"]);
let slowCalls = 0;
/** How long the first call takes. */
let slowMs = 0;

beforeEach(() => {
  const { open } = promises;
  [slowCalls, slowMs] = [0, silenceMs * 2];
  vi.spyOn(promises, "open").mockImplementation(async (...args) => {
    const file = await open(...args);
    return new Proxy(file, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== "function") return value;
        if (!slowWork.has(name)) return value.bind(target);
        return async (...given: unknown[]) => {
          if (slowCalls++ === 0) await delay(slowMs);
          return Reflect.apply(value, target, given);
        };
      },
    });
  });
  syncBuiltinESMExports(); // the named imports, too
});
afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

test("a static file comes late and whole", async () => {
  await using gateway = await startGateway({ config: { limits: { silenceMs } } });
  gateway.file("late.bin", "content");
  expect(bodyOf(await gateway.get("/late.bin"))).toBe("content");
  expect(await gateway.trace()).toMatchObject({ outcome: "ok" });
  expect(slowCalls).toBeGreaterThan(0);
});

test("an upload whose temporary file is written late reaches its script", async () => {
  await using gateway = await startGateway({ config: { limits: { silenceMs } } });
  gateway.script("x.sh", 'printf "Content-Type: text/plain\\n\\n"; wc -c');
  const size = spoolAboveBytes + 1;
  const chunked = `${size.toString(16)}\r\n${"x".repeat(size)}\r\n0\r\n\r\n`;
  const head = ["Connection: close", "Transfer-Encoding: chunked"];
  expect(bodyOf(await gateway.ask(request("POST", "/x.sh", head, chunked)))).toContain(String(size));
  expect(await gateway.trace()).toMatchObject({ outcome: "ok" });
  expect(slowCalls).toBeGreaterThan(0);
});

test("the time of the disk is not the client's, which may then pause for nearly as long as the limit", async () => {
  await using gateway = await startGateway({ config: { limits: { silenceMs: 2 * silenceMs } } });
  slowMs = 1.6 * silenceMs;
  gateway.script("x.sh", 'printf "Content-Type: text/plain\\n\\n"; wc -c');
  const size = spoolAboveBytes + 1;
  const first = `${size.toString(16)}\r\n${"x".repeat(size)}\r\n`;
  const client = connect(gateway.port, "127.0.0.1");
  client.write(request("POST", "/x.sh", ["Connection: close", "Transfer-Encoding: chunked"], first));
  setTimeout(() => client.write("0\r\n\r\n"), slowMs + 1.2 * silenceMs);
  expect(await text(client)).toContain(String(size));
  expect(slowCalls).toBeGreaterThan(0);
});
