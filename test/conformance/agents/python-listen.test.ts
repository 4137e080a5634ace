// The Python agent's listening socket: no script holds it, no other file than a socket gives way to it, and the
// workers share its connections out. Its file at the end: of the Perl agent, too.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { joinAgent } from "../../../electron/launch/join-agents.mjs";
import { hasUnaccepted } from "../../../server/spawn/native/listening-socket.js";
import { AgentProcess, canConnect } from "../../support/agents/agent-process.js";
import { interpreterPath } from "../../support/agents/interpreter.js";
import { RecordClient } from "../../support/agents/record-client.js";
import { canListProcesses, descendants, readProcess } from "../../support/processes.js";
import { program, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const get = { REQUEST_METHOD: "GET", QUERY_STRING: "" };
const script = 'import os, sys, time\nprint("Content-Type: text/plain\\n", flush=True)\n';
/** The descriptors of sockets that listen. */
const listening = `
def listening():
    import socket
    return [name for name in os.listdir("/proc/self/fd") if is_listening(socket, int(name))]
def is_listening(socket, descriptor):
    try: return socket.socket(fileno=os.dup(descriptor)).getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) == 1
    except OSError: return False
`;
const ofFork =
  "reads, writes = os.pipe()\nif os.fork() == 0: os.write(writes, repr(listening()).encode()); os._exit(0)\n";
const application = `import os\n${listening}
def application(environ, start_response):
    ${ofFork.replaceAll("\n", "\n    ")}os.close(writes); found = os.read(reads, 1000); os.wait()
    start_response("200 OK", [("Content-Type", "text/plain")]); return [found, b"\\n"]
`;
const languages = {
  python: { extension: "py", source: `${script}print("served")\n` },
  perl: { extension: "pl", source: 'print "Content-Type: text/plain\\n\\nserved\\n";\n' },
} as const;

describe.skipIf(program("python3") === null || !canListProcesses)("(needs python3)", () => {
  test("prefork: a script does not hold the port, however busy its worker was when it was forked", async () => {
    using folder = tempFolder();
    folder.write("script.py", `${script}${listening}print(listening())\n`);
    const [file, options] = [folder.file("script.py"), ["--children=1"]];
    await using agent = await AgentProcess.start({ language: "python", mode: "prefork", script: file, options });
    for (let time = 0; time < 4; time++) expect((await agent.ask()).stdout.toString()).toMatch(/\n\n\[\]\n$/);
  });

  test.each([
    ["persistent", `${script}${listening}${ofFork}os.close(writes); print(os.read(reads, 1000)); os.wait()\n`],
    ["wsgi", application],
  ] as const)("%s: a fork does not hold the port, in a process's last request either", async (mode, source) => {
    using folder = tempFolder();
    folder.write("script.py", source);
    const [file, options] = [folder.file("script.py"), ["--recycle=1"]];
    await using agent = await AgentProcess.start({ language: "python", mode, script: file, options });
    for (let round = 0; round < 3; round++) {
      const clients: RecordClient[] = [];
      for (let one = 0; one < 2; one++) {
        clients.push(new RecordClient(await agent.connect()));
        await waitFor("the connection is accepted", () => !hasUnaccepted(agent.socketPath)); // before its request comes
      }
      for (const client of clients) {
        await client.begin(get).endBody().ended();
        expect(client.stdout.toString()).toMatch(/\n(b')?\[\]'?\n$/);
      }
    }
  });

  test.each(["persistent", "wsgi"] as const)("%s: four requests at once are served by four workers", async (mode) => {
    using folder = tempFolder();
    const together = `def together():
    open("at-%d" % os.getpid(), "w").close(); until = time.monotonic() + 5
    while sum(name.startswith("at-") for name in os.listdir(".")) < 4 and time.monotonic() < until: time.sleep(0.01)
    return str(os.getpid())
`;
    folder.write(
      "script.py",
      mode === "wsgi"
        ? `import os, time\n${together}def app(environ, start): start("200 OK", []); return [together().encode()]\n`
        : `${script}${together}print(together())\n`,
    );
    const [file, options] = [folder.file("script.py"), ["--workers=4"]];
    await using agent = await AgentProcess.start({ language: "python", mode, script: file, options });
    const workers = await waitFor("four workers", () => {
      const found = descendants(agent.pid).map(({ pid }) => pid);
      return found.length === 4 && found;
    });
    for (const pid of workers) process.kill(pid, "SIGSTOP"); // until all four requests are there
    await waitFor("the workers have stopped", () => workers.every((pid) => readProcess(pid)?.state === "T"));
    const clients: RecordClient[] = [];
    for (let one = 0; one < 4; one++) clients.push(new RecordClient(await agent.connect()).begin(get).endBody());
    for (const pid of workers) process.kill(pid, "SIGCONT");
    for (const client of clients) await client.ended();
    const served = clients.map(({ stdout }) => Number(/(\d+)\n?$/.exec(stdout.toString())?.[1]));
    expect(served.toSorted()).toEqual(workers.toSorted());
  });
});

describe("a socket's file", () => {
  test.skipIf(program("python3") === null)("is not put in the place of another file (needs python3)", () => {
    using folder = tempFolder();
    folder.write("agent.py", joinAgent("python"));
    folder.write("script.py", languages.python.source);
    folder.write("notes.txt", "written by hand");
    const words = [folder.file("agent.py"), `--listen=unix:${folder.file("notes.txt")}`, folder.file("script.py")];
    const { status, stderr } = spawnSync(interpreterPath("python3"), words, { encoding: "utf8", timeout: 20_000 });
    expect([status, stderr]).toEqual([
      2,
      `--listen: ${folder.file("notes.txt")} exists and is not a socket. Remove it, or name another path.\n`,
    ]);
    expect(folder.read("notes.txt")).toBe("written by hand");
  });

  describe.each(["python", "perl"] as const)("%s", (language) => {
    const { extension, source } = languages[language];
    const interpreter = language === "python" ? "python3" : language;

    test.skipIf(program(interpreter) === null)(
      `goes with its agent, and stays when another has taken its place (needs ${interpreter})`,
      async () => {
        using folder = tempFolder();
        folder.write(`script.${extension}`, source);
        const file = folder.file(`script.${extension}`);
        await using agent = await AgentProcess.start({ language, mode: "persistent", script: file });
        const first = statSync(agent.socketPath).ino;
        const words = [`${agent.folder}/cgi-workbench-agent.${extension}`, "--mode=persistent"];
        const second = spawn(interpreterPath(interpreter), [...words, `--listen=unix:${agent.socketPath}`, file], {
          stdio: "ignore",
        });
        await waitFor("it has taken the place", async () => {
          const found = statSync(agent.socketPath, { throwIfNoEntry: false });
          return found !== undefined && found.ino !== first && (await canConnect(agent.socketPath));
        });
        const ended = once(agent.child, "exit");
        agent.child.kill("SIGTERM");
        await ended;
        expect((await agent.ask()).stdout.toString()).toMatch(/\n\nserved\n$/);
        const secondEnded = once(second, "exit");
        second.kill("SIGTERM");
        await secondEnded;
        expect(existsSync(agent.socketPath)).toBe(false);
      },
    );
  });
});
