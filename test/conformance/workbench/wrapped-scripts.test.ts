// CGI scripts that `wrap` makes applications of, under servers of other makers: a script that forks, one that is saved,
// one whose client sends a header Proxy. And Rack applications that it makes CGI scripts of.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { wrappedText } from "../../../server/features/wrap/wrapped-text.js";
import { AgentProcess, agentModes } from "../../support/agents/agent-process.js";
import { interpreterPath } from "../../support/agents/interpreter.js";
import { runPlain } from "../../support/agents/plain-cgi.js";
import { startWrapped } from "../../support/agents/wrapped.js";
import "../../support/built-agents.js";
import { isListening, portForProgram } from "../../support/free-port.js";
import { canListProcesses, ofLiving, readProcess } from "../../support/processes.js";
import { rawExchange } from "../../support/raw-exchange.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const simpleServer = `import importlib.util, sys
from wsgiref.simple_server import make_server
spec = importlib.util.spec_from_file_location("wrapped", sys.argv[1])
wrapped = importlib.util.module_from_spec(spec)
spec.loader.exec_module(wrapped)
make_server("127.0.0.1", int(sys.argv[2]), wrapped.application).serve_forever()
`;
const plackup = program("plackup");

const servers = {
  python: (file: string, port: number) => [interpreterPath("python3"), "-c", simpleServer, file, String(port)],
  perl: (file: string, port: number) => [
    ...["perl", plackup ?? "", "-E", "deployment", "-s", "HTTP::Server::PSGI"],
    ...["--host", "127.0.0.1", "--port", String(port), file],
  ],
} as const;
type Language = keyof typeof servers;

interface Served extends AsyncDisposable {
  readonly pid: number;
  /** All that comes on one connection. */
  ask(query: string): Promise<string>;
}

async function serve(language: Language, folder: TempFolder, script: string): Promise<Served> {
  folder.write("application.py", await wrappedText(language, "application", script)); // Python asks for the extension
  const port = await portForProgram();
  const [command = "", ...args] = servers[language](folder.file("application.py"), port);
  // In a group of its own: what a fork of it has become ends with it.
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"], cwd: folder.path, detached: true });
  let log = "";
  child.stderr?.on("data", (bytes: Buffer) => {
    log += bytes.toString("latin1");
  });
  await waitFor("the server listens", () => child.exitCode !== null || isListening(port));
  if (child.pid === undefined || child.exitCode !== null) throw new Error(`the server ended: ${log}`);
  return {
    pid: child.pid,
    ask: async (query) =>
      (await rawExchange(port, `GET /?${query} HTTP/1.0\r\nHost: localhost\r\n\r\n`)).toString("latin1"),
    [Symbol.asyncDispose]: () => end(child),
  };
}

async function end(child: ChildProcess): Promise<void> {
  const ended = child.exitCode === null && child.signalCode === null ? once(child, "exit") : null;
  ofLiving(-(child.pid ?? 0), (group) => process.kill(group, "SIGKILL"));
  await ended;
}

/** Zombies too. */
const childrenOf = (pid: number): readonly string[] =>
  readdirSync("/proc").filter((name) => /^\d+$/.test(name) && readProcess(Number(name))?.parent === pid);

const forking = {
  python: `#!/usr/bin/env python3
import os, sys
how = os.environ["QUERY_STRING"]
print("Content-Type: text/plain\\n", flush=True)
if how == "multiprocessing":
    import multiprocessing
    multiprocessing.get_context("fork").Process(target=lambda: open("ended", "a").write(how + "\\n")).start()
if how in ("end", "exit", "die") and os.fork() == 0:
    notes = open("ended", "a")
    notes.write(how + "\\n")
    if how == "exit":
        sys.exit(3)
    if how == "die":
        raise RuntimeError("in the fork")
else:
    print("parent")
`,
  perl: `#!/usr/bin/env perl
