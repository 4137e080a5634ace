// A slow disk does not count as silence, of a script or of a client.
import { promises } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { spoolAboveBytes } from "../../server/http/front/http-limits.js";
import { bodyOf, request, startGateway } from "../support/gateway.js";

const silenceMs = 1500;
/** What reads and writes an opened file. */
const slowWork: ReadonlySet<string | symbol> = new Set(["read", "appendFile"]);
let slowCalls = 0;

beforeEach(() => {
  const { open } = promises;
  slowCalls = 0;
  vi.spyOn(promises, "open").mockImplementation(async (...args) => {
    const file = await open(...args);
    return new Proxy(file, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== "function") return value;
        if (!slowWork.has(name)) return value.bind(target);
        return async (...given: unknown[]) => {
          if (slowCalls++ === 0) await delay(silenceMs * 2);
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
