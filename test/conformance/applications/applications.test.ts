// The modes that call an application: WSGI (PEP 3333) for Python, PSGI 1.1 for Perl, Rack for Ruby, in worker processes
// of the pool.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import "../../support/built-agents.js";
import { coded } from "../../support/coded.js";
import { plain as whole } from "../../support/fastcgi-gateway.js";
import { startGateway, type TestGateway } from "../../support/gateway.js";
import { isAlive } from "../../support/processes.js";
import { repositoryRoot } from "../../support/repository.js";
import { program } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const fixture = (name: string): string =>
  readFileSync(join(repositoryRoot, "test/fixtures/applications", name), "utf8");
const sha256 = (bytes: string): string => createHash("sha256").update(bytes, "latin1").digest("hex");

const languages = [
  { mode: "wsgi", needs: "python3", extension: "py", says: (word: string) => pythonSaying(word) },
  { mode: "psgi", needs: "perl", extension: "pl", says: (word: string) => perlSaying(word) },
  { mode: "rack", needs: "ruby", extension: "rb", says: (word: string) => rubySaying(word) },
] as const;
type Language = (typeof languages)[number];

const pythonSaying = (word: string): string => `#!/usr/bin/env python3
def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"${word}"]
`;
const perlSaying = (word: string): string => `#!/usr/bin/env perl
sub { [200, ['Content-Type' => 'text/plain; charset=utf-8'], ['${word}']] };
`;
const rubySaying = (word: string): string => `#!/usr/bin/env ruby
run ->(_) { [200, { "content-type" => "text/plain; charset=utf-8" }, ["${word}"]] }
`;

async function serving({ mode, extension }: Language, name: string, source?: string): Promise<TestGateway> {
  const file = `cgi-bin/${name}.${extension}`;
  const gateway = await startGateway({
    config: { variables: { SETTING: "configured" }, scripts: { [file]: { mode, workers: 1 } } },
  });
  gateway.script(file, source ?? fixture(`${name}.${extension}`));
  return gateway;
}

/** The response's status, headers and body; and the trace, when it has ended. */
async function ask(gateway: TestGateway, bytes: string) {
  const before = gateway.endedSoFar;
  const wire = await gateway.ask(bytes);
  const end = wire.indexOf("\r\n\r\n");
  const trace = (await gateway.ended(before + 1)).at(-1);
  if (!trace) throw new Error("no trace");
  return { head: wire.slice(0, end), status: Number(wire.slice(9, 12)), body: wire.slice(end + 4), trace };
}

const stderrOf = ({ stderr }: TraceRecord): string =>
  stderr ? Buffer.from(stderr.read(0, stderr.bytes)).toString("utf8") : "";

