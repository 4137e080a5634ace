// `leaks` as a user calls it: real scripts that leave something behind, and one that does not.
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LeaksReport, leaksReport } from "../../../server/contract/command-output.js";
import { commandLine, startCommand } from "../../support/command-line.js";
import { descendants, isAlive } from "../../support/processes.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const python = (...lines: readonly string[]): string =>
  `${["#!/usr/bin/env python3", ...lines, 'print("Content-Type: text/plain\\n")'].join("\n")}\n`;

const perl = (...lines: readonly string[]): string =>
  `${["#!/usr/bin/env perl", 'print "Content-Type: text/plain\\n\\n";', ...lines].join("\n")}\n`;

const ruby = (...lines: readonly string[]): string =>
  `${["#!/usr/bin/env ruby", 'puts "Content-Type: text/plain", ""', ...lines].join("\n")}\n`;

const scripts: Readonly<Record<string, string>> = {
  "stays.py": python(
    "import json, os, signal, string",
    'string.shop = "open"',
    "json.JSONEncoder.default = lambda self, value: str(value)",
    'json.seen = getattr(json, "seen", [])',
    "json.seen.append(1)",
    'descriptor = os.open("/etc/passwd", os.O_RDONLY)',
    "signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2])",
    "def opens():",
    "    json.decoder.shop = 1",
    "opens()",
  ),
  "put-back.py": python(
    "import locale, os, signal, sys, time",
    'os.environ["MODE"] = "x"',
    'os.chdir("/")',
    "os.umask(0o26)",
    "signal.signal(signal.SIGUSR1, signal.SIG_IGN)",
    'sys.path.append("/opt/x")',
    'locale.setlocale(locale.LC_NUMERIC, "C.UTF-8")',
    "sys.setrecursionlimit(5000)",
    'os.environ["TZ"] = "Asia/Tokyo"; time.tzset()',
  ),
  "thread.py": python(
    "import threading",
    'thread = threading.Thread(target=threading.Event().wait, daemon=True, name="waits")',
    "thread.start()",
  ),
  // -S: without packages that load threading before the script
  "logs.py": `#!/usr/bin/env -S python3 -S\nimport logging, subprocess\nprint("Content-Type: text/plain\\n")\n`,
  "memory.py": python("import json", "json.kept = [getattr(json, 'kept', None), bytearray(1 << 20)]"),
  "counter.py": `${python("import visits, json", "visits.n += 1", "json.n = getattr(json, 'n', 0) + 1")}print("visit", json.n, visits.n)\n`,
  "visits.py": "n = 0\n",
  "fails.py": '#!/usr/bin/env python3\nprint("Status: 500\\nContent-Type: text/plain\\n\\nfailed")\n',
  "dies.py": "#!/usr/bin/env python3\nraise SystemExit(3)\n",
  "clean.py": `${python(
    "import datetime, decimal, email.message, html, json, logging, os, random, re, sqlite3, time, urllib.parse",
    "import xml.etree.ElementTree as tree",
    're.sub("a+", "b", os.environ.get("QUERY_STRING", ""))',
    'datetime.datetime.strptime("2020-01-02", "%Y-%m-%d")',
    'urllib.parse.urlsplit("http://x/y?z=1"); tree.fromstring("<a/>")',
    'sqlite3.connect(":memory:").execute("create table t(a)")',
    "decimal.getcontext().prec = 5",
  )}print(html.escape("<"), time.time(), random.random(), os.getpid())\n`,
  "library.pl": perl(
    "use Data::Dumper; use POSIX ();",
    "no warnings; my $count = 0;",
    "$Data::Dumper::Indent++;",
    "*Data::Dumper::Dumper = sub { $count };",
    "push @Data::Dumper::EXPORT_OK, 'more';",
    'POSIX::open("/etc/passwd");',
    'print "seen $Data::Dumper::Indent\\n";',
  ),
  "put-back.pl": perl(
    "use strict; use POSIX ();",
    "$ENV{MODE} = 'x';",
    "chdir '/';",
    "umask 026;",
    "$SIG{USR1} = 'IGNORE';",
    "push @INC, '/opt/x';",
    "$/ = undef;",
    "$ENV{TZ} = 'Asia/Tokyo'; POSIX::tzset();",
  ),
  "clean.pl": perl(
    "use strict; use Data::Dumper; use Encode; use File::Temp; use JSON::PP; use POSIX 'strftime'; use Text::Wrap;",
    "my %form = map { split /=/, $_, 2 } split /&/, $ENV{QUERY_STRING};",
    "open my $file, '<', '/etc/passwd'; my @lines = <$file>;",
    "print JSON::PP->new->canonical->encode({ %form }), wrap('', '', encode('UTF-8', 'a b')), Dumper(\\%form);",
    "print strftime('%Y', gmtime), time, \" $$\\n\";",
  ),
  "stays.rb": ruby(
    'require "json"; require "set"',
    "class String",
    '  def shout; upcase + "!"; end',
    "end",
    "module JSON",
    "  def self.dump(*) 'mine'; end",
    "end",
    "JSON::SHOP = Set.new unless JSON.const_defined?(:SHOP)",
    "JSON.instance_variable_set(:@seen, (JSON.instance_variable_get(:@seen) || []) << 1)",
    "Thread.abort_on_exception = true",
    "Comparable.class_variable_set(:@@seen, 1 + (Comparable.class_variable_defined?(:@@seen) ? 1 : 0))",
    "spawn('sleep 5', in: '/dev/null', out: '/dev/null', err: '/dev/null')",
    'print "visit ", JSON.instance_variable_get(:@seen).size',
  ),
  "put-back.rb": ruby(
    "$name = 1; $, = nil",
    "ENV['MODE'] = 'x'",
    "Dir.chdir '/'",
    "File.umask 026",
    "trap('USR1') { }",
    "$LOAD_PATH << '/opt/x'",
    "$/ = 'x'",
    "Encoding.default_external = 'ISO-8859-1'",
    "ENV['TZ'] = 'Asia/Tokyo'",
    "held = File.open('/etc/passwd')",
    "waiting = Thread.new { sleep }",
    "waiting.name = 'waits'",
    "class Cart; @count = 1; def add; end; end",
    "LIMIT = 5",
    "def helper; end",
  ),
  "memory.rb": ruby("require 'json'", "(JSON::KEPT ||= []) << 'x' * (1 << 20)"),
  "clean.rb": `${ruby(
    "require 'cgi'; require 'csv'; require 'date'; require 'digest'; require 'erb'; require 'json'; require 'logger'",
    "require 'net/http'; require 'securerandom'; require 'set'; require 'stringio'; require 'tempfile'; require 'time'",
    "require 'uri'; require 'yaml'",
    "p CSV.parse('a,b'), JSON.parse('[1]'), Date.parse('2020-01-02'), YAML.load('a: 1'), URI('http://x/y').host",
    "puts ERB.new('<%= 1 %>').result, CGI.escape('a b'), Time.now.httpdate, SecureRandom.hex",
    "Logger.new(StringIO.new).info('x'); Tempfile.create('x') { |file| file.write('y') }",
  )}`,
  "shop.ru": `#!/usr/bin/env ruby
count = 0
run ->(env) { [200, { "content-type" => "text/plain" }, ["visit #{count += 1}"]] }
`,
  "handler.py": "visits = []\ndef index(req):\n    visits.append(1)\n    return f'visit {len(visits)}'\n",
  "handler.pl": "my %cache;\nsub index { my $req = shift; return $cache{hello} //= 'hello' }\n",
  "x.sh": "#!/bin/sh\necho 'Content-Type: text/plain'; echo; echo hello\n",
};

