// Workers that are closed or replaced while requests wait for them or run on them: no request is lost (needs python3).
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { config } from "../../../server/contract/config.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import { Routing } from "../../../server/routing/routing.js";
import type { Starter } from "../../../server/spawn/start.js";
import { Interpreters } from "../../../server/workspace/interpreters/interpreters.js";
import { headOf, request, startGateway, type TestGateway } from "../../support/gateway.js";
import { isAlive } from "../../support/processes.js";
import { repositoryRoot } from "../../support/repository.js";
import { program } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const source = readFileSync(join(repositoryRoot, "test/fixtures/fastcgi/app.py"), "utf8");
/** Says in a file that it has begun with a request, and answers once there is the file "go". */
const waiting = source.replace(
  "            count += 1\n",
  `            count += 1
            open(f"begun-{os.getpid()}", "w").close()
            while not os.path.exists("go"):
                __import__("time").sleep(0.02)
`,
);

async function serving(
  workers: number,
  application: string,
  wrapStarter: (starter: Starter) => Starter = (starter) => starter,
): Promise<TestGateway> {
  const gateway = await startGateway({
    config: { scripts: { "app.fcgi": { workers } } },
    wrapStarter,
  });
  gateway.script("app.fcgi", application);
  return gateway;
}

/** What happens when the configuration is saved with another number of workers. */
function saveWorkers({ folder, workers }: TestGateway, count: number): void {
  const interpreters = new Interpreters({ environment: process.env, cwd: folder.path, onChange: () => {} });
  const saved = config.parse({ scripts: { "app.fcgi": { workers: count } } });
  const routing = new Routing({ root: folder.path, config: saved, interpreters });
  workers.refresh((path) => routing.resolve({ path, query: byteString("") }));
  void interpreters.dispose();
}

/** A starter whose first `count` starts wait for `goOn`; the start of the number `refused` then fails. */
function held(count: number, refused: number | null = null) {
  let goOn = (): void => {};
  const until = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let starts = 0;
  const wrap = (starter: Starter): Starter => ({
    kind: starter.kind,
    start: async (options, events) => {
      const nth = ++starts;
      if (nth <= count) await until;
      if (nth === refused) throw new Error("the system refuses it");
      return starter.start(options, events);
    },
    dispose: () => starter.dispose(),
  });
  return { goOn, wrap, starts: () => starts };
}

const application = (gateway: TestGateway) => gateway.workers.list()[0];
const workers = (gateway: TestGateway) => application(gateway)?.workers ?? [];
const inState = (gateway: TestGateway, wanted: string) => workers(gateway).filter(({ state }) => state === wanted);
const pidIn = (answer: string): number => Number(/pid (\d+)/.exec(answer)?.[1] ?? Number.NaN);

describe.skipIf(program("python3") === null)("workers that are closed or replaced", () => {
  test.each([
    ["starts", null],
    ["does not start", 2],
  ])(
    "F26: fewer workers while two requests wait for theirs to start: one worker serves both; the other %s",
    async (_how, refused) => {
      const { goOn, wrap, starts } = held(2, refused);
      await using gateway = await serving(2, source, wrap);
      const answers = [gateway.get("/app.fcgi")];
      await waitFor("the first worker is being started", () => starts() === 1);
      answers.push(gateway.get("/app.fcgi"));
      await waitFor("two are being started", () => starts() === 2);
      saveWorkers(gateway, 1);
      goOn();
      const [one = "", other = ""] = await Promise.all(answers);
      expect([headOf(one), headOf(other)]).toEqual([
        expect.stringContaining("200 OK"),
        expect.stringContaining("200 OK"),
      ]);
      expect(pidIn(other)).toBe(pidIn(one));
      expect(application(gateway)).toMatchObject({ problem: null, workers: [{ pid: pidIn(one) }] });
    },
  );

  test("F26: fewer workers while two requests run and one waits: all are served, and one process is left", async () => {
    await using gateway = await serving(2, waiting);
    const answers = [gateway.get("/app.fcgi"), gateway.get("/app.fcgi")];
    await waitFor("both run", () => {
      const pids = workers(gateway).flatMap(({ pid }) => pid ?? []);
      return pids.length === 2 && pids.every((pid) => existsSync(gateway.folder.file(`begun-${pid}`)));
    });
    answers.push(gateway.get("/app.fcgi"));
    await waitFor("the third waits", () => application(gateway)?.queued === 1);
    saveWorkers(gateway, 1);
    gateway.folder.write("go", "");
    const [one = "", other = "", third = ""] = await Promise.all(answers);
    for (const answer of [one, other, third]) expect(headOf(answer)).toContain("200 OK");
    expect(workers(gateway).map(({ pid }) => pid)).toEqual([pidIn(third)]);
    await waitFor("the others are gone", () => ![one, other].some((answer) => isAlive(pidIn(answer))));
  });

  test("F26: restarted while a request waits for the end of the pause after a crash: it is served", async () => {
    await using gateway = await serving(1, source);
    const pid = pidIn(await gateway.get("/app.fcgi"));
    process.kill(pid, "SIGSTOP");
    const answer = gateway.get("/app.fcgi");
    await waitFor("it was given to the process", () => inState(gateway, "busy").length === 1);
    process.kill(pid, "SIGKILL");
    await waitFor("it waits for the next process", () => inState(gateway, "backing-off")[0]?.currentTrace ?? null);
    gateway.workers.restart("app.fcgi", "fastcgi");
    expect(headOf(await answer)).toContain("200 OK");
  });

  test("F26: workers that end while one is being started: its request is told so", async () => {
    const { goOn, wrap, starts } = held(1);
    await using gateway = await serving(1, source, wrap);
    const client = await gateway.connect();
    client.send(request("GET", "/app.fcgi", ["Connection: close"]));
    await waitFor("one is being started", () => starts() === 1);
    await gateway.workers.close();
    expect(headOf(await client.rest())).toContain(" 502 ");
    goOn();
    expect((await gateway.trace()).outcome).not.toBe("ok");
  });
});
