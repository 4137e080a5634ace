// Agents on a system that has no descriptors or no processes left: requests wait until it has, and no process ends.
// What is particular to the Ruby agent's descriptors is in ruby-limits.test.ts.
import { constants } from "node:os";
import { describe, expect, test } from "vitest";
import { AgentProcess } from "../../support/agents/agent-process.js";
import { workersOf } from "../../support/agents/faulty.js";
import { RecordClient } from "../../support/agents/record-client.js";
import { canListProcesses, openDescriptors, readProcess } from "../../support/processes.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

/** More than 64: a script's process uses descriptor 63. */
const descriptors = 70;
/** Few descriptors, and a letter in the agent's log for each connection that could not be accepted. */
const scarceDescriptors = `import os, resource, socket
resource.setrlimit(resource.RLIMIT_NOFILE, (${descriptors}, ${descriptors}))
accept = socket.socket.accept
def counted(self):
    try: return accept(self)
    except OSError as error:
        if error.errno == 24: os.write(2, b"x")
        raise
socket.socket.accept = counted
`;
const page = 'print("Content-Type: text/plain\\n\\nserved")\n';
const application = 'def app(environ, start):\n    start("200 OK", [])\n    return [b"served"]\n';

/**
 * While there is a file "full", nothing can fork, for the reason whose number may be in it. Each try writes a letter to
 * the agent's log.
 */
const scarceProcesses = {
  python: {
    needs: "python3",
    file: "script.py",
    page,
    before: "sitecustomize.py",
    text: `import os
fork = os.fork
def counted():
    try:
        with open("full") as file: number = int(file.read() or 11)
    except FileNotFoundError:
        return fork()
    os.write(2, b"x")
    raise OSError(number, os.strerror(number))
os.fork = counted
`,
    environment: (path: string) => ({ PYTHONPATH: path.replace(/\/[^/]*$/, "") }),
  },
  ruby: {
    needs: "ruby",
    file: "script.rb",
    page: 'puts "Content-Type: text/plain\\n\\nserved"\n',
    before: "before.rb",
    text: `module Counted
  def fork(*)
    return super unless File.exist?("full")
    STDERR.syswrite("x")
    raise Errno::EAGAIN
  end
end
Object.prepend(Counted)
`,
    environment: (path: string) => ({ RUBYOPT: `-r${path}` }),
  },
} as const;

describe.skipIf(program("python3") === null)("the Python agent without descriptors (needs python3)", () => {
  test.each(["prefork", "persistent", "wsgi"] as const)(
    "%s: a connection for which there is no descriptor waits, and the agent does not try without a pause",
    async (mode) => {
      using folder = tempFolder();
      folder.write("sitecustomize.py", scarceDescriptors);
      folder.write("script.py", mode === "wsgi" ? application : page);
      const [script, environment] = [folder.file("script.py"), { PYTHONPATH: folder.path }];
      await using agent = await AgentProcess.start({ language: "python", mode, script, environment });
      const idle = await Promise.all(Array.from({ length: descriptors }, () => agent.connect()));
      await waitFor("the descriptors are used up", () => agent.log !== "");
      await new Promise((resolve) => setImmediate(resolve)); // what it wrote meanwhile has been read
      const tries = agent.log.length;
      const from = performance.now();
      await waitFor("it has tried four times more", () => agent.log.length >= tries + 4);
      expect(performance.now() - from).toBeGreaterThan(400);
      for (const socket of idle) socket.destroy();
      expect(await agent.ask()).toMatchObject({ status: 0, failure: null });
      expect(agent.log).toMatch(/^x+$/);
    },
  );

  test("prefork: requests wait until there are pipes for them", async () => {
    using folder = tempFolder();
    folder.write("sitecustomize.py", scarceDescriptors);
    folder.write("script.py", `import time\nopen("ran", "a").write("x")\ntime.sleep(0.3)\n${page}`);
    const [script, environment] = [folder.file("script.py"), { PYTHONPATH: folder.path }];
    await using agent = await AgentProcess.start({ language: "python", mode: "prefork", script, environment });
    const answers = await Promise.all(Array.from({ length: 16 }, () => agent.ask()));
    expect(answers.filter(({ stdout, status }) => status !== 0 || !stdout.includes("served"))).toEqual([]);
    expect([folder.read("ran"), agent.log.replaceAll("x", "")]).toEqual(["x".repeat(16), ""]);
  });
});