let folder: TempFolder;
beforeAll(() => {
  folder = tempFolder();
  folder.makeFolder("cgi-bin");
  for (const [name, text] of Object.entries(scripts)) {
    folder.write(`cgi-bin/${name}`, text);
    if (text.startsWith("#!")) folder.makeExecutable(`cgi-bin/${name}`);
  }
});
afterAll(() => folder[Symbol.dispose]());

async function reportOf(targets: readonly string[], ...more: readonly string[]) {
  const { exitCode, stdout, stderr } = await commandLine(["leaks", folder.path, ...targets, ...more, "--json"]);
  expect(stdout.toString(), stderr).not.toBe("");
  return { exitCode, report: leaksReport.parse(JSON.parse(stdout.toString())) };
}
const linesOf = (leaks: LeaksReport["leaks"]): Readonly<Record<string, number | null>> =>
  Object.fromEntries(leaks.map(({ kind, name, line }) => [`${kind} ${name}`.trim(), line]));

describe.skipIf(program("python3") === null)("a Python script (needs python3)", { timeout: 120_000 }, () => {
  test("what the next request finds has its line, and what it was", async () => {
    const { exitCode, report } = await reportOf(["/cgi-bin/stays.py"]);
    expect(linesOf(report.leaks)).toEqual({
      "attribute string.shop": 3,
      "attribute json.encoder.JSONEncoder.default": 4,
      "growth json.seen": 6,
      "file /etc/passwd": 7,
      "blocked-signals": 8,
      "attribute json.decoder.shop": 10,
    });
    expect(report.leaks.find(({ name }) => name === "json.seen")).toMatchObject({
      file: "cgi-bin/stays.py",
      before: "1 item",
      after: "2 items",
      message: { code: "growth" },
      advice: { code: "bound-it" },
    });
    expect(report).toMatchObject({ alike: true, stateExamined: true, differences: [], varies: [], putBack: [] });
    expect(exitCode).toBe(1);
  });

  test("what the mode puts back is no leak, and is named apart", async () => {
    const { exitCode, report } = await reportOf(["/cgi-bin/put-back.py"]);
    expect(report.leaks).toEqual([]);
    expect(linesOf(report.putBack)).toEqual({
      "environment MODE": 3,
      directory: 4,
      umask: 5,
      "signal SIGUSR1": 6,
      "search-path sys.path": 7,
      locale: 8,
      "setting sys.setrecursionlimit": 9,
      "environment TZ": 10,
      "time-zone": 10,
    });
    expect(exitCode).toBe(0);
  });

  test.each([
    ["json.dumps = lambda *_: '{broken'", "attribute json.dumps"],
    ["json.encoder.JSONEncoder.encode = lambda *_: 'x' * (1 << 20)", "attribute json.encoder.JSONEncoder.encode"],
    ["sys.getallocatedblocks = lambda: 'many'", "attribute sys.getallocatedblocks"],
  ])("what a script changes that the reports might need is a leak: %s (C7)", async (patch, leak) => {
    folder.write("cgi-bin/spoils.py", python("import json, os, sys", patch));
    folder.makeExecutable("cgi-bin/spoils.py");
    const { report } = await reportOf(["/cgi-bin/spoils.py"]);
    expect(Object.keys(linesOf(report.leaks))).toContain(leak);
  });

  test.each([
    "sys.settrace = None",
    "sys.modules = None",
    "os.getpid = lambda: 'mine'",
    "gc.collect = None",
    "gc.unfreeze = lambda: 1 / 0",
    "sys.modules['threading'] = None; sys.intern = None; ast.walk = None; ast.parse = None",
    "os.listdir = os.scandir = os.readlink = os.fstat = None",
  ])("a script that spoils the reports gets a sentence, not a stack trace: %s (C7)", async (patch) => {
    folder.write("cgi-bin/spoils.py", python("import ast, gc, os, sys", patch));
    folder.makeExecutable("cgi-bin/spoils.py");
    const { exitCode, stdout, stderr } = await commandLine(["leaks", folder.path, "/cgi-bin/spoils.py"]);
    expect([exitCode, stdout.toString()]).toEqual([1, ""]);
    expect(stderr.length).toBeLessThan(600);
    expect(stderr).toMatch(/ \(\w+Error: .+\)/);
    expect(stderr).not.toMatch(/^\s+at |Traceback/m);
  });

  test("a thread that still runs", async () => {
    const { exitCode, report } = await reportOf(["/cgi-bin/thread.py"]);
    expect([linesOf(report.leaks), exitCode]).toEqual([{ "thread waits": 4 }, 1]);
  });

  test("memory that every request needs more of", async () => {
    const { report } = await reportOf(["/cgi-bin/memory.py"]);
    expect(report.leaks.map(({ kind, name }) => `${kind} ${name}`)).toContain("memory resident");
  });

  test("an output that is not CGI's has the first byte that differs; --keep keeps the script's own modules", async () => {
    const { exitCode, report } = await reportOf(["/cgi-bin/counter.py"]);
    expect(linesOf(report.leaks)).toEqual({ "attribute json.n": 4 });
    expect(report.differences).toMatchObject([
      { run: "warm", part: "body", offset: 6, cgi: "visit 1 1", found: "visit 2 1" },
    ]);
    expect([report.alike, exitCode]).toEqual([false, 1]);
    const kept = await reportOf(["/cgi-bin/counter.py"], "--keep");
    expect(linesOf(kept.report.leaks)).toEqual({ "attribute json.n": 4, "attribute visits.n": 3 });
  });

  test("a clean script: no leak, whatever its libraries keep and CGI does not repeat; several targets", async () => {
    const targets = ["/cgi-bin/clean.py?a=aa", "/cgi-bin/clean.py"];
    const { exitCode, report } = await reportOf(targets);
    expect(report).toMatchObject({ targets, leaks: [], putBack: [], alike: true, stateExamined: true });
    expect(report.varies).toEqual(targets.map((target) => ({ target, part: "body", name: null })));
    expect(exitCode).toBe(0);
  });

  test("as text: one line for each leak, and its advice", async () => {
    const { exitCode, stdout } = await commandLine(["leaks", folder.path, "/cgi-bin/stays.py", "-d", "a=b"]);
    const lines = stdout.toString().split("\n");
    expect(lines.filter((line) => /^ {2}[\w-]+: .*cgi-bin\/stays\.py, line \d+/.test(line)).length).toBe(6);
    expect(lines.filter((line) => line.startsWith("    ")).length).toBe(6);
    expect(exitCode).toBe(1);
  });

  test("prefork isolates requests: outputs alone are compared", async () => {
    const { exitCode, report } = await reportOf(["/cgi-bin/counter.py"], "--mode", "prefork");
    expect(report).toMatchObject({ mode: "prefork", alike: true, leaks: [], stateExamined: false });
    expect(exitCode).toBe(0);
  });

  test("SIGINT ends it cleanly", async () => {
    const child = startCommand(["leaks", folder.path, ...Array.from({ length: 200 }, () => "/cgi-bin/clean.py")]);
    let words = "";
    child.stderr?.on("data", (bytes: Buffer) => {
      words += bytes.toString();
    });
    await waitFor("a request in its process", () => words.includes("CGI") && descendants(child.pid ?? 0).length > 0);
    const before = descendants(child.pid ?? 0).map(({ pid }) => pid);
    const ended = once(child, "exit");
    child.kill("SIGINT");
    expect(await ended).toEqual([130, null]);
    await waitFor("no process is left", () => !before.some(isAlive));
  });
});

