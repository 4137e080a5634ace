// How often a request runs when its application is careless with connections and processes: what must not run twice
// never does (RFC 9110 §9.2.2), and a request that no process had begun with is not lost.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { WorkerSlot } from "../../../server/runners/pool/worker-slot.js";
import { amount } from "../../support/evidence.js";
import { plain } from "../../support/fastcgi-gateway.js";
import { RunningProgram } from "../../support/fastcgi-programs.js";
import { bodyOf, startGateway } from "../../support/gateway.js";
import { repositoryRoot } from "../../support/repository.js";
import { program } from "../../support/temp-workspace.js";

const source = readFileSync(join(repositoryRoot, "test/fixtures/fastcgi/careless.py"));
const requests = 24;

/** Answers' statuses, and how often each request was begun with, in the order of the requests. */
async function careless(
  method: string,
  query: string,
): Promise<{ statuses: number[]; runs: number[]; attempts: (number | undefined)[] }> {
  // One process, so that each third request meets it at its carelessness.
  await using gateway = await startGateway({ config: { scripts: { "careless.fcgi": { workers: 1 } } } });
  gateway.file("careless.fcgi", source.toString());
  gateway.folder.makeExecutable("careless.fcgi");
  const body = "x".repeat(20_000); // the application leaves it unread
  const numbers = Array.from({ length: requests }, (_, n) => n);
  const answers = await Promise.all(
    numbers.map((n) =>
      gateway.ask(
        plain(
          method,
          `/careless.fcgi/${n}.?${query}`,
          method === "GET" ? [] : [`Content-Length: ${body.length}`],
          method === "GET" ? "" : body,
        ),
      ),
    ),
  );
  const ran = gateway.folder.read("ran.txt").split("\n");
  return {
    statuses: answers.map((answer) => Number(answer.slice(9, 12))),
    runs: numbers.map((n) => ran.filter((line) => line === String(n)).length),
    attempts: (await gateway.ended(requests)).map(({ fastcgi }) => fastcgi?.attempts),
  };
}

describe.skipIf(program("python3") === null)("an application in Python (needs python3)", { concurrent: true }, () => {
  test.each([
    ["POST", "closes"],
    ["POST", "dies"],
    ["GET", "dies"],
  ])("F12: a %s that it begins with and %s over is told as failed, and never runs again", async (method, query) => {
    const { statuses, runs, attempts } = await careless(method, query);
    expect(statuses.filter((status) => status === 502)).toHaveLength(requests / 3);
    expect(statuses.filter((status) => status === 200)).toHaveLength((requests / 3) * 2);
    expect(runs).toEqual(Array(requests).fill(1));
    expect(attempts).toEqual(Array(requests).fill(1));
  });

  test("F12: a get that it closes a kept connection over is asked again, and its trace says so", async () => {
    const { statuses, runs, attempts } = await careless("GET", "closes");
    expect(statuses).toEqual(Array(requests).fill(200));
    expect(runs.reduce((sum, n) => sum + n)).toBe(attempts.reduce<number>((sum, n = 0) => sum + n, 0));
    expect(Math.max(...runs)).toBeGreaterThan(1);
  });

  test.each(["managed", "external, connections kept"])(
    "F12: %s, it closes each connection after its answer: quick requests are all served, each once",
    { timeout: 120_000 },
    async (kind) => {
      const isExternal = kind !== "managed";
      const closing = join(repositoryRoot, "test/fixtures/fastcgi/closing.py");
      await using running = isExternal
        ? await RunningProgram.start({ name: "closing.py", command: (socket) => ["python3", closing, socket] })
        : null;
      const routes = running === null ? [] : [{ path: "/app", address: running.address, connections: 4 }];
      await using gateway = await startGateway({ config: { routes } });
      gateway.file("closing.fcgi", readFileSync(closing, "utf8"));
      gateway.folder.makeExecutable("closing.fcgi");
      const quick = amount(1000, 200);
      for (let n = 1; n <= quick; n++) {
        const answer = await gateway.ask(plain(n % 50 === 0 ? "POST" : "GET", isExternal ? "/app" : "/closing.fcgi"));
        expect(answer.slice(9, 12), `request ${n}`).toBe("200");
        expect(bodyOf(answer)).toBe(`request ${n}`);
      }
      const asked = (await gateway.ended(quick)).filter(({ fastcgi }) => fastcgi?.attempts !== 1);
      expect(asked.length, "asked again before it was known").toBeLessThanOrEqual(1);
    },
  );

  test.each(["POST", "GET"])(
    "F26: a process that ends itself after an answer loses no %s, and none runs twice",
    async (method) => {
      const { statuses, runs } = await careless(method, "retires");
      expect(statuses).toEqual(Array(requests).fill(200));
      expect(runs).toEqual(Array(requests).fill(1));
    },
  );
});

test.skipIf(program("python3") === null || process.platform !== "linux")(
  "F12: a process that closes a connection after its answer and lives is asked again without waiting for its end",
  async () => {
    await using gateway = await startGateway({});
    gateway.file("closing.fcgi", readFileSync(join(repositoryRoot, "test/fixtures/fastcgi/closing.py"), "utf8"));
    gateway.folder.makeExecutable("closing.fcgi");
    const waits = vi.spyOn(WorkerSlot.prototype, "waitForExit");
    for (let n = 1; n <= 3; n++) expect(bodyOf(await gateway.ask(plain("GET", "/closing.fcgi")))).toBe(`request ${n}`);
    expect((await gateway.ended(3)).map(({ fastcgi }) => fastcgi?.attempts)).toEqual([1, 2, 1]);
    expect(waits).not.toHaveBeenCalled();
    waits.mockRestore();
  },
);
