// The mode that calls functions of a file by the request's path: in Python as
// mod_python's publisher, in Perl as mod_perl.
import { describe, expect, test } from "vitest";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import "../../support/built-agents.js";
import { plain as whole } from "../../support/fastcgi-gateway.js";
import { startGateway, type TestGateway } from "../../support/gateway.js";
import { program } from "../../support/temp-workspace.js";

const python = `#!/usr/bin/env python3
import os
from os.path import join
from functools import lru_cache

calls = 0

def index(req):
    global calls
    calls += 1
    return "call %d" % calls

def sum(req, a, b="0"):
    return int(a) + int(b)

def several(req, name):
    return "|".join(name)

def facts(req, **fields):
    req.status = 201
    req.headers_out["X-Own"] = "yes"
    req.headers_out.add_header("Set-Cookie", "a=1")
    req.headers_out.add_header("Set-Cookie", "b=2")
    names = ",".join("%s=%s" % one for one in sorted(fields.items()))
    return " ".join([req.method, req.path_info, req.args, req.headers_in["x-name"], names, os.path.basename(req.filename)])

def page(req):
    return "<!doctype html><p>Grüße"

def pieces(req):
    req.content_type = "text/csv; charset=utf-8"
    req.write("a,")
    yield "b,"
    yield b"c"

def written(req):
    req.write("one ")
    req.write(b"two")

def body(req):
    return req.read()

def fails(req):
    req.log_error("a word first")
    raise KeyError("on purpose")

def leaves(req):
    raise SystemExit(3)

async def waits(req):
    return "never"

def helper(a):
    return "not published"

def _private(req):
    return "not published"

class Shop:
    def __init__(req): pass

@lru_cache
def cached(req):
    return "not published"
`;
const perl = `#!/usr/bin/env perl
use strict; use warnings; use utf8;
use File::Basename qw(basename);
use constant LIMIT => 3;
my $calls = 0;
sub index { my $req = shift; $calls++; return "call $calls" }
sub sum { my ($req, %form) = @_; return $form{a} + ($form{b} // 0) }
sub several { my ($req, %form) = @_; return join '|', @{$form{name}} }
sub facts {
    my ($r, %form) = @_;
    $r->status(201);
    $r->headers_out->{'X-Own'} = 'yes';
    $r->headers_out->{'Set-Cookie'} = ['a=1', 'b=2'];
    return join ' ', $r->method, $r->path_info, $r->args, $r->headers_in->{'X-Name'},
        join(',', map { "$_=$form{$_}" } sort keys %form), basename($r->filename);
}
sub page { my $req = shift; return '<!doctype html><p>Grüße' }
sub pieces { my $req = shift; $req->content_type('text/csv; charset=utf-8'); $req->print('a,', 'b,'); return 'c' }
sub written { my $req = shift; $req->print('one '); $req->print('two'); return }
sub body { my $req = shift; $req->read(my $all, 1 << 20); return $all }
sub fails { my $req = shift; $req->log_error('a word first'); die "on purpose\\n" }
sub leaves { my $req = shift; exit 3 }
sub helper { my $name = shift; return 'not published' }
sub _private { my $req = shift; return 'not published' }
1;
`;
const languages = [
  { needs: "python3", extension: "py", source: python, hidden: ["cached", "join", "os", "Shop", "calls"] },
  { needs: "perl", extension: "pl", source: perl, hidden: ["basename", "LIMIT", "BEGIN", "STDIN", "calls"] },
] as const;

async function serving(file: string, source: string): Promise<TestGateway> {
  const gateway = await startGateway({ config: { scripts: { [file]: { mode: "handler", workers: 1 } } } });
  gateway.script(file, source);
  return gateway;
}

async function ask(gateway: TestGateway, bytes: string) {
  const before = gateway.endedSoFar;
  const wire = await gateway.ask(bytes);
  const end = wire.indexOf("\r\n\r\n");
  const trace = (await gateway.ended(before + 1)).at(-1);
  if (!trace) throw new Error("no trace");
  const type = /^Content-Type: (.*)$/im.exec(wire.slice(0, end))?.[1] ?? null;
  const body = Buffer.from(wire.slice(end + 4), "latin1").toString("utf8");
  return { head: wire.slice(0, end), status: Number(wire.slice(9, 12)), type, body, trace };
}
const stderrOf = ({ stderr }: TraceRecord): string =>
  stderr ? Buffer.from(stderr.read(0, stderr.bytes)).toString("utf8") : "";
const text = "text/plain; charset=utf-8";