describe.skipIf(program("perl") === null)("a Perl script (needs perl)", { timeout: 120_000 }, () => {
  test("what the next request finds, with the line that names it; and an output that is not CGI's", async () => {
    const { exitCode, report } = await reportOf(["/cgi-bin/library.pl"]);
    expect(linesOf(report.leaks)).toEqual({
      "attribute $Data::Dumper::Indent": 5,
      "attribute &Data::Dumper::Dumper": 6,
      "growth @Data::Dumper::EXPORT_OK": 7,
      "file /etc/passwd": null,
    });
    expect(report.differences).toMatchObject([{ run: "warm", part: "body", cgi: "seen 3", found: "seen 4" }]);
    expect([report.alike, report.stateExamined, exitCode]).toEqual([false, true, 1]);
  });

  test("what the mode puts back is no leak, and is named apart", async () => {
    const { exitCode, report } = await reportOf(["/cgi-bin/put-back.pl"]);
    expect(report).toMatchObject({ leaks: [], alike: true });
    expect(linesOf(report.putBack)).toEqual({
      "environment MODE": 4,
      directory: 5,
      umask: 6,
      "signal USR1": 7,
      "search-path @INC": 8,
      "setting $/": 9,
      "environment TZ": 10,
      "time-zone": 10,
    });
    expect(exitCode).toBe(0);
  });

  test("a clean script", async () => {
    const { exitCode, report } = await reportOf(["/cgi-bin/clean.pl?a=b"]);
    expect(report).toMatchObject({ leaks: [], putBack: [], alike: true, stateExamined: true });
    expect(exitCode).toBe(0);
  });
});