for (const language of languages) {
  const { mode, needs, extension } = language;
  const get = (query: string) => whole("GET", `/cgi-bin/ways.${extension}?${query}`);

  describe.skipIf(program(needs) === null)(`${mode} (needs ${needs})`, () => {
    test("passes the request, and keeps the application between requests", async () => {
      await using gateway = await serving(language, "facts");
      const path = `/cgi-bin/facts.${extension}`;
      const asking = [
        [whole("GET", `${path}?a=1&b`, ["X-Name: me"]), `GET|${path}||a=1&b||0|http|me`],
        [
          whole("POST", `${path}/extra/path`, ["X-Name: me", "Content-Type: text/x", "Content-Length: 3"], "abc"),
          `POST|${path}|/extra/path||text/x|3|http|me`,
        ],
      ] as const;
      for (const [index, [bytes, facts]] of asking.entries()) {
        const { head, body, trace } = await ask(gateway, bytes);
        expect(head).toMatch(/^HTTP\/1\.1 201 /);
        expect(head).toMatch(/^X-Own: yes$/im);
        expect(body).toBe(`${facts}|False|True|False|configured|cgi-bin|facts|${index + 1}`);
        expect([trace.route.mode, trace.outcome, stderrOf(trace), trace.findings]).toEqual([mode, "ok", "", []]);
      }
      expect(gateway.workers.list().map(({ mode: kept, workers }) => [kept, workers.length])).toEqual([[mode, 1]]);
    });

    test.each(["writes", "parts"])("%s: a response in parts arrives whole", async (way) => {
      await using gateway = await serving(language, "ways");
      for (const _ of [1, 2]) {
        const { status, body, trace } = await ask(gateway, get(way));
        expect([status, body, trace.outcome, trace.fastcgi?.appStatus]).toEqual([200, "one two", "ok", 0]);
      }
    });

    test("sends what a file handle gives", async () => {
      await using gateway = await serving(language, "ways");
      expect((await ask(gateway, get("sends_file"))).body).toBe(
        Buffer.from(fixture(`ways.${extension}`)).toString("latin1"),
      );
    });

    test("sends the first part before the application has the second", async () => {
      await using gateway = await serving(language, "ways");
      const client = await gateway.connect();
      client.send(get("streams"));
      await client.until("first ");
      gateway.file("cgi-bin/go", "");
      expect(await client.rest()).toMatch(/second$/);
    });

    test("passes 5 MB in and 5 MB out", async () => {
      await using gateway = await serving(language, "ways");
      const body = "0123456789abcdef".repeat(5 << 16);
      const digests = `/cgi-bin/ways.${extension}?digests`;
      const taken = await ask(gateway, whole("POST", digests, [`Content-Length: ${body.length}`], body));
      expect(taken.body).toBe(sha256(body));
      const large = await ask(gateway, get("large"));
      const expected = Array.from({ length: 5000 }, (_, n) => String.fromCharCode(65 + (n % 26)).repeat(1000)).join("");
      expect([large.body.length, sha256(large.body)]).toEqual([expected.length, sha256(expected)]);
    });

    test("a body that the application does not read harms neither its response nor the next request", async () => {
      await using gateway = await serving(language, "ways");
      const body = "x".repeat(3 << 20);
      for (const _ of [1, 2]) {
        const ignores = `/cgi-bin/ways.${extension}?ignores`;
        const ignored = await ask(gateway, whole("POST", ignores, [`Content-Length: ${body.length}`], body));
        expect([ignored.status, ignored.body]).toEqual([200, "not read"]);
        expect((await ask(gateway, get("writes"))).body).toBe("one two");
      }
    });

    test("what is printed and warned reaches the stderr of its own request", async () => {
      await using gateway = await serving(language, "ways");
      const printed = await ask(gateway, get("prints"));
      expect(printed.body).toBe("by a child\n");
      for (const word of ["to stdout\n", "to stderr\n", /to \w+\.errors: €\n/])
        expect(stderrOf(printed.trace)).toMatch(word);
      expect(stderrOf((await ask(gateway, get("writes"))).trace)).toBe("");
    });

    test.each([
      ["raises", 500, null, /before the response/],
      ["raises_late", 200, "some", /after some of it/],
      ["exits", 500, null, /exit/i],
      ["responds_with_nothing", 500, null, /application/],
      ["responds_with_text", 500, null, /bytes|encode it/],
    ] as const)("%s: the failure is recorded, and the worker serves on", async (way, status, body, stderr) => {
      await using gateway = await serving(language, "ways");
      for (const _ of [1, 2]) {
        const failed = await ask(gateway, get(way));
        expect([failed.status, failed.trace.outcome, failed.trace.process?.exitCode]).toEqual([status, "crashed", 1]);
        if (body !== null) expect(failed.body).toBe(body);
        expect(stderrOf(failed.trace)).toMatch(stderr);
        expect(stderrOf(failed.trace)).not.toContain("cgi-workbench-agent");
        expect(failed.trace.findings.length).toBeGreaterThan(0);
        expect((await ask(gateway, get("writes"))).body).toBe("one two");
      }
      expect(gateway.workers.list()[0]?.workers[0]?.requests).toBe(4);
    });

    test("an application that kills its process is answered, and the next request served", async () => {
      await using gateway = await serving(language, "ways");
      expect((await ask(gateway, get("writes"))).body).toBe("one two");
      const killed = await ask(gateway, get("kills"));
      expect([killed.status, killed.trace.process?.signal]).toEqual([500, "SIGKILL"]);
      expect((await ask(gateway, get("writes"))).body).toBe("one two");
    });

    test("Stop ends an application that hangs, and the next request is served", async () => {
      await using gateway = await serving(language, "ways");
      const client = await gateway.connect();
      let id = "";
      gateway.overrides.register(client.socket, {
        ...{ from: "composer", mode, variables: new Map(), parent: null },
        onTrace: (trace) => {
          id = trace.id;
        },
      });
      client.send(get("hangs"));
      const pid = Number(/(\d+) waits\./.exec(await client.until("waits. "))?.[1]);
      gateway.listener.stop(id);
      await client.rest();
      await waitFor("the process has ended", () => !isAlive(pid));
      expect((await ask(gateway, get("writes"))).body).toBe("one two");
    });

    test("a client that leaves in the middle of an endless response harms no other", async () => {
      await using gateway = await serving(language, "ways");
      const client = await gateway.connect();
      client.send(get("endless"));
      await client.until("again ");
      client.socket.destroy();
      expect((await ask(gateway, get("writes"))).body).toBe("one two");
    });

    test("the next request calls what was saved", async () => {
      await using gateway = await serving(language, "saved", language.says("zero"));
      for (const word of ["one", "two"]) {
        gateway.script(`cgi-bin/saved.${extension}`, language.says(word));
        for (const _ of [1, 2])
          expect((await ask(gateway, whole("GET", `/cgi-bin/saved.${extension}`))).body).toBe(word);
      }
    });

    test("a script without an application is refused, and the doctor says why", async () => {
      const hello = {
        wsgi: "#!/usr/bin/env python3\nimport os, sys\nprint(os.environ['REQUEST_METHOD'])\nsys.exit()\n",
        psgi: "#!/usr/bin/env perl\nprint qq(Content-Type: text/plain\\n\\nhello\\n);\nexit;\n",
        rack: "#!/usr/bin/env ruby\nprint 'Content-Type: text/plain\\n\\n'; exit\n",
      };
      await using gateway = await serving(language, "script", hello[mode]);
      for (const _ of [1, 2]) {
        const { status, trace } = await ask(gateway, whole("GET", `/cgi-bin/script.${extension}`));
        expect([status, trace.outcome, trace.process?.exitCode, trace.findings[0]?.rule]).toEqual([
          500,
          "crashed",
          78,
          "no-application",
        ]);
      }
    });

    test("a file that fails while it is loaded is loaded again at the next request", async () => {
      const broken = {
        wsgi: "#!/usr/bin/env python3\nimport os\napplication = open('made')\n",
        psgi: "#!/usr/bin/env perl\nopen my $f, '<', 'made' or die \"cannot open made\\n\";\n",
        rack: "#!/usr/bin/env ruby\nApp = File.open('made')\n",
      };
      const file = `cgi-bin/loads.${extension}`;
      await using gateway = await serving(language, "loads", broken[mode]);
      for (const _ of [1, 2]) {
        const { status, trace } = await ask(gateway, whole("GET", `/${file}`));
        expect([status, trace.process?.exitCode]).toEqual([500, 1]);
        expect(stderrOf(trace)).toContain("made");
        expect(stderrOf(trace)).not.toContain("cgi-workbench-agent");
      }
      gateway.script(file, language.says("loaded"));
      expect((await ask(gateway, whole("GET", `/${file}`))).body).toBe("loaded");
    });
  });
}