/** The folder gets a script that one process at a time runs. */
async function startScarce(language: keyof typeof scarceProcesses, folder: TempFolder, ...options: string[]) {
  const { file, page: source, before, text, environment } = scarceProcesses[language];
  folder.write(before, text);
  folder.write(file, source);
  return AgentProcess.start({
    ...{ language, mode: "prefork", script: folder.file(file), options },
    environment: environment(folder.file(before)),
  });
}

describe.each(["python", "ruby"] as const)("the %s agent without processes", (language) => {
  const { needs } = scarceProcesses[language];

  test.skipIf(program(needs) === null || !canListProcesses).each(["a worker", "a script"])(
    `waits until it can start %s (needs ${needs})`,
    async (what) => {
      using folder = tempFolder();
      await using agent = await startScarce(language, folder, "--spare=0");
      expect((await agent.ask()).stdout.toString()).toContain("served");
      folder.write("full", "");
      if (what === "a worker") for (const pid of workersOf(agent)) process.kill(pid, "SIGKILL");
      const asked = agent.ask();
      await waitFor("it has tried twice", () => agent.log.length >= 2);
      folder.remove("full");
      expect(await asked).toMatchObject({ status: 0, failure: null });
      expect(agent.log).toMatch(/^x+$/);
    },
  );

  test.skipIf(program(needs) === null || !canListProcesses)(
    `takes note of workers that end while it waits to start another (needs ${needs})`,
    async () => {
      using folder = tempFolder();
      await using agent = await startScarce(language, folder, "--spare=0", "--workers=2");
      const [first, second] = await waitFor("two workers", () => {
        const workers = workersOf(agent);
        return workers.length === 2 && workers;
      });
      folder.write("full", "");
      process.kill(first ?? 0, "SIGKILL");
      await waitFor("it has tried", () => agent.log !== "");
      process.kill(second ?? 0, "SIGKILL");
      await waitFor("nothing is left of the second", () => readProcess(second ?? 0) === null);
      folder.remove("full");
      expect(await agent.ask()).toMatchObject({ status: 0, failure: null });
    },
  );
});

describe.skipIf(program("python3") === null || !canListProcesses)("the Python agent (needs python3)", () => {
  test("prefork: a worker that can start nothing leaves connections to others", async () => {
    using folder = tempFolder();
    await using agent = await startScarce("python", folder, "--spare=0", "--children=2");
    const worker = await waitFor("the worker", () => workersOf(agent)[0] ?? null);
    await agent.ask();
    const before = openDescriptors(worker).length;
    folder.write("full", "");
    process.kill(worker, "SIGSTOP"); // so that each connection has its request when it is accepted
    const clients = await Promise.all(
      Array.from({ length: 6 }, async () =>
        new RecordClient(await agent.connect()).begin({ QUERY_STRING: "" }).endBody(),
      ),
    );
    await waitFor("the requests are written", () => clients.every(({ socket }) => socket.writableLength === 0));
    process.kill(worker, "SIGCONT");
    await waitFor("it has tried six times", () => agent.log.length >= 6);
    await waitFor("it holds two connections", () => openDescriptors(worker).length - before <= 2);
    folder.remove("full");
    for (const client of clients) expect(await client.ended()).toMatchObject({ appStatus: 0, protocolStatus: 0 });
  });

  test.each(["a worker", "a script"])("does not wait for what will not change, when it starts %s", async (what) => {
    using folder = tempFolder();
    await using agent = await startScarce("python", folder, "--spare=0");
    folder.write("full", `${constants.errno.EPERM}`);
    if (what === "a worker") for (const pid of workersOf(agent)) process.kill(pid, "SIGKILL");
    expect((await agent.ask()).failure).not.toBe(null);
    expect(agent.log).toContain("PermissionError");
  });
});
