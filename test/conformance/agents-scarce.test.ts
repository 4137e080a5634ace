// Agents on a system that has no descriptors or no processes left: requests wait until it has, and no process ends.
// What is particular to the Ruby agent's descriptors is in agents-ruby-limits.test.ts.
import { describe, expect, test } from "vitest";
import { AgentProcess } from "../support/agents/agent-process.js";
import { workersOf } from "../support/agents/faulty.js";
import { canListProcesses } from "../support/processes.js";
import { program, tempFolder } from "../support/temp-workspace.js";
import { waitFor } from "../support/wait-for.js";

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

/** While there is a file "full", nothing can fork; a letter in the agent's log for each try. */
const scarceProcesses = {
  python: {
    needs: "python3",
    file: "script.py",
    page,
    before: "sitecustomize.py",
    text: `import os
fork = os.fork
def counted():
    if not os.path.exists("full"): return fork()
    os.write(2, b"x")
    raise BlockingIOError(11, "Resource temporarily unavailable")
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
      const from = performance.now();
      await waitFor("it has tried four times more", () => agent.log.length >= 5);
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

describe.each(["python", "ruby"] as const)("the %s agent without processes", (language) => {
  const { needs, file, page: source, before, text, environment } = scarceProcesses[language];

  test.skipIf(program(needs) === null || !canListProcesses).each(["a worker", "a script"])(
    `waits until it can start %s (needs ${needs})`,
    async (what) => {
      using folder = tempFolder();
      folder.write(before, text);
      folder.write(file, source);
      await using agent = await AgentProcess.start({
        ...{ language, mode: "prefork", script: folder.file(file), options: ["--spare=0"] },
        environment: environment(folder.file(before)),
      });
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
});
