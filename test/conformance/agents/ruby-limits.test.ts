// The Ruby agent's processes: without descriptors, started by a relative name, and the file of its socket.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { lstatSync } from "node:fs";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { joinAgent } from "../../../electron/launch/join-agents.mjs";
import { encodeBeginRequest } from "../../../server/protocol/fastcgi/encode-record.js";
import { recordType, role } from "../../../server/protocol/fastcgi/record-types.js";
import { AgentProcess, agentModes, baseEnvironment, canConnect } from "../../support/agents/agent-process.js";
import { RecordClient } from "../../support/agents/record-client.js";
import { canListProcesses } from "../../support/processes.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const page = 'puts "Content-Type: text/plain\\n\\nserved"\n';
const application = (text: string): string =>
  `run ->(_env) { [200, { "content-type" => "text/plain" }, ["${text}"]] }\n`;
const params = { REQUEST_METHOD: "GET", QUERY_STRING: "", SCRIPT_NAME: "", PATH_INFO: "/", SERVER_NAME: "a" };
const descriptors = 40;

/** Few descriptors, and a letter in the agent's log for each connection that could not be accepted. */
const scarce = `Process.setrlimit(:NOFILE, ${descriptors})
require "socket"
module Counted
  def accept_nonblock(**)
    super
  rescue Errno::EMFILE
    STDERR.syswrite("x")
    raise
  end
end
UNIXServer.prepend(Counted)
`;
const startScarce = (
  folder: TempFolder,
  mode: "prefork" | "persistent" | "rack",
  name: string,
  options: string[] = [],
) => {
  folder.write("scarce.rb", scarce);
  const environment = { RUBYOPT: `-r${folder.file("scarce.rb")}` };
  return AgentProcess.start({ language: "ruby", mode, script: folder.file(name), environment, options });
};
const all = <Value>(count: number, make: () => Promise<Value>): Promise<Value[]> =>
  Promise.all(Array.from({ length: count }, make));

