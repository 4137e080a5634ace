// What a script, an application or a signal may do to an agent, the same for every agent and mode: the
// request is answered or ended, the next one is served, nothing is left behind. What is particular to
// one agent is in the files of that agent.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { AgentProcess } from "../../support/agents/agent-process.js";
import { type Faulty, faulty, isMissing, startFaulty, startLoop, workersOf } from "../../support/agents/faulty.js";
import { isAlive, limitMemory, ofLiving, processes, waitUntilGone } from "../../support/processes.js";
import { program, tempFolder } from "../../support/temp-workspace.js";
import { settled, waitFor } from "../../support/wait-for.js";

/** The fraction tells them from the processes of other tests. */
const child = `20.${process.pid}`;

/** Any sequence that is the same in each run. */
const seeded = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
  return seed / 2 ** 31;
};

const ask = (agent: AgentProcess, query: string) => agent.ask({ QUERY_STRING: query });

async function expectFine(agent: AgentProcess, { isApplication }: Faulty, after: string): Promise<void> {
  const { stdout, stderr, status, failure } = await ask(agent, "fine");
  const body = stdout.toString().replace(/^[\s\S]*?\r?\n\r?\n/, "");
  const expected = isApplication ? "fine\n" : "fine 1 True\n";
  expect({ after, body, stderr: stderr.toString(), status, failure }).toEqual({
    ...{ after, body: expected, stderr: "", status: 0, failure: null },
  });
}

/** User and system time of a process and those of its children that ended, in ticks. */
function processorTicks(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0);
}

for (const one of faulty)
  describe.skipIf(isMissing(one))(`${one.language}, ${one.mode} (needs ${one.needs})`, { timeout: 180_000 }, () => {
    test.each(["kill", "core", "descriptors", "thread", `child=${child}`])("%s", async (fault) => {
      using folder = tempFolder();
      await using agent = await startFaulty(one, folder);
      for (const time of [1, 2, 3]) {
        const { failure, status } = await ask(agent, fault);
        // an application that ends its process ends the connection
        if (!one.isApplication || !["kill", "descriptors"].includes(fault)) expect(failure).toBeNull();
        if (fault === "kill" && !one.isApplication) expect(status).toBe(256 + 9);
        await expectFine(agent, one, `${fault}, ${time}`);
      }
      for (const worker of workersOf(agent)) await settled(() => (isAlive(worker) ? processorTicks(worker) : 0));
      for (const { pid, command } of processes())
        if (command === `sleep ${child}`) ofLiving(pid, () => process.kill(pid));
    });

    test.skipIf(one.isApplication)("--error500 responds with the number of the signal", async () => {
      using folder = tempFolder();
      await using agent = await startFaulty(one, folder, "--error500");
      const { stdout, status } = await ask(agent, "early");
      expect([status, stdout.toString()]).toEqual([256 + 9, expect.stringMatching(/^Status: 500 [\s\S]*\b9\b/)]);
    });

    test.skipIf(program("prlimit") === null)("takes all memory that it may have (needs prlimit)", async () => {
      using folder = tempFolder();
      await using agent = await startFaulty(one, folder);
      await expectFine(agent, one, "the start");
      limitMemory(agent.pid, 300_000_000);
      const failed = await ask(agent, "memory");
      expect(failed.failure !== null || failed.status !== 0).toBe(true);
      if (!one.isApplication) expect(failed.failure).toBeNull();
      await expectFine(agent, one, "memory");
    });

    test("loops for ever while another worker serves; TERM leaves nothing", async () => {
      using folder = tempFolder();
      await using agent = await startFaulty(one, folder, "--workers=2", "--children=1");
      const loop = await startLoop(agent);
      for (let time = 0; time < 5; time++) await expectFine(agent, one, "a loop beside it");
      if (!one.isApplication) {
        loop.client.socket.destroy();
        await waitFor("the script has ended", () => !isAlive(loop.pid), 60_000);
        await expectFine(agent, one, "a loop whose client left");
      }
      const gone = once(agent.child, "exit");
      agent.child.kill("SIGTERM");
      await gone;
      await waitUntilGone(folder.path);
    });

    test("200 requests at once on 2 workers", async () => {
      using folder = tempFolder();
      await using agent = await startFaulty(one, folder, "--workers=2");
      const answers = await Promise.all(Array.from({ length: 200 }, () => ask(agent, "quick")));
      expect(
        answers.filter(({ stdout, status }) => status !== 0 || !/\n\r?\nquick\n$/.test(stdout.toString())),
      ).toEqual([]);
    });

    test.each(["SIGTERM", "SIGKILL"] as const)("%s of the master at any moment leaves nothing", async (signal) => {
      const random = seeded(signal.length + one.mode.length);
      for (let time = 0; time < 4; time++) {
        using folder = tempFolder();
        await using agent = await startFaulty(one, folder, "--workers=2");
        const asking = Array.from({ length: 6 }, (_, n) => ask(agent, n < time % 3 ? "loop" : "quick"));
        for (let turn = (time === 0 ? 0 : 60) * random(); turn > 0; turn--)
          await new Promise((resolve) => setImmediate(resolve));
        const gone = once(agent.child, "exit");
        agent.child.kill(signal);
        await gone;
        await waitUntilGone(folder.path, 60_000);
        await Promise.all(asking);
      }
    });
  });

const perl = faulty.filter(({ language, isApplication }) => language === "perl" && !isApplication);
describe.each(perl)("a Perl script that never gets compiled, $mode (needs perl)", (one) => {
  test.skipIf(isMissing(one)).each(["SIGTERM", "SIGKILL"] as const)(
    "does not outlive its master: %s",
    async (signal) => {
      using folder = tempFolder();
      folder.write("compiles-for-ever", "");
      await using agent = await startFaulty(one, folder);
      const [worker = 0] = await waitFor("a worker", () => (workersOf(agent).length > 0 ? workersOf(agent) : null));
      await waitFor("it computes", () => processorTicks(worker) > 5, 60_000);
      const gone = once(agent.child, "exit");
      agent.child.kill(signal);
      await gone;
      await waitUntilGone(folder.path, 60_000);
    },
  );
});