describe.skipIf(program("ruby") === null)("a Ruby script (needs ruby)", { timeout: 120_000 }, () => {
  test("what the next request finds has its line, and what it was; an output that is not CGI's", async () => {
    const { exitCode, report } = await reportOf(["/cgi-bin/stays.rb"]);
    expect(linesOf(report.leaks)).toEqual({
      "attribute String#shout": 5,
      "attribute JSON.dump": 8,
      "attribute JSON::SHOP": 10,
      "growth JSON.@seen": 11,
      "setting Thread.abort_on_exception": 12,
      "attribute Comparable.@@seen": 13,
      "child sleep": 14,
    });
    expect(report.leaks.find(({ kind }) => kind === "growth")).toMatchObject({
      file: "cgi-bin/stays.rb",
      before: "1 item",
      after: "2 items",
      advice: { code: "bound-it" },
    });
    expect(report.differences).toMatchObject([{ run: "warm", part: "body", cgi: "visit 1", found: "visit 2" }]);
    expect([report.stateExamined, report.putBack, exitCode]).toEqual([true, [], 1]);
  });

  test("what the mode puts back is no leak, and is named apart", async () => {
    const { exitCode, report } = await reportOf(["/cgi-bin/put-back.rb"]);
    expect(report).toMatchObject({ leaks: [], alike: true });
    expect(linesOf(report.putBack)).toEqual({
      "environment MODE": 4,
      directory: 5,
      umask: 6,
      "signal USR1": 7,
      "search-path $LOAD_PATH": 8,
      "setting $/": 9,
      "setting Encoding.default_external": 10,
      "environment TZ": 11,
      "time-zone": 11,
      "file /etc/passwd": 12,
      "thread waits": 13,
    });
    expect(exitCode).toBe(0);
  });

  test("memory that every request needs more of", async () => {
    const { report } = await reportOf(["/cgi-bin/memory.rb"]);
    expect(report.leaks.map(({ kind, name }) => `${kind} ${name}`)).toEqual(["growth JSON::KEPT", "memory resident"]);
  });

  test("a clean script: no leak, whatever its libraries keep", async () => {
    const { exitCode, report } = await reportOf(["/cgi-bin/clean.rb?a=b"]);
    expect(report).toMatchObject({ leaks: [], putBack: [], alike: true, stateExamined: true });
    expect(exitCode).toBe(0);
  });
});

