// Python's persistent mode: what happens to a script whose client leaves while it runs, and
// that a script's own signals stay its own.
import { describe, expect, test } from "vitest";
import { recordType } from "../../../server/protocol/fastcgi/record-types.js";
import { AgentProcess } from "../../support/agents/agent-process.js";
import { RecordClient } from "../../support/agents/record-client.js";
import { canListProcesses, isAlive, processes } from "../../support/processes.js";
import { program, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const head =
  'import os, signal, subprocess, sys, threading, time\nprint("Content-Type: text/plain\\n", flush=True)\nprint(os.getpid(), flush=True)\n';
/** The fraction tells it from the processes of other tests. */
const child = `21.${process.pid}`;

/** Scripts that never end by themselves, by what they do. */
const endless: Readonly<Record<string, string>> = {
  computes: "while True: pass",
  "computes in a thread": "threading.Thread(target=lambda: [0 for _ in iter(int, 1)]).start()",
  "catches every error": "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
  "handles TERM": `def left(*_):
    with open("left", "w") as file: file.write("left")
    sys.exit()
signal.signal(signal.SIGTERM, left)
while True: signal.pause()`,
  "ignores TERM": "signal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True: pass",
  "waits for a program": `subprocess.run(["sleep", "${child}"])`,
  "became another program": `os.execvp("sleep", ["sleep", "${child}"])`,
  "is read slowly": 'while True: print("x" * 100000)',
};

const served = async (agent: AgentProcess): Promise<string> => {
  const { stdout, stderr, status, failure } = await agent.ask({ QUERY_STRING: "fine" });
  expect([stderr.toString(), status, failure]).toEqual(["", 0, null]);
  return stdout.toString();
};

async function startEndless(agent: AgentProcess, isKept = false): Promise<{ client: RecordClient; pid: number }> {
  const client = new RecordClient(await agent.connect());
  client.begin({ REQUEST_METHOD: "GET", QUERY_STRING: "" }, { keepConnection: isKept }).endBody();
  const pid = await waitFor("the script runs", () => Number(/\n\n(\d+)\n/.exec(client.stdout.toString())?.[1]) || null);
  return { client, pid };
}

describe.skipIf(program("python3") === null || !canListProcesses)("(needs python3)", { timeout: 120_000 }, () => {
  test.each(Object.keys(endless))("a script that %s ends after its client has left", async (what) => {
    using folder = tempFolder();
    const [never] = [endless[what]?.replaceAll("\n", "\n    ")];
    folder.write("script.py", `${head}if not os.environ["QUERY_STRING"]:\n    ${never}\n`);
    await using agent = await AgentProcess.start({
      ...{ language: "python", mode: "persistent", script: folder.file("script.py"), options: ["--workers=2"] },
    });
    const { client, pid } = await startEndless(agent);
    if (what === "is read slowly") client.socket.pause();
    if (endless[what]?.includes(child))
      await waitFor("the program runs", () => processes().some(({ command }) => command === `sleep ${child}`));
    client.socket.destroy();
    await waitFor("its process has ended", () => !isAlive(pid), 60_000);
    await waitFor("no program is left", () => !processes().some(({ command }) => command === `sleep ${child}`));
    if (what === "handles TERM") expect(folder.read("left")).toBe("left");
    for (let time = 0; time < 3; time++) expect(await served(agent)).not.toContain(`\n${pid}\n`);
    expect(agent.log).toBe("");
  });

  test("ABORT_REQUEST ends the script, and the request by a record of its own", async () => {
    using folder = tempFolder();
    folder.write("script.py", `${head}while not os.environ["QUERY_STRING"]: pass\n`);
    await using agent = await AgentProcess.start({
      ...{ language: "python", mode: "persistent", script: folder.file("script.py") },
    });
    const { client, pid } = await startEndless(agent, true);
    client.record(recordType.abortRequest, 1);
    expect((await client.ended()).appStatus).toBe(256 + 15);
    await waitFor("its process has ended", () => !isAlive(pid));
    await served(agent);
  });

  test("other bytes on the connection of a script that runs do not end it", async () => {
    using folder = tempFolder();
    folder.write("script.py", `${head}while not os.path.exists("go"): pass\n`);
    await using agent = await AgentProcess.start({
      ...{ language: "python", mode: "persistent", script: folder.file("script.py") },
    });
    const { client } = await startEndless(agent, true);
    client.record(recordType.getValues, 0).record(recordType.abortRequest, 2);
    await new Promise<void>((resolve) => client.socket.write("", () => resolve()));
    folder.write("go", "");
    expect((await client.ended()).appStatus).toBe(0);
    await waitFor("they are read then", () => client.types.includes(recordType.getValuesResult));
  });

  test("a script whose client left before it began is ended, too", async () => {
    using folder = tempFolder();
    folder.write("script.py", `${head}open("begun", "a").write("x")\nwhile not os.environ["QUERY_STRING"]: pass\n`);
    await using agent = await AgentProcess.start({
      ...{ language: "python", mode: "persistent", script: folder.file("script.py") },
    });
    const { client } = await startEndless(agent);
    const second = new RecordClient(await agent.connect());
    second.begin({ REQUEST_METHOD: "GET", QUERY_STRING: "" }).endBody();
    second.socket.end();
    client.socket.destroy();
    await served(agent);
  });

  test("a script's own alarm, timer and handlers are not disturbed", async () => {
    using folder = tempFolder();
    folder.write(
      "script.py",
      `${head}seen = []
for number in (signal.SIGALRM, signal.SIGIO, signal.SIGTERM): signal.signal(number, lambda n, _: seen.append(n))
signal.setitimer(signal.ITIMER_REAL, 0.02)
os.kill(os.getpid(), signal.SIGTERM)
os.kill(os.getpid(), signal.SIGIO)
while len(seen) < 3: time.sleep(0.001)
print(sorted(seen) == sorted([signal.SIGALRM, signal.SIGIO, signal.SIGTERM]), signal.getsignal(signal.SIGIO) is not signal.SIG_DFL)
`,
    );
    await using agent = await AgentProcess.start({
      ...{ language: "python", mode: "persistent", script: folder.file("script.py") },
    });
    const worker = await served(agent);
    expect(worker).toMatch(/\nTrue True\n$/);
    for (let time = 0; time < 3; time++) expect(await served(agent)).toBe(worker);
  });
});