describe.skipIf(program("python3") === null)("wsgi alone (needs python3)", () => {
  test("a file named like a module that it imports does not take its place (W7)", async () => {
    await using gateway = await startGateway({ config: { scripts: { "cgi-bin/colorsys.cgi": { mode: "wsgi" } } } });
    const file = pythonSaying("x").replace('[b"x"]', "[str(colorsys.rgb_to_hsv(0, 0, 1)[2]).encode()]");
    gateway.script("cgi-bin/colorsys.cgi", file.replace("\n", "\nimport colorsys\n"));
    const found = await ask(gateway, whole("GET", "/cgi-bin/colorsys.cgi"));
    expect([found.status, found.body, stderrOf(found.trace)]).toEqual([200, "1", ""]);
  });

  test("a file that is imported by what it imports is loaded once, also through a linked folder", async () => {
    await using gateway = await startGateway({ config: { scripts: { "linked/shop.py": { mode: "wsgi" } } } });
    const file = pythonSaying("x").replace('[b"x"]', "[str(len(helper.loads)).encode()]");
    gateway.script("real/shop.py", file.replace("\n", "\nimport helper\nhelper.loads.append(1)\nhelper.use()\n"));
    gateway.file("real/helper.py", "loads = []\ndef use():\n    import shop\n");
    symlinkSync("real", gateway.folder.file("linked"));
    expect((await ask(gateway, whole("GET", "/linked/shop.py"))).body).toBe("1");
  });

  const [python] = languages;
  const get = (query: string) => whole("GET", `/cgi-bin/ways.py?${query}`);

  test("start_response with exc_info replaces a response that is not sent, and raises once it is", async () => {
    await using gateway = await serving(python, "ways");
    const replaced = await ask(gateway, get("replaces"));
    expect([replaced.status, replaced.body, replaced.trace.outcome]).toEqual([503, "busy", "ok"]);
    const late = await ask(gateway, get("replaces_late"));
    expect([late.status, late.body, late.trace.outcome]).toEqual([200, "some", "crashed"]);
    expect(stderrOf(late.trace)).toContain("ValueError: sent already");
  });

  test("what is iterated over is closed", async () => {
    await using gateway = await serving(python, "ways");
    expect(stderrOf((await ask(gateway, get("parts"))).trace)).toBe("closed\n");
    expect(existsSync(gateway.folder.file("cgi-bin/closed"))).toBe(true);
  });
});

