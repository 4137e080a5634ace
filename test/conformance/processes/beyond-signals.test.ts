// Processes that no signal ends: one that changed to another user, or hangs in the kernel. Nothing waits for them for
// ever. The tests' own end as soon as they are asked to: here the signals are not sent.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Starter } from "../../../server/spawn/start.js";
import { headOf, request, startGateway, type TestGateway } from "../../support/gateway.js";
import { notingExits } from "../../support/noting-exits.js";
import { isAlive } from "../../support/processes.js";
import { waitFor, within } from "../../support/wait-for.js";

const started: number[] = [];
let exits = 0;
const unreachable = (real: Starter): Starter => {
  const noting = notingExits(real, () => {
    exits++;
  });
  return {
    ...noting,
    start: async (options, events) => {
      const { pid, stdin, stdout, stderr } = await noting.start(options, events);
      started.push(pid);
      return { pid, stdin, stdout, stderr, end: () => {}, survivors: () => [], escaped: () => [] };
    },
  };
};

let gateway: TestGateway;
beforeEach(async () => {
  exits = 0;
  gateway = await startGateway({ config: { limits: { concurrency: 1 } }, wrapStarter: unreachable });
  gateway.script("held.cgi", "printf 'Content-Type: text/plain\\n\\nbegun'; exec sleep 60");
  gateway.script("next.cgi", "printf 'Content-Type: text/plain\\n\\nserved'");
  gateway.script("held.fcgi", "exec sleep 60");
});
afterEach(async () => {
  for (const pid of started.splice(0)) if (isAlive(pid)) process.kill(pid, "SIGKILL");
  await gateway[Symbol.asyncDispose]();
});

describe("a process that no signal reaches", () => {
  test("its request ends without an exit code, and the next one is served", async () => {
    const client = await gateway.connect();
    client.send(request("GET", "/held.cgi"));
    await client.until("begun");
    client.socket.destroy();
    const next = await gateway.get("/next.cgi");
    expect(headOf(next)).toContain(" 200 ");
    const [held] = await gateway.ended(1);
    expect(held?.outcome).toBe("client-gone");
    expect(held?.process).toMatchObject({ pid: started[0], exitCode: null, signal: null, errno: null });
    const pid = started[0] ?? 0;
    expect(isAlive(pid)).toBe(true);
    const before = exits;
    process.kill(pid, "SIGKILL");
    await waitFor("its exit comes after all", () => exits > before);
    expect((await gateway.ended(2)).map(({ process }) => process?.signal ?? null)).toEqual([null, null]);
  });

  test.each(["/held.cgi", "/held.fcgi"])("the end of the server does not wait for it: %s", async (target) => {
    const client = await gateway.connect();
    client.send(request("GET", target));
    await waitFor("it runs", () => started.length > 0);
    await within("the server is closed", Promise.all([gateway.listener.close(), gateway.workers.close()]), 9000);
    expect(isAlive(started[0] ?? 0)).toBe(true);
    await client.rest();
  });
});
