// The Ruby agent gives what plain CGI gives: unmodified scripts, each asked three times over, compare bytes, standard
// error and exit status. In persistent mode some cannot: the table names why, and the test holds that it is so.
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AgentProcess, agentModes } from "../../support/agents/agent-process.js";
import { corpora } from "../../support/agents/corpora.js";
import { comparable, corpusRequests, runPlain } from "../../support/agents/plain-cgi.js";
import { RecordClient } from "../../support/agents/record-client.js";
import { canListProcesses, descendants, isAlive, processes } from "../../support/processes.js";
import { repositoryRoot } from "../../support/repository.js";
import { program, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const { differs, path, read, scripts } = corpora.ruby;
const agentFolder = join(repositoryRoot, "server/agents/ruby");
const times = 3;

test("the agent consists of modules of at most 150 lines without long lines", () => {
  for (const name of readdirSync(agentFolder)) {
    const lines = readFileSync(join(agentFolder, name), "utf8").split("\n");
    expect([name, lines.length <= 151, lines.some((line) => line.length > 120)]).toEqual([name, true, false]);
  }
});

describe.skipIf(program("ruby") === null).each(agentModes)("the Ruby agent, %s (needs ruby)", (mode) => {
  test("is held to at least 40 scripts", () => {
    expect(scripts.length).toBeGreaterThanOrEqual(40);
    expect(Object.keys(differs[mode]).filter((name) => !scripts.includes(name))).toEqual([]);
  });

  test.each(scripts)("%s", { timeout: 120_000 }, async (name) => {
    const script = path(name);
    await using agent = await AgentProcess.start({ language: "ruby", mode, script });
    const [asCgi, asAgent]: [unknown[], unknown[]] = [[], []];
    const requests = corpusRequests(script, read(name));
    const plain = await Promise.all(requests.map((request) => runPlain(["ruby"], script, request)));
    for (let time = 0; time < times; time++)
      for (const [index, request] of requests.entries()) {
        const expected = plain[index];
        asCgi.push({ request: request.name, ...(expected && comparable(expected)) });
        asAgent.push({ request: request.name, ...comparable(await agent.ask(request.variables, request.body)) });
      }
    if (differs[mode][name]) expect(asAgent).not.toEqual(asCgi);
    else expect(asAgent).toEqual(asCgi);
  });

  test("200 requests at once on 2 workers are answered", async () => {
    const script = path("hello.rb");
    await using agent = await AgentProcess.start({ language: "ruby", mode, script, options: ["--workers=2"] });
    const answers = await Promise.all(Array.from({ length: 200 }, () => agent.ask()));
    expect(answers.filter(({ stdout, status }) => status !== 0 || !stdout.includes("hello"))).toEqual([]);
  });

  test("a client that leaves ends the script; a slow reader gets all; a kept connection serves on", async () => {
    const script = path("echo.rb");
    await using agent = await AgentProcess.start({ language: "ruby", mode, script });
    const leaving = new RecordClient(await agent.connect());
    leaving.begin({ REQUEST_METHOD: "POST", CONTENT_LENGTH: "1000" }).body(Buffer.alloc(10));
    leaving.socket.destroy();
    const client = new RecordClient(await agent.connect());
    const body = Buffer.alloc(3 << 20, "0123456789");
    for (let n = 1; n <= 2; n++) {
      client.begin({ REQUEST_METHOD: "POST", CONTENT_LENGTH: String(body.length) }, { keepConnection: true }, n);
      client.body(body, n).endBody(n);
      if (n === 1) client.socket.pause();
      await new Promise((resolve) => setImmediate(resolve));
      client.socket.resume();
      expect(await client.ended(n)).toMatchObject({ appStatus: 0, protocolStatus: 0 });
    }
    expect(client.stdout.length).toBeGreaterThan(2 * body.length);
  });

  test.skipIf(!canListProcesses)("a worker that is killed is replaced; KILL of the master leaves nothing", async () => {
    using folder = tempFolder();
    folder.write("script.rb", 'puts "Content-Type: text/plain\\n\\nserved"\nsleep if ENV["QUERY_STRING"] == "sleep"\n');
    const script = folder.file("script.rb");
    await using agent = await AgentProcess.start({ language: "ruby", mode, script });
    for (let time = 0; time < 2; time++) {
      expect((await agent.ask()).stdout.toString()).toContain("served");
      const worker = await waitFor(
        "a worker",
        () => descendants(agent.pid).find(({ parent }) => parent === agent.pid)?.pid ?? null,
      );
      process.kill(worker, "SIGKILL");
    }
    expect((await agent.ask()).stdout.toString()).toContain("served");
    const hanging = new RecordClient(await agent.connect());
    hanging.begin({ REQUEST_METHOD: "GET", QUERY_STRING: "sleep" }).endBody();
    await waitFor("the script runs", () => descendants(agent.pid).length >= 2);
    agent.child.kill("SIGKILL");
    await waitFor("every process has ended", () => !processes().some(({ command }) => command.includes(script)));
  });

  test("the file that was saved runs next", async () => {
    using folder = tempFolder();
    const script = folder.file("script.rb");
    folder.write("script.rb", 'print "Content-Type: text/plain\\n\\none"\n');
    await using agent = await AgentProcess.start({ language: "ruby", mode, script });
    expect((await agent.ask()).stdout.toString()).toMatch(/one$/);
    // the process that waits for a request, and gets none
    const waiting = () => descendants(agent.pid).filter(({ parent }) => parent !== agent.pid);
    const old = canListProcesses ? await waitFor("it waits", () => waiting()[0]?.pid ?? null) : null;
    folder.write("script.rb", 'print "Content-Type: text/plain\\n\\nthe second"\n');
    const next = await agent.ask();
    expect([next.stdout.toString().slice(-10), next.stderr.toString()]).toEqual(["the second", ""]);
    if (old !== null) await waitFor("it has ended", () => !isAlive(old));
    const closed = once(agent.child, "close");
    agent.child.kill("SIGTERM");
    await closed;
    expect(agent.log).toBe("");
  });

  test("a script that closes its streams holds no response up", { timeout: 120_000 }, async () => {
    using folder = tempFolder();
    // where the time stands still, the agent waits for ever for what a script leaves open
    folder.write("clock.rb", "def Process.clock_gettime(*)\n  0\nend\n");
    const [script, environment] = [path("closes.rb"), { RUBYOPT: `-r${folder.file("clock.rb")}` }];
    await using agent = await AgentProcess.start({ language: "ruby", mode, script, environment });
    for (let time = 0; time < times; time++)
      expect(comparable(await agent.ask())).toMatchObject({ stderr: "later\n", status: 0, failure: null });
  });
});

test.skipIf(program("ruby") === null)("a socket that the agent inherits has one owner in Ruby (needs ruby)", () => {
  const owners = `
    load ARGV[0]
    GC.disable
    listener = CGIWorkbenchAgent.inherited_listener
    numbers = ObjectSpace.each_object(IO).reject(&:closed?).select(&:autoclose?).map(&:fileno)
    puts "#{listener.class}: #{numbers.size - numbers.uniq.size} owned twice"`;
  const start = `exec("ruby", "-rsocket", "-e", ARGV[0], ARGV[1], in: TCPServer.new("127.0.0.1", 0))`;
  const words = ["-rsocket", "-e", start, owners, join(agentFolder, "master.rb")];
  expect(spawnSync("ruby", words, { encoding: "utf8" })).toMatchObject({
    stdout: "Socket: 0 owned twice\n",
    stderr: "",
  });
});