my $how = $ENV{QUERY_STRING};
print "Content-Type: text/plain\\n\\n";
if ($how ne '' and fork == 0) {
    open NOTES, '>>', 'ended';
    print NOTES "$how\\n";
    exit 3 if $how eq 'exit';
    die "in the fork" if $how eq 'die';
}
else { print "parent\\n" }
`,
} as const;
const rows = [
  { language: "python", needs: "python3", extra: ["multiprocessing"] },
  { language: "perl", needs: "plackup", extra: [] },
] as const;

describe.each(rows)("$language (needs $needs)", ({ language, needs, extra }) => {
  test.skipIf(program(needs) === null || !canListProcesses)(
    "a process that the script forks ends as with CGI: one response, no second server, no zombie",
    async () => {
      using folder = tempFolder();
      folder.write("script", forking[language]);
      await using server = await serve(language, folder, "script");
      const hows = ["end", "exit", "die", ...extra];
      for (const how of hows) expect((await server.ask(how)).match(/HTTP\/1\.|parent\n/g)).toHaveLength(2);
      await waitFor("each fork has written its line", () => {
        const lines = existsSync(folder.file("ended")) ? folder.read("ended").trimEnd().split("\n") : [];
        return lines.length >= hows.length && lines;
      });
      expect(folder.read("ended").trimEnd().split("\n").toSorted()).toEqual(hows.toSorted());
      await waitFor("the forks have been waited for", async () => {
        await server.ask("");
        return childrenOf(server.pid).length === 0;
      });
    },
  );
});

test.skipIf(program("python3") === null)("a Python script that is saved runs in the next request", async () => {
  using folder = tempFolder();
  const script = (word: string) => `print("Content-Type: text/plain\\n\\n${word}")\n`;
  folder.write("script", script("first"));
  await using server = await serve("python", folder, "script");
  expect(await server.ask("")).toContain("first");
  folder.write("script", script("other"));
  expect(await server.ask("")).toContain("other");
  folder.write("script", "not Python");
  expect(await server.ask("")).toMatch(/^HTTP\/1\.\d 500/);
  folder.write("script", script("mended"));
  expect(await server.ask("")).toContain("mended");
});

test.skipIf(plackup === null)("stderr that a Perl script opens again gets what it writes (needs plackup)", async () => {
  using folder = tempFolder();
  const source = 'close STDERR; open STDERR, ">>", "errors"; print STDERR "noted\\n"; print "Status: 200\\n\\n";';
  folder.write("script", source);
  await using server = await serve("perl", folder, "script");
  for (const _ of [1, 2]) expect(await server.ask("")).toMatch(/^HTTP\/1\.\d 200/);
  expect(folder.read("errors")).toBe("noted\nnoted\n");
});

const tellsProxy = {
  python: `import os\nprint("Content-Type: text/plain\\n\\n%s|%s" % (os.environ.get("HTTP_PROXY"), os.environ["HTTP_X"]))\n`,
  perl: `print "Content-Type: text/plain\\n\\n", $ENV{HTTP_PROXY} // 'None', "|$ENV{HTTP_X}"`,
  ruby: `print "Content-Type: text/plain\\n\\n#{ENV["HTTP_PROXY"] || "None"}|#{ENV["HTTP_X"]}"`,
} as const;

describe.each([
  { language: "python", needs: "python3" },
  { language: "perl", needs: "perl" },
  { language: "ruby", needs: "ruby" },
] as const)("$language (needs $needs)", ({ language, needs }) => {
  test.skipIf(program(needs) === null)("a header Proxy does not become HTTP_PROXY", async () => {
    using folder = tempFolder();
    await using agent = await startWrapped(folder, language, tellsProxy[language]);
    const { stdout } = await agent.ask({ HTTP_PROXY: "http://client.example/", HTTP_X: "kept" });
    expect(stdout.toString()).toMatch(/\r?\n\r?\nNone\|kept\s*$/);
  });

  test.skipIf(program(needs) === null).each(agentModes)("nor does it in %s, without a wrapper", async (mode) => {
    using folder = tempFolder();
    folder.write("script", tellsProxy[language]);
    await using agent = await AgentProcess.start({ language, mode, script: folder.file("script") });
    for (const _ of [1, 2]) {
      const { stdout } = await agent.ask({ HTTP_PROXY: "http://client.example/", HTTP_X: "kept" });
      expect(stdout.toString()).toMatch(/\n\nNone\|kept\s*$/);
    }
  });
});

const hasRack = program("ruby") !== null && spawnSync("ruby", ["-rrack", "-e", ""]).status === 0;
const cafe = 'run ->(_env) { [200, {}, ["café"]] }\n';

describe.each([
  { what: "with other characters than ASCII", text: cafe, needs: "ruby", isMissing: program("ruby") === null },
  { what: "with `map` alone", text: `map("/") { ${cafe} }\n`, needs: "Rack", isMissing: !hasRack },
])("a Rack application $what (needs $needs)", ({ text, isMissing }) => {
  test.skipIf(isMissing)("is a CGI script, without a locale too", async () => {
    using folder = tempFolder();
    folder.write("config.ru", text);
    folder.write("script", await wrappedText("ruby", "cgi", "config.ru"));
    const variables = { REQUEST_METHOD: "GET", PATH_INFO: "/", SERVER_NAME: "localhost", SERVER_PORT: "80" };
    const plain = await runPlain(["ruby"], folder.file("script"), { name: "", variables, body: Buffer.alloc(0) });
    expect([plain.stderr.toString(), plain.status]).toEqual(["", 0]);
    expect(plain.stdout.toString()).toBe("Status: 200\r\n\r\ncafé");
  });
});