describe.skipIf(program("ruby") === null)("rack alone (needs ruby)", () => {
  const ruby = languages[2];
  const get = (query: string) => whole("GET", `/cgi-bin/ways.rb?${query}`);
  const cookies = (head: string) => [...head.matchAll(/^set-cookie: (\S+)$/gim)].map(([, value]) => value);

  test.each(["cookies", "cookies_2"])(
    "%s: several values of a header, as Rack 3 and as Rack 2 have them",
    async (way) => {
      await using gateway = await serving(ruby, "ways");
      expect(cookies((await ask(gateway, get(way))).head)).toEqual(["a=1", "b=2"]);
    },
  );

  test("a body can be read again, and what asked for it learns of the end", async () => {
    await using gateway = await serving(ruby, "ways");
    const again = whole("POST", "/cgi-bin/ways.rb?reads_twice", ["Content-Length: 3"], "abc");
    expect((await ask(gateway, again)).body).toBe("abc|abc");
    expect((await ask(gateway, get("finishes"))).body).toBe("done");
    const finished = gateway.folder.file("cgi-bin/finished");
    await waitFor("the application knows", () => existsSync(finished) && readFileSync(finished, "utf8") === "200 nil");
  });

  test.each([
    ["hijacks", /cannot hand over the connection/],
    ["splits", /holds a line end/],
  ] as const)("%s: refused in plain words", async (way, stderr) => {
    await using gateway = await serving(ruby, "ways");
    const { status, trace } = await ask(gateway, get(way));
    expect([status, trace.process?.exitCode]).toEqual([500, 1]);
    expect(stderrOf(trace)).toMatch(stderr);
  });

  test("what is iterated over is closed", async () => {
    await using gateway = await serving(ruby, "ways");
    expect(stderrOf((await ask(gateway, get("parts"))).trace)).toBe("closed\n");
  });

  test("config.ru: middleware, paths and a module beside it; what was saved is called by a new process", async () => {
    await using gateway = await serving(ruby, "beside", "");
    const file = "cgi-bin/config.ru";
    const site = (word: string) => `#!/usr/bin/env ruby
# frozen_string_literal: true
require_relative "shout"
use Shout, "!"
use(Class.new { def initialize(app) = @app = app
  def call(env) = @app.call(env).tap { |_, headers| headers["x-layer"] = "inner" } })
map "/deep/er" do
  run { |env| [200, {}, ["deeper ", env["SCRIPT_NAME"], " ", env["PATH_INFO"]]] }
end
map("/deep") { run ->(env) { [200, {}, ["deep ", env["PATH_INFO"]]] } }
run ->(env) { [200, { "content-type" => "text/plain" }, ["${word} ", env["PATH_INFO"]]] }
__END__
this is no Ruby
`;
    const shout = `class Shout
  def initialize(app, mark) = (@app, @mark = app, mark)
  def call(env)
    status, headers, body = @app.call(env)
    [status, headers, body + [@mark]]
  end
end
`;
    gateway.file("cgi-bin/shout.rb", shout);
    for (const word of ["top", "again"]) {
      gateway.script(file, site(word));
      for (const [path, body] of [
        ["/x", `${word} /x!`],
        ["/deep", "deep !"],
        ["/deep/x", "deep /x!"],
        ["/deep/er/y", `deeper /${file}/deep/er /y!`],
        ["/deeper", `${word} /deeper!`],
      ] as const) {
        const found = await ask(gateway, whole("GET", `/${file}${path}`));
        expect([found.status, found.body, found.trace.route.mode]).toEqual([200, body, "rack"]);
        expect(found.head).toMatch(/^x-layer: inner$/im);
      }
    }
  });
});