describe("an application is compared with itself in a new process", { timeout: 120_000 }, () => {
  test("no main thread, which threading makes known (W4)", async () => {
    const { exitCode, report } = await reportOf(["/cgi-bin/logs.py"]);
    expect([exitCode, report.leaks, report.stateExamined]).toEqual([0, [], true]);
  });

  test.skipIf(program("ruby") === null)("of Rack, in its own mode (needs ruby)", async () => {
    const { exitCode, report } = await reportOf(["/cgi-bin/shop.ru"]);
    expect([report.mode, linesOf(report.leaks), exitCode]).toEqual(["rack", { "global count": 3 }, 1]);
    expect(report.leaks[0]?.advice.code).toBe("keep-in-request");
    expect(report.differences).toMatchObject([{ run: "warm", part: "body", cgi: "visit 1", found: "visit 2" }]);
    expect([report.alike, report.stateExamined]).toEqual([false, true]);
  });

  test.skipIf(program("python3") === null)("of functions in Python (needs python3)", async () => {
    const { exitCode, report } = await reportOf(["/cgi-bin/handler.py/"], "--mode", "handler");
    expect([linesOf(report.leaks), report.alike, exitCode]).toEqual([{ "global visits": 3 }, false, 1]);
  });

  test.skipIf(program("python3") === null)("of a script that `wrap` made one of (needs python3)", async () => {
    const [script, output] = ["clean.py", "wrapped.py"].map((name) => folder.file(`cgi-bin/${name}`));
    await commandLine(["wrap", String(script), "-o", String(output)]);
    const { exitCode, report } = await reportOf(["/cgi-bin/wrapped.py"], "--mode", "wsgi");
    expect([report.mode, linesOf(report.leaks), exitCode]).toEqual(["wsgi", {}, 0]);
  });

  test.skipIf(program("perl") === null)("one that fills a cache once is clean (needs perl)", async () => {
    const { exitCode, report } = await reportOf(["/cgi-bin/handler.pl/"], "--mode", "handler");
    expect(report).toMatchObject({ leaks: [], putBack: [], alike: true, stateExamined: true });
    expect(exitCode).toBe(0);
  });
});

test.skipIf(program("python3") === null).each(["fails.py", "dies.py"])(
  "%s: a script that fails as CGI is not clean, though it fails alike in the mode (needs python3)",
  async (name) => {
    const targets = ["/cgi-bin/clean.py", `/cgi-bin/${name}`];
    const { exitCode, stdout, stderr } = await commandLine(["leaks", folder.path, ...targets, "--json"]);
    const why = /A request in the mode cgi failed with the status 500/;
    expect([exitCode, stdout.toString(), stderr]).toEqual([1, "", expect.stringMatching(why)]);
  },
);

test.each([
  [["/cgi-bin/x.sh"], 1, /Python, Perl and Ruby/],
  [["/no-such.py"], 1, /leads to no script/],
  [["/cgi-bin/x.sh", "--mode", "cgi"], 2, /--mode takes one of prefork, persistent/],
  [[], 2, /leaks takes DIR TARGET/],
])("what cannot be examined is refused: %j", async (args, code, why) => {
  const { exitCode, stdout, stderr } = await commandLine(["leaks", folder.path, ...args]);
  expect([exitCode, stdout.toString(), stderr]).toEqual([code, "", expect.stringMatching(why)]);
});
