// Modes with an agent: an unmodified script gives the response that it gives as CGI, in an interpreter that stays.
import { describe, expect, test } from "vitest";
import type { Mode } from "../../../server/contract/modes.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import "../../support/built-agents.js";
import { coded } from "../../support/coded.js";
import { plain as whole } from "../../support/fastcgi-gateway.js";
import { startGateway, type TestGateway } from "../../support/gateway.js";
import { isAlive } from "../../support/processes.js";
import { program } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const modes = ["prefork", "persistent"] as const;

/** Each with what its response must hold, as CGI too. */
const python = {
  "form.py": `#!/usr/bin/env python3
import os, sys
body = sys.stdin.buffer.read()
print("Status: 201 Made")
print("Content-Type: text/plain")
print("X-Name:", __name__, os.path.basename(sys.argv[0]), os.path.basename(os.getcwd()))
print()
print(os.environ["REQUEST_METHOD"], os.environ["QUERY_STRING"], os.environ["SETTING"], len(body), sys.argv[1:])
`,
  "state.py": `#!/usr/bin/env python3
import os, random, sys, subprocess
seen = globals().get("seen", 0) + 1
os.environ["LEFT"] = os.environ.get("LEFT", "") + "x"
os.umask(0o77); os.chdir("/")
print("Content-Type: text/plain\\n")
print(seen, os.environ["LEFT"], "random" in sys.modules)
sys.stdout.flush()
os.write(1, b"by descriptor\\n")
subprocess.run(["echo", "by child"])
`,
  "fails.py": `#!/usr/bin/env python3
import sys
print("a warning", file=sys.stderr)
raise ValueError("no such thing")
`,
  "exits.py": `#!/usr/bin/env python3
import sys
print("Content-Type: text/plain\\n\\nhalf", flush=True)
sys.exit(3)
`,
  "syntax.py": "#!/usr/bin/env python3\nprint('unclosed\n",
  "nph-raw.py": `#!/usr/bin/env python3
print("HTTP/1.0 299 Mine\\r\\nContent-Type: text/plain\\r\\n\\r\\nraw", end="")
`,
};
const perl = {
  "form.pl": `#!/usr/bin/perl -w
use strict; use Cwd; use File::Basename;
my $body = do { local $/; <STDIN> } // "";
print "Status: 201 Made\\nContent-Type: text/plain\\nX-Name: ", basename($0), " ", basename(getcwd()), "\\n\\n";
print "$ENV{REQUEST_METHOD} $ENV{QUERY_STRING} $ENV{SETTING} ", length $body, " @ARGV\\n";
`,
  "state.pl": `#!/usr/bin/perl
our $seen; $seen++; $ENV{LEFT} .= "x"; umask 077; chdir "/";
print "Content-Type: text/plain\\n\\n$seen $ENV{LEFT}\\n";
END { print "at the end\\n" }
`,
  "fails.pl": `#!/usr/bin/perl
print STDERR "a warning\\n"; die "no such thing\\n";
`,
  "exits.pl": `#!/usr/bin/perl
$| = 1; print "Content-Type: text/plain\\n\\nhalf\\n"; exit 3;
`,
};

const ruby = {
  "form.rb": `#!/usr/bin/env ruby
body = STDIN.read
puts "Status: 201 Made\nContent-Type: text/plain\nX-Name: #{File.basename($0)} #{File.basename(Dir.pwd)}\n\n"
puts "#{ENV["REQUEST_METHOD"]} #{ENV["QUERY_STRING"]} #{ENV["SETTING"]} #{body.size} #{ARGV.inspect}"
`,
  "state.rb": `#!/usr/bin/env ruby
$seen = $seen.to_i + 1; ENV["LEFT"] = ENV["LEFT"].to_s + "x"; File.umask(077); Dir.chdir("/")
puts "Content-Type: text/plain\n\n#{$seen} #{ENV["LEFT"]}"
at_exit { puts "at the end" }
`,
  "fails.rb": `#!/usr/bin/env ruby
warn "a warning"; raise "no such thing"
`,
  "exits.rb": `#!/usr/bin/env ruby
$stdout.sync = true; puts "Content-Type: text/plain\n\nhalf"; exit 3
`,
  "nph-raw.rb": `#!/usr/bin/env ruby
print "HTTP/1.0 299 Mine\r\nContent-Type: text/plain\r\n\r\nraw"
`,
};

