// Faults: what scripts and signals may do to the Python agent. Every request is answered,
// workers are replaced, nothing is left behind.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { AgentProcess, agentModes } from "../../support/agents/agent-process.js";
import { RecordClient } from "../../support/agents/record-client.js";
import { canListProcesses, descendants, openDescriptors, processes, residentBytes } from "../../support/processes.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const head = 'import os, sys, time\nprint("Content-Type: text/plain\\n", flush=True)\n';
/** Any sequence that is the same in each run. */
const seeded = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
  return seed / 2 ** 31;
};

/** Before the first response there are processes that try which modules can be preloaded. */
async function workerOf(agent: AgentProcess): Promise<number> {
  expect((await agent.ask()).status).toBe(0);
  return waitFor("a worker", () => descendants(agent.pid).find(({ parent }) => parent === agent.pid)?.pid ?? null);
}

describe.skipIf(program("python3") === null || !canListProcesses).each(agentModes)("%s (needs python3)", (mode) => {
  const start = (folder: TempFolder, ...options: string[]) =>
    AgentProcess.start({ language: "python", mode, script: folder.file("script.py"), options });

  test("200 requests at once on 2 workers are answered", async () => {
    using folder = tempFolder();
    folder.write("script.py", `${head}print(os.environ["QUERY_STRING"])\n`);
    await using agent = await start(folder, "--workers=2");
    const asked = Array.from({ length: 200 }, (_, n) => `n=${n}`);
    const answers = await Promise.all(asked.map((query) => agent.ask({ QUERY_STRING: query })));
    expect(answers.map(({ stdout, status }) => [status, stdout.toString().split("\n\n")[1]])).toEqual(
      asked.map((query) => [0, `${query}\n`]),
    );
  });

  test("a worker that is killed is replaced, and the next request is served", async () => {
    using folder = tempFolder();
    folder.write("script.py", `${head}print("served")\n`);
    await using agent = await start(folder);
    for (let time = 0; time < 3; time++) {
      const worker = await workerOf(agent);
      process.kill(worker, "SIGKILL");
      expect((await agent.ask()).stdout.toString()).toContain("served");
    }
  });

  test("a script that breaks what is put back after it is answered, and so is the next request", async () => {
    using folder = tempFolder();
    folder.write("script.py", `${head}import logging\nlogging.Logger.manager.loggerDict = None\nprint("served")\n`);
    await using agent = await start(folder);
    for (let time = 0; time < 3; time++) {
      const { stdout, stderr, status } = await agent.ask();
      expect([stdout.toString(), stderr.toString(), status]).toEqual(["Content-Type: text/plain\n\nserved\n", "", 0]);
    }
  });

  test.each(["SIGTERM", "SIGKILL"] as const)("%s to the master at any moment leaves nothing", async (signal) => {
    const random = seeded(7);
    for (let time = 0; time < 4; time++) {
      using folder = tempFolder();
      folder.write(
        "script.py",
        `${head}time.sleep(0.02)\nprint("x" * 100000)\nsys.stdin.read()\nwhile len(sys.argv) > 1: pass\n`,
      );
      const script = folder.file("script.py");
      await using agent = await AgentProcess.start({ language: "python", mode, script, options: ["--workers=2"] });
      const asking = Array.from({ length: 6 }, (_, n) =>
        agent.ask({ QUERY_STRING: n === 0 && time % 2 ? "loop" : "" }),
      );
      for (let turn = 40 * random(); turn > 0; turn--) await new Promise((resolve) => setImmediate(resolve));
      const gone = once(agent.child, "exit");
      agent.child.kill(signal);
      await gone;
      await waitFor("every process has ended", () => !processes().some(({ command }) => command.includes(script)));
      await Promise.all(asking);
    }
  });

  test("a script that breaks the builtins, closes every descriptor or leaves things behind harms no later request", async () => {
    using folder = tempFolder();
    folder.write(
      "script.py",
      `${head}import builtins, threading, subprocess, signal
what = os.environ["QUERY_STRING"]
if what == "builtins":
    for name in list(vars(builtins)): setattr(builtins, name, None)
if what == "descriptors": os.closerange(0, 4096)
if what == "thread": threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
if what == "child": subprocess.Popen(["true"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
if what == "signals":
    for n in (1, 2, 13, 14, 15, 17): signal.signal(n, signal.SIG_IGN)
if what == "kill": os.kill(os.getpid(), 9)
if what == "memory": held = [bytearray(1 << 40)]
if what == "modules":
    import json, re; sys.modules.clear(); json.dumps = None
if what == "fine": print(len("fine"), len(os.listdir("/proc/self/fd")) < 30)
`,
    );
    await using agent = await start(folder);
    const faults = ["builtins", "descriptors", "thread", "child", "signals", "kill", "memory", "modules"];
    for (const fault of [...faults, ...faults]) {
      const broken = await agent.ask({ QUERY_STRING: fault });
      expect([fault, broken.failure, broken.stdout.toString()]).toEqual([fault, null, "Content-Type: text/plain\n\n"]);
      const { stdout, stderr, status } = await agent.ask({ QUERY_STRING: "fine" });
      expect([fault, stdout.toString(), stderr.toString(), status]).toEqual([
        fault,
        "Content-Type: text/plain\n\n4 True\n",
        "",
        0,
      ]);
    }
  });

  test("--recycle replaces a worker after so many requests, without a word", async () => {
    using folder = tempFolder();
    folder.write("script.py", `${head}print(os.getppid() if "${mode}" == "prefork" else os.getpid())\n`);
    await using agent = await start(folder, "--recycle=2");
    const workers: string[] = [];
    for (let time = 0; time < 6; time++) workers.push((await agent.ask()).stdout.toString());
    expect(workers.map((worker) => workers.indexOf(worker))).toEqual([0, 0, 2, 2, 4, 4]);
    expect(agent.log).toBe("");
  });

  test.runIf(mode === "prefork")("--recycle replaces a worker that never rests", async () => {
    using folder = tempFolder();
    folder.write("script.py", `${head}print(os.getppid())\ntime.sleep(0.05)\n`);
    await using agent = await start(folder, "--recycle=2", "--children=4");
    const served = new Map<string, number>();
    const ask = async (): Promise<void> => {
      const worker = (await agent.ask()).stdout.toString();
      served.set(worker, (served.get(worker) ?? 0) + 1);
    };
    await Promise.all(
      [1, 2, 3].map(async () => {
        for (let time = 0; time < 8; time++) await ask();
      }),
    );
    expect([...served.values()].reduce((sum, count) => sum + count)).toBe(24);
    expect(Math.max(...served.values())).toBeLessThanOrEqual(2 + 3);
  });

  test.runIf(mode === "prefork")("while a worker's last request takes long, another worker serves", async () => {
    using folder = tempFolder();
    folder.write(
      "script.py",
      `${head}print(os.getppid(), flush=True)\nwhile os.environ["QUERY_STRING"] and not os.path.exists("go"): time.sleep(0.01)\n`,
    );
    await using agent = await start(folder, "--recycle=1", "--children=4");
    const slow = new RecordClient(await agent.connect());
    slow.begin({ REQUEST_METHOD: "GET", QUERY_STRING: "slow" }).endBody();
    await waitFor("the script has begun", () => /\d\n/.test(slow.stdout.toString()));
    const workers: string[] = [];
    for (let time = 0; time < 4; time++) workers.push((await agent.ask()).stdout.toString());
    expect(workers[0]).toBe(slow.stdout.toString());
    expect(workers.slice(1)).not.toContain(workers[0]);
    folder.write("go", "");
    expect(await slow.ended()).toMatchObject({ appStatus: 0 });
    expect(agent.log).toBe("");
  });

  test("many requests with much in their variables, without growth", async () => {
    using folder = tempFolder();
    folder.write("script.py", head);
    await using agent = await start(folder, "--grow=0");
    const worker = await workerOf(agent);
    const some = async (count: number): Promise<void> => {
      for (let n = 0; n < count; n++) expect((await agent.ask({ HTTP_COOKIE: "c".repeat(100_000) })).status).toBe(0);
    };
    await some(20);
    const bytes = residentBytes(worker);
    await some(60);
    expect(residentBytes(worker) - bytes).toBeLessThan(3 << 20);
  });

  test("what a client did not take is never another's", async () => {
    using folder = tempFolder();
    folder.write(
      "script.py",
      `${head}if os.environ["QUERY_STRING"]:
    print("secret")
    while not os.path.exists("left"): time.sleep(0.005)
else: print("public")
`,
    );
    await using agent = await start(folder);
    for (let time = 0; time < 3; time++) {
      const leaving = new RecordClient(await agent.connect());
      leaving.begin({ REQUEST_METHOD: "GET", QUERY_STRING: "x" }).endBody();
      await waitFor("the script has begun", () => leaving.stdout.length > 0);
      leaving.socket.destroy();
      folder.write("left", "");
      const { stdout, stderr, status } = await agent.ask();
      expect([stdout.toString(), stderr.toString(), status]).toEqual(["Content-Type: text/plain\n\npublic\n", "", 0]);
      folder.remove("left");
    }
  });

  test("a handler of a signal that writes and ends the script: no line is lost before it, and none comes twice", async () => {
    using folder = tempFolder();
    folder.write(
      "script.py",
      `${head}import signal
def late(*_):
    sys.stderr.write("too late\\n")
    os._exit(3)
signal.signal(signal.SIGALRM, late)
signal.setitimer(signal.ITIMER_REAL, float(os.environ["QUERY_STRING"]))
number = 0
while True:
    print(number, flush=True)
    number += 1
`,
    );
    await using agent = await start(folder);
    for (let time = 1; time <= 20; time++) {
      const { stdout, stderr, status } = await agent.ask({ QUERY_STRING: String(0.001 + time * 0.0007) });
      const lines = stdout.toString().split("\n").slice(2, -1);
      expect(lines).toEqual(lines.map((_, number) => String(number)));
      expect([stderr.toString(), status]).toEqual(["too late\n", 3]);
    }
  });

  test("much output of a program that the script starts is not held in memory", async () => {
    using folder = tempFolder();
    folder.write("script.py", `${head}import subprocess\nsubprocess.call(["head", "-c", "60000000", "/dev/zero"])\n`);
    await using agent = await start(folder);
    const worker = await workerOf(agent);
    expect((await agent.ask()).stdout.length).toBe(60_000_026);
    const most = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${worker}/status`, "latin1"))?.[1];
    expect(Number(most)).toBeLessThan(100_000);
  });

  test("many requests without growth", { timeout: 300_000 }, async () => {
    using folder = tempFolder();
    folder.write(
      "script.py",
      `${head}import json\nclass Node: pass\na = Node(); a.self = a; a.data = bytearray(10000)\nopen("/dev/null"); print(json.dumps(list(os.environ))[:10])\n`,
    );
    await using agent = await start(folder);
    const random = seeded(11);
    const some = async (count: number): Promise<void> => {
      for (let n = 0; n < count; n++)
        expect(
          (await agent.ask({ QUERY_STRING: "q".repeat(2000 * random()) }, Buffer.alloc(3000 * random()))).status,
        ).toBe(0);
    };
    const worker = await workerOf(agent);
    await some(mode === "prefork" ? 50 : 200);
    const [bytes, descriptors] = [residentBytes(worker), openDescriptors(worker).length];
    await some(mode === "prefork" ? 150 : 1000);
    expect(openDescriptors(worker).length).toBeLessThanOrEqual(descriptors + 8);
    expect(residentBytes(worker) - bytes).toBeLessThan(4 << 20);
  });
});