describe.skipIf(program("ruby") === null || !canListProcesses)("the Ruby agent (needs ruby)", () => {
  test.each([...agentModes, "rack"] as const)(
    "%s: a connection for which there is no descriptor waits",
    async (mode) => {
      using folder = tempFolder();
      const name = mode === "rack" ? "config.ru" : "script.rb";
      folder.write(name, mode === "rack" ? application("served") : page);
      await using agent = await startScarce(folder, mode, name, ["--children=100"]);
      const idle = await all(descriptors, () => agent.connect());
      await waitFor("the descriptors are used up", () => agent.log !== "");
      await new Promise((resolve) => setImmediate(resolve)); // what it wrote meanwhile has been read
      const tries = agent.log.length;
      const from = performance.now();
      await waitFor("it has tried four times more", () => agent.log.length >= tries + 4);
      expect(performance.now() - from).toBeGreaterThan(400); // it rests before each
      for (const socket of idle) socket.destroy();
      expect(await agent.ask(params)).toMatchObject({ status: 0, failure: null });
      expect(agent.log).toMatch(/^x+$/);
    },
  );

  test.each(agentModes)("%s: requests wait until there are pipes for them", async (mode) => {
    using folder = tempFolder();
    folder.write("script.rb", `File.write("ran", "x", mode: "a")\nsleep 0.3\n${page}`);
    await using agent = await startScarce(folder, mode, "script.rb");
    const answers = await all(16, () => agent.ask());
    expect(answers.filter(({ stdout, status }) => status !== 0 || !stdout.includes("served"))).toEqual([]);
    expect([folder.read("ran"), agent.log.replaceAll("x", "")]).toEqual(["x".repeat(16), ""]);
  });

  test.each(["persistent", "rack"] as const)("%s: --recycle replaces a process that never rests", async (mode) => {
    using folder = tempFolder();
    const name = mode === "rack" ? "config.ru" : "script.rb";
    folder.write(
      name,
      mode === "rack"
        ? 'run ->(_env) { sleep 0.02; [200, { "content-type" => "text/plain" }, [$$.to_s]] }\n'
        : 'puts "Content-Type: text/plain\\n\\n"\nsleep 0.05\nputs $$\n',
    );
    const options = ["--recycle=2"];
    await using agent = await AgentProcess.start({ language: "ruby", mode, script: folder.file(name), options });
    const served = new Map<string, number>();
    await all(3, async () => {
      for (let time = 0; time < 8; time++) {
        const { stdout, status, failure } = await agent.ask(params);
        expect([status, failure]).toEqual([0, null]);
        const pid = /(\d+)\n?$/.exec(stdout.toString())?.[1] ?? "";
        served.set(pid, (served.get(pid) ?? 0) + 1);
      }
    });
    expect([...served.values()].reduce((sum, count) => sum + count)).toBe(24);
    // an application serves what it has accepted
    expect(Math.max(...served.values())).toBeLessThanOrEqual(mode === "rack" ? 2 + 3 : 2);
  });

  test("prefork: --recycle waits for the request whose first bytes are there", async () => {
    using folder = tempFolder();
    folder.write("script.rb", `sleep 0.01 until File.exist?("go")\n${page}`);
    const script = folder.file("script.rb");
    const options = ["--recycle=1"];
    await using agent = await AgentProcess.start({ language: "ruby", mode: "prefork", script, options });
    const asked = agent.ask();
    const client = new RecordClient(await agent.connect());
    const first = encodeBeginRequest(1, { role: role.responder, keepConnection: false });
    client.socket.write(first.subarray(0, 3));
    folder.write("go", "");
    expect(await asked).toMatchObject({ status: 0, failure: null });
    client.socket.write(first.subarray(3));
    client.record(recordType.params, 1).endBody();
    expect(await client.ended()).toMatchObject({ appStatus: 0 });
  });

  test("an application that was saved is loaded by an agent that was started by a relative name", async () => {
    using folder = tempFolder();
    folder.makeFolder("app");
    folder.write("agent.rb", joinAgent("ruby"));
    folder.write("app/config.ru", application("one"));
    const child = spawn("ruby", ["agent.rb", "--mode=rack", "--listen=unix:agent.sock", "app/config.ru"], {
      ...{ cwd: folder.path, env: baseEnvironment, stdio: ["ignore", "ignore", "pipe"] },
    });
    try {
      let log = "";
      child.stderr.on("data", (bytes: Buffer) => {
        log += bytes.toString("latin1");
      });
      await waitFor("it listens", () => canConnect(folder.file("agent.sock")));
      const client = new RecordClient(connect(folder.file("agent.sock")));
      for (const [index, text] of ["one", "the second"].entries()) {
        folder.write("app/config.ru", application(text));
        client.begin(params, { keepConnection: true }).endBody();
        await waitFor("the response, or its end", () => client.isClosed || client.ends.length > index);
        expect([log, client.stdout.toString()]).toEqual(["", expect.stringMatching(new RegExp(`${text}$`))]);
      }
      client.socket.destroy();
    } finally {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    }
  });

  test("an agent that ends leaves the socket of the one that came after it", async () => {
    using folder = tempFolder();
    folder.write("script.rb", page);
    const script = folder.file("script.rb");
    await using first = await AgentProcess.start({ language: "ruby", mode: "prefork", script });
    await using second = await startAt(folder, first.socketPath, script);
    const ended = once(first.child, "exit");
    first.child.kill("SIGTERM");
    await ended;
    expect(await first.ask()).toMatchObject({ status: 0, failure: null });
    await second.end();
    expect(lstatSync(first.socketPath, { throwIfNoEntry: false })).toBe(undefined);
  });

  test("a file that is no socket is not removed", async () => {
    using folder = tempFolder();
    folder.write("script.rb", page);
    folder.write("notes.txt", "kept");
    folder.write("agent.rb", joinAgent("ruby"));
    const words = [folder.file("agent.rb"), `--listen=unix:${folder.file("notes.txt")}`, folder.file("script.rb")];
    const child = spawn("ruby", words, { env: baseEnvironment, stdio: "ignore" });
    expect((await once(child, "exit"))[0]).not.toBe(0);
    expect(folder.read("notes.txt")).toBe("kept");
  });
});

/** Another agent at a socket's path that is taken; resolves when it listens there. */
async function startAt(folder: TempFolder, path: string, script: string) {
  folder.write("agent.rb", joinAgent("ruby"));
  const before = lstatSync(path).ino;
  const child = spawn("ruby", [folder.file("agent.rb"), `--listen=unix:${path}`, script], {
    ...{ env: baseEnvironment, stdio: "ignore" },
  });
  await waitFor("another socket is there", () => {
    const now = lstatSync(path, { throwIfNoEntry: false })?.ino;
    return now !== undefined && now !== before && canConnect(path);
  });
  const end = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  };
  return { end, [Symbol.asyncDispose]: end };
}
