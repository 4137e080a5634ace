// What an application leaves behind, as its agent reports it (`--detect`): variables of the file
// and of its objects, files, state of the process. What the first request of a process fills or
// opens is none, unless a later one does so again.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type AgentReport, agentReport, leaksOf } from "../../../server/features/leaks/agent-reports.js";
import { type AgentOptions, AgentProcess } from "../../support/agents/agent-process.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

interface Application extends Pick<AgentOptions, "language" | "mode"> {
  readonly needs: string;
  readonly file: string;
  readonly text: string;
  /** Kind and name => line. */
  readonly leaks: Readonly<Record<string, number | null>>;
}

const leaking: readonly Application[] = [
  {
    ...{ language: "python", mode: "handler", needs: "python3", file: "shop.py" },
    text: `import json, os
visits = 0
seen = []
cache = {}
database = None
class Shop:
    orders = 0
def index(req, a):
    global visits, last, database
    visits += 1
    seen.append(a)
    cache[a] = a
    last = a
    database = database or os.open("/etc/hostname", os.O_RDONLY)
    Shop.orders += 1
    json.shop = a
    os.environ["MODE"] = "x"
    open("/etc/passwd").read()
    req.file = os.open("/etc/passwd", os.O_RDONLY)
    return "hello"
`,
    leaks: {
      "environment MODE": 17,
      "attribute json.shop": 16,
      "attribute shop.Shop.orders": 15,
      "file /etc/passwd": 19,
      "global visits": 10,
      "global seen": 11,
      "global last": 13,
      "global database": 14,
    },
  },
  {
    ...{ language: "python", mode: "wsgi", needs: "python3", file: "shop.py" },
    text: `import os
seen = {}
def application(environ, start_response):
    seen[len(seen)] = 1
    os.umask(0o26)
    start_response("200 OK", [("Content-Type", "text/plain")])
    yield b"hello"
`,
    leaks: { "umask ": 5, "global seen": 4 },
  },
  {
    ...{ language: "perl", mode: "handler", needs: "perl", file: "shop.pl" },
    text: `use strict; use warnings;
my $count = 0;
my %cache;
our ($visits, $last, @seen) = (0);
sub index {
    my ($req, %form) = @_;
    $count++;
    $visits++;
    $cache{x} = 1;
    push @seen, 1;
    $last = $form{a};
    $ENV{MODE} = 'x';
    return "hello";
}
`,
    leaks: {
      "environment MODE": 12,
      "global $count": 7,
      "global $visits": 8,
      "global $last": 11,
      "global @seen": 10,
    },
  },
  {
    ...{ language: "perl", mode: "psgi", needs: "perl", file: "shop.pl" },
    text: `my $count = 0;
my $next = sub { $count += 1; 'hello' };
sub { [200, ['Content-Type' => 'text/plain'], [$next->()]] };
`,
    leaks: { "global $count": 2 },
  },
  {
    ...{ language: "ruby", mode: "rack", needs: "ruby", file: "config.ru" },
    text: `require "json"
count = 0
class Shop
  @@seen = []
  def initialize(app)
    @app, @orders, @cache = app, 0, {}
  end
  def call(env)
    @orders += 1
    @cache["a"] = 1
    @@seen << 1
    JSON.instance_variable_set(:@shop, 1)
    $last = env["QUERY_STRING"]
    ENV["MODE"] = "x"
    Thread.current[:user] = env["QUERY_STRING"]
    @app.call(env)
  end
end
use Shop
run ->(env) {
  count += 1
  [200, { "content-type" => "text/plain" }, ["hello"]]
}
`,
    leaks: {
      "attribute Shop#@orders": 9,
      "global count": 21,
      "growth Shop.@@seen": 11,
      "attribute JSON.@shop": 12,
      "global $last": 13,
      "environment MODE": 14,
      "setting Thread.current[:user]": 15,
    },
  },
];

const clean: readonly Application[] = [
  {
    ...{ language: "python", mode: "handler", needs: "python3", file: "shop.py", leaks: {} },
    text: `import json, re, sqlite3
cache = {}
database = None
def index(req, a):
    global database
    database = database or sqlite3.connect(":memory:", check_same_thread=False)
    cache[a] = re.sub("[ab]", "c", a)
    return json.dumps(req.form)
`,
  },
  {
    ...{ language: "perl", mode: "handler", needs: "perl", file: "shop.pl", leaks: {} },
    text: `use strict; use warnings; use POSIX 'strftime';
my %cache;
sub index { my ($req, %form) = @_; $cache{$form{a}} = 1; return strftime('%Y', gmtime 0) }
`,
  },
  {
    ...{ language: "ruby", mode: "rack", needs: "ruby", file: "config.ru", leaks: {} },
    text: `require "json"
require "time"
cache = {}
run ->(env) {
  cache[env["QUERY_STRING"]] ||= Time.at(0).utc.httpdate
  Thread.current[:settings] ||= Object.new
  [200, { "content-type" => "text/plain" }, [JSON.generate(cache)]]
}
`,
  },
];

/** Of two processes: the second one knows what to watch. */
async function reportsOf(folder: TempFolder, { language, mode, file, text }: Application): Promise<AgentReport[]> {
  const reports = join(folder.path, "reports");
  folder.write(file, text);
  for (const _ of [1, 2]) {
    const options = [`--detect=${reports}`];
    await using agent = await AgentProcess.start({ language, mode, script: folder.file(file), options });
    for (const time of [1, 2, 3]) {
      const { status, stderr } = await agent.ask({ PATH_INFO: "/", QUERY_STRING: "a=1" });
      expect({ time, status, stderr: stderr.toString() }).toEqual({ time, status: 0, stderr: "" });
    }
  }
  const lines = readFileSync(reports, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => agentReport.parse(JSON.parse(line)));
}

describe.each([
  ...leaking.map((one) => ({ ...one, what: "leaks" })),
  ...clean.map((one) => ({ ...one, what: "is clean" })),
])("$language, $mode, $what", ({ needs, ...application }) => {
  test.skipIf(program(needs) === null)(`(needs ${needs})`, { timeout: 180_000 }, async () => {
    using folder = tempFolder();
    const reports = await reportsOf(folder, { needs, ...application });
    expect(reports.length).toBe(6);
    const { leaks, putBack } = leaksOf(reports, (file) => file, "application");
    expect(Object.fromEntries(leaks.map(({ kind, name, line }) => [`${kind} ${name}`, line]))).toEqual(
      application.leaks,
    );
    expect(putBack).toEqual([]);
  });
});