const shell = { "plain.sh": "echo Content-Type: text/plain; echo; echo shell" };

async function gatewayWith(scripts: Readonly<Record<string, string>>, config: object = {}): Promise<TestGateway> {
  const gateway = await startGateway({ config: { variables: { SETTING: "configured" }, ...config } });
  for (const [name, text] of Object.entries(scripts)) gateway.script(`cgi-bin/${name}`, text);
  return gateway;
}

/** What the client gets, and the trace. */
async function send(gateway: TestGateway, mode: Mode | null, bytes: string) {
  const client = await gateway.connect();
  let id = "";
  const onTrace = (trace: { readonly id: string }): void => {
    id = trace.id;
  };
  gateway.overrides.register(client.socket, { from: "composer", mode, variables: new Map(), parent: null, onTrace });
  client.send(bytes);
  const wire = (await client.rest()).replace(/^Date: .*\r\n/m, "").replace(/Trace #\d+/, "Trace");
  const traces = await waitFor("the trace", async () => {
    const ended = await gateway.ended(gateway.endedSoFar);
    return ended.some((trace) => trace.id === id) ? ended : null;
  });
  const trace = traces.find((one) => one.id === id);
  if (!trace) throw new Error("no trace");
  return { wire, trace };
}
const get = (target: string): string => whole("GET", target);

/** With the status that the query names. */
const pythonEnds = `#!/usr/bin/env python3
import os, sys
how = os.environ["QUERY_STRING"]
print("Content-Type: text/plain\\n", flush=True)
if how == "kill": os.kill(os.getpid(), 9)
sys.exit(int(how))
`;
const perlEnds = `#!/usr/bin/perl
$| = 1; print "Content-Type: text/plain\\n\\n"; kill KILL => $$ if $ENV{QUERY_STRING} eq "kill"; exit $ENV{QUERY_STRING};
`;
const rubyEnds = `#!/usr/bin/env ruby
$stdout.sync = true; puts "Content-Type: text/plain\\n\\n"; how = ENV["QUERY_STRING"]
how == "kill" ? Process.kill("KILL", $$) : exit(how.to_i)
`;

const proxies = {
  python: 'import os\nprint("Content-Type: text/plain\\n\\n" + os.environ["HTTP_PROXY"])\n',
  perl: 'print "Content-Type: text/plain\\n\\n$ENV{HTTP_PROXY}";\n',
  ruby: 'print "Content-Type: text/plain\\n\\n" + ENV["HTTP_PROXY"]\n',
} as const;

const languages = [
  { language: "python", needs: "python3", scripts: python, ends: pythonEnds, extension: "py" },
  { language: "perl", needs: "perl", scripts: perl, ends: perlEnds, extension: "pl" },
  { language: "ruby", needs: "ruby", scripts: ruby, ends: rubyEnds, extension: "rb" },
] as const;

for (const { language, needs, scripts, ends, extension } of languages)
  describe.skipIf(program(needs) === null).each(modes)(`${language}, %s (needs ${needs})`, (mode) => {
    test("gives what CGI gives: status, headers, body, stderr, exit, findings", async () => {
      await using gateway = await gatewayWith(scripts);
      for (const name of Object.keys(scripts)) {
        const requests = [
          get(`/cgi-bin/${name}?a=1`),
          get(`/cgi-bin/${name}?two+words`),
          whole("POST", `/cgi-bin/${name}`, ["Content-Length: 70000"], "x".repeat(70_000)),
        ];
        for (const bytes of requests) {
          const plain = await send(gateway, "cgi", bytes);
          const kept = await send(gateway, mode, bytes);
          expect(kept.trace.route.mode).toBe(mode);
          expect([name, kept.wire]).toEqual([name, plain.wire]);
          expect([name, endOf(kept.trace)]).toEqual([name, endOf(plain.trace)]);
          expect(kept.trace.fastcgi?.protocolStatus).toBe(0);
        }
      }
    }, 180_000);

    test("tells an exit code from a signal, as CGI does", async () => {
      await using gateway = await gatewayWith({ [`ends.${extension}`]: ends });
      for (const [how, exitCode, signal] of [
        ["137", 137, null],
        ["255", 255, null],
        ["-1", 255, null],
        ["kill", null, "SIGKILL"],
      ] as const)
        for (const one of ["cgi", mode] as const) {
          const { trace } = await send(gateway, one, get(`/cgi-bin/ends.${extension}?${how}`));
          expect([how, trace.route.mode, trace.process]).toMatchObject([how, one, { exitCode, signal }]);
        }
    });

    test("a query gives no arguments where the policy ignores its words", async () => {
      await using gateway = await gatewayWith(scripts, { policy: { searchWords: "ignore" } });
      const bytes = get(`/cgi-bin/form.${extension}?two+words`);
      const plain = await send(gateway, "cgi", bytes);
      expect(plain.wire).toContain("GET two+words configured 0");
      for (const _ of [1, 2]) expect((await send(gateway, mode, bytes)).wire).toEqual(plain.wire);
    });

    test("an HTTP_PROXY of the settings reaches the script, a client's does not", async () => {
      const script = { [`proxy.${extension}`]: `#!/usr/bin/env ${needs}\n${proxies[language]}` };
      await using gateway = await gatewayWith(script, { variables: { HTTP_PROXY: "http://own.example/" } });
      const bytes = whole("GET", `/cgi-bin/proxy.${extension}`, ["Proxy: http://client.example/"]);
      for (const _ of [1, 2]) expect((await send(gateway, mode, bytes)).wire).toMatch(/\r\nhttp:\/\/own\.example\/\s*/);
    });

    test("the next request runs what was saved, in a new process", async () => {
      await using gateway = await gatewayWith({}, { scripts: { [`cgi-bin/x.${extension}`]: { mode, workers: 1 } } });
      const saying = (word: string): string =>
        `#!/usr/bin/env ${needs}\nprint("Content-Type: text/plain\\n\\n${word}");\n`;
      for (const word of ["one", "two", "three"]) {
        gateway.script(`cgi-bin/x.${extension}`, saying(word));
        for (const _ of [1, 2]) {
          const { wire, trace } = await send(gateway, null, get(`/cgi-bin/x.${extension}`));
          expect(wire).toContain(`\r\n\r\n`);
          expect(wire).toContain(word);
          expect([trace.route.mode, trace.outcome]).toEqual([mode, "ok"]);
        }
      }
    });
  });

const endOf = ({ outcome, cause, process, stderr, findings }: TraceRecord) => ({
  outcome,
  cause,
  exit: [process?.exitCode, process?.signal],
  stderr: stderr && Buffer.from(stderr.read(0, stderr.bytes)).toString(),
  // an agent reads the request body in the script's stead
  findings: findings.map(({ rule }) => rule).filter((rule) => rule !== "body-not-read"),
});

describe.skipIf(program("python3") === null)("a worker process with the Python agent (needs python3)", () => {
  test("a script that kills its process is answered, and the next request served", async () => {
    const killer = `#!/usr/bin/env python3
import os, signal
if os.environ["QUERY_STRING"] == "die":
    os.kill(os.getpid(), signal.SIGKILL)
print("Content-Type: text/plain\\n\\nalive")
`;
    await using gateway = await gatewayWith({ "killer.py": killer });
    for (const mode of modes) {
      expect((await send(gateway, mode, get("/cgi-bin/killer.py"))).wire).toContain("alive");
      const died = await send(gateway, mode, get("/cgi-bin/killer.py?die"));
      expect(died.wire).toMatch(/^HTTP\/1\.1 500 /);
      expect(died.trace.process?.signal).toBe("SIGKILL");
      expect((await send(gateway, mode, get("/cgi-bin/killer.py"))).wire).toContain("alive");
    }
  });

  test("Stop ends the script, and the worker serves on; the end of the server leaves no process", async () => {
    const slow = `#!/usr/bin/env python3
import os, time
print("Content-Type: text/plain\\n\\n", os.getpid(), "is my pid.", flush=True)
if os.environ["QUERY_STRING"] == "wait":
    time.sleep(1000)
`;
    await using gateway = await gatewayWith({ "slow.py": slow });
    for (const mode of modes) {
      const pid = await stopped(gateway, mode);
      await waitFor("the script has ended", () => !isAlive(pid));
      expect((await send(gateway, mode, get("/cgi-bin/slow.py"))).trace.outcome).toBe("ok");
    }
  });

  test("the configured options reach the agent, and modes in turn keep their own processes", async () => {
    await using gateway = await gatewayWith(
      { "state.py": python["state.py"], "count.py": counting },
      { scripts: { "cgi-bin/count.py": { mode: "persistent", workers: 1, globals: "keep", preload: ["json"] } } },
    );
    const bodies: string[] = [];
    for (const mode of [null, "prefork", null, "prefork", null] as const)
      bodies.push((await send(gateway, mode, get("/cgi-bin/count.py"))).wire.split("\r\n\r\n")[1] ?? "");
    expect(bodies.map((body) => Number(/count (\d+)/.exec(body)?.[1]))).toEqual([1, 1, 2, 1, 3]);
    expect(gateway.workers.list().map(({ mode, workers }) => [mode, workers.length])).toEqual([
      ["persistent", 1],
      ["prefork", 1],
    ]);
    const [kept] = gateway.workers.list();
    expect(kept?.command.slice(-4)).toEqual([
      "--mode=persistent",
      "--preload=json",
      "--globals=keep",
      gateway.folder.file("cgi-bin/count.py"),
    ]);
  });
});

const counting = `#!/usr/bin/env python3
count = globals().get("count", 0) + 1
print("Content-Type: text/plain\\n\\ncount", count)
`;

/** Stops a request once its first output is there. Resolves with the pid that it printed. */
async function stopped(gateway: TestGateway, mode: Mode): Promise<number> {
  const client = await gateway.connect();
  let id = "";
  gateway.overrides.register(client.socket, {
    ...{ from: "composer", mode, variables: new Map(), parent: null },
    onTrace: (trace) => {
      id = trace.id;
    },
  });
  client.send(get("/cgi-bin/slow.py?wait"));
  const text = await client.until("pid.");
  gateway.listener.stop(id);
  await client.rest();
  return Number(/(\d+) is my pid\./.exec(text)?.[1]);
}

describe("a script that no agent can run", () => {
  test("asked for once: 501 with the reason; configured: 500 with it", async () => {
    await using gateway = await gatewayWith(shell, { scripts: { "cgi-bin/set.sh": { mode: "prefork" } } });
    gateway.script("cgi-bin/set.sh", shell["plain.sh"]);
    const asked = await send(gateway, "prefork", get("/cgi-bin/plain.sh"));
    expect([asked.wire.slice(0, 12), asked.trace.cause]).toEqual([
      "HTTP/1.1 501",
      coded("no-agent", { path: "/cgi-bin/plain.sh", mode: "prefork" }),
    ]);
    const configured = await send(gateway, null, get("/cgi-bin/set.sh"));
    expect(configured.wire).toMatch(/^HTTP\/1\.1 500 /);
  });

  test("since its first line ends in a carriage return: the reason and the finding are that", async () => {
    const crlf = { "crlf.py": "#!/usr/bin/python3\r\nprint()\r\n" };
    await using gateway = await gatewayWith(crlf, { scripts: { "cgi-bin/crlf.py": { mode: "persistent" } } });
    const { trace } = await send(gateway, null, get("/cgi-bin/crlf.py"));
    expect(trace.cause).toEqual(coded("first-line-carriage-return", { path: "/cgi-bin/crlf.py" }));
    expect(trace.findings[0]).toMatchObject({ rule: "shebang-carriage-return", line: 1 });
  });
});