describe.each(languages)("handler (needs $needs)", ({ needs, extension, source, hidden }) => {
  const file = `cgi-bin/shop.${extension}`;
  const get = (path: string, ...headers: string[]) => whole("GET", `/${file}${path}`, headers);

  describe.skipIf(program(needs) === null)(extension, () => {
    test("calls a function by name with the fields, and keeps the interpreter", async () => {
      await using gateway = await serving(file, source);
      for (const n of [1, 2]) {
        const { status, type, body, trace } = await ask(gateway, get(n === 1 ? "" : "/"));
        expect([status, type, body, trace.route.mode, trace.outcome]).toEqual([
          200,
          text,
          `call ${n}`,
          "handler",
          "ok",
        ]);
      }
      expect((await ask(gateway, get("/sum?a=1&b=2"))).body).toBe("3");
      expect((await ask(gateway, get("/sum?a=4&other=x"))).body.slice(0, 1)).toBe("4");
      expect((await ask(gateway, get("/several?name=a+b&name=%C3%A9"))).body).toBe("a b|é");
      const form = ["Content-Type: application/x-www-form-urlencoded", "Content-Length: 7"];
      expect((await ask(gateway, whole("POST", `/${file}/sum?a=1`, form, "b=%33&c"))).body).toBe("4");
      expect(gateway.workers.list()[0]?.workers[0]?.requests).toBe(6);
    });

    test("the request object says what was asked, and sets status, headers and type", async () => {
      await using gateway = await serving(file, source);
      const { status, head, body } = await ask(gateway, get("/facts/more/path?a=1&b=2", "X-Name: me"));
      expect([status, body]).toEqual([201, `GET /more/path a=1&b=2 me a=1,b=2 shop.${extension}`]);
      expect(head).toMatch(/^X-Own: yes$/im);
      expect(head.match(/^Set-Cookie: \w=\d$/gim)).toHaveLength(2);
      const page = await ask(gateway, get("/page"));
      expect([page.type, page.body]).toEqual(["text/html; charset=utf-8", "<!doctype html><p>Grüße"]);
      const pieces = await ask(gateway, get("/pieces"));
      expect([pieces.type, pieces.body]).toEqual(["text/csv; charset=utf-8", "a,b,c"]);
      expect((await ask(gateway, get("/written"))).body).toBe("one two");
      expect((await ask(gateway, whole("POST", `/${file}/body`, ["Content-Length: 3"], "x=y"))).body).toBe("x=y");
    });

    test("private names, imports, and what does not take the request cannot be called", async () => {
      await using gateway = await serving(file, source);
      for (const name of ["_private", "helper", "none", "__init__", ...hidden]) {
        const { status, type, body, trace } = await ask(gateway, get(`/${name}`));
        expect([name, status, type, trace.outcome]).toEqual([name, 404, text, "ok"]);
        expect(body).not.toContain("not published");
      }
    });

    test("a failure is a plain 500 with its traceback on stderr, and the process serves on", async () => {
      await using gateway = await serving(file, source);
      for (const _ of [1, 2]) {
        const failed = await ask(gateway, get("/fails"));
        expect([failed.status, failed.trace.outcome, failed.trace.process?.exitCode]).toEqual([500, "crashed", 1]);
        expect(stderrOf(failed.trace)).toMatch(/^a word first\n[\s\S]*on purpose/);
        expect(stderrOf(failed.trace)).not.toContain("cgi-workbench-agent");
        expect((await ask(gateway, get("/leaves"))).trace.process?.exitCode).toBe(1);
      }
      expect((await ask(gateway, get("/sum?a=1&b=2"))).body).toBe("3");
      expect(gateway.workers.list()[0]?.workers[0]?.requests).toBe(5);
    });

    test("`handler` takes every path without a function of its own, and returns a status", async () => {
      const handlers = {
        py: `#!/usr/bin/env python3
def handler(req):
    if req.path_info == "/none": return 404
    req.content_type = "text/plain; charset=utf-8"
    req.write("handled " + req.path_info)
    return 0
def own(req): return "own"
`,
        pl: `#!/usr/bin/env perl
package My::Handler;
sub handler {
    my $r = shift;
    return 404 if $r->path_info eq '/none';
    $r->content_type('text/plain; charset=utf-8');
    $r->print('handled ', $r->path_info);
    return 0;
}
sub own { my $r = shift; return 'own' }
1;
`,
      };
      await using gateway = await serving(file, handlers[extension]);
      expect((await ask(gateway, get("/any/path"))).body).toBe("handled /any/path");
      expect((await ask(gateway, get("/handler"))).body).toBe("handled /handler");
      expect((await ask(gateway, get("/own"))).body).toBe("own");
      const none = await ask(gateway, get("/none"));
      expect([none.status, none.body]).toEqual([404, "404 Not Found\n"]);
    });

    test("a CGI script is refused, and the doctor says why; what is saved is called", async () => {
      const script = {
        py: "#!/usr/bin/env python3\nprint('Content-Type: text/plain\\n\\nhello')\n",
        pl: "#!/usr/bin/env perl\nprint qq(Content-Type: text/plain\\n\\nhello\\n);\n",
      };
      await using gateway = await serving(file, script[extension]);
      const { status, trace } = await ask(gateway, get(""));
      expect([status, trace.process?.exitCode, trace.findings[0]?.rule]).toEqual([500, 78, "no-application"]);
      gateway.script(file, source);
      expect((await ask(gateway, get("/sum?a=1&b=2"))).body).toBe("3");
    });
  });
});

test.skipIf(program("python3") === null)(
  "python: what a function needs and the request lacks (needs python3)",
  async () => {
    const file = "cgi-bin/shop.py";
    await using gateway = await serving(file, python);
    const { status, type, body } = await ask(gateway, whole("GET", `/${file}/sum?b=2`));
    expect([status, type, body]).toEqual([400, text, "400 Bad Request\n\nsum needs a.\n"]);
    const waits = await ask(gateway, whole("GET", `/${file}/waits`));
    expect([waits.status, stderrOf(waits.trace)]).toEqual([500, expect.stringContaining("async")]);
  },
);