describe("an application file without a first line (W1)", () => {
  const bare = (source: string): string => source.slice(source.indexOf("\n") + 1);
  test.each(languages)("runs in the mode $mode, which its name tells", async (language) => {
    if (program(language.needs) === null) return;
    const name = { wsgi: "hello.wsgi", psgi: "hello.psgi", rack: "config.ru" }[language.mode];
    const [server] = { wsgi: ["mod_wsgi"], psgi: ["plackup"], rack: ["rackup"] }[language.mode];
    await using gateway = await startGateway();
    gateway.file(name, bare(language.says("no line")));
    gateway.script(`cgi-bin/${name}`, `#!/usr/bin/env ${server} -p 9292\n${bare(language.says("other line"))}`);
    for (const [path, body] of [
      [`/${name}`, "no line"],
      [`/cgi-bin/${name}`, "other line"],
    ]) {
      const found = await ask(gateway, whole("GET", path ?? ""));
      expect([found.status, found.body, found.trace.route.mode]).toEqual([200, body, language.mode]);
      expect([found.trace.findings, stderrOf(found.trace)]).toEqual([[], ""]);
    }
  });

  test.each(languages)("with any name, in the configured mode $mode", async (language) => {
    if (program(language.needs) === null) return;
    const { mode } = language;
    const routes = [{ path: "/x", file: "a/hello.app", mode }];
    await using gateway = await startGateway({ config: { routes, scripts: { "hello.txt": { mode } } } });
    gateway.file("hello.txt", bare(language.says("listed")));
    gateway.file("a/hello.app", bare(language.says("routed")));
    for (const [path, body] of [
      ["/hello.txt", "listed"],
      ["/x", "routed"],
    ])
      expect((await ask(gateway, whole("GET", path ?? ""))).body).toBe(body);
  });

  test("a listed file is a script: it is not sent when it cannot run", async () => {
    await using gateway = await startGateway({ config: { scripts: { "secret.txt": { mode: "handler" } } } });
    gateway.file("secret.txt", "the source");
    const found = await ask(gateway, whole("GET", "/secret.txt"));
    expect([found.status, found.trace.cause?.code]).toEqual([500, "no-agent"]);
  });
});

describe("a mode for applications of another language", () => {
  test.each([
    ["rack", "cgi-bin/x.py", pythonSaying("x")],
    ["handler", "cgi-bin/x.rb", rubySaying("x")],
    ["wsgi", "cgi-bin/x.pl", perlSaying("x")],
    ["psgi", "cgi-bin/x.py", pythonSaying("x")],
    ["wsgi", "cgi-bin/x.sh", "echo"],
  ] as const)("%s for %s: asked for once: 501; configured: 500", async (mode, file, source) => {
    await using gateway = await startGateway({ config: { scripts: { [file]: { mode } } } });
    gateway.script(file, source);
    gateway.script(`${file}.cgi`, source);
    const configured = await ask(gateway, whole("GET", `/${file}`));
    expect([configured.status, configured.trace.cause]).toEqual([500, coded("no-agent", { path: `/${file}`, mode })]);
    const client = await gateway.connect();
    const override = { from: "composer", mode, variables: new Map(), parent: null, onTrace: () => {} } as const;
    gateway.overrides.register(client.socket, override);
    client.send(whole("GET", `/${file}.cgi`));
    expect(await client.rest()).toMatch(/^HTTP\/1\.1 501 /);
  });
});
