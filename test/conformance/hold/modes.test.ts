// The agents, and applications that are called or speak FastCGI: what a person edits before the start and after the
// headers is what the script gets and the client has, byte for byte, and what the trace says.
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { toBytesText } from "../../../server/base/decode-text.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import "../../support/built-agents.js";
import { TestApplication } from "../../support/fastcgi-application.js";
import { hello, plain } from "../../support/fastcgi-gateway.js";
import { bodyOf, headOf, startGateway, type TestGateway } from "../../support/gateway.js";
import { goOn, holding, onlyHeld, variablesOf } from "../../support/holding.js";
import { program } from "../../support/temp-workspace.js";

const b = byteString;

/** Each says what it got: `NAME=value` and a NUL for each variable, \x01, and the body. */
const python = `#!/usr/bin/env python3
import os, sys
out = sys.stdout.buffer
out.write(b"Content-Type: application/octet-stream\\nX-Script: 1\\n\\n")
out.write(b"".join(b"%s=%s\\0" % pair for pair in os.environb.items()) + b"\\1" + sys.stdin.buffer.read())
`;
const perl = `#!/usr/bin/env perl
binmode STDIN; binmode STDOUT;
print "Content-Type: application/octet-stream\\nX-Script: 1\\n\\n", (map { "$_=$ENV{$_}\\0" } keys %ENV), "\\1";
local $/; print scalar <STDIN>;
`;
const ruby = `#!/usr/bin/env ruby
$stdin.binmode; $stdout.binmode
print "Content-Type: application/octet-stream\\nX-Script: 1\\n\\n"
ENV.each { |name, value| print name.b, "=".b, value.b, "\\0" }
print "\\1", $stdin.read
`;
const wsgi = `def application(environ, start):
    start("200 OK", [("Content-Type", "application/octet-stream"), ("X-Script", "1")])
    own = "".join("%s=%s\\0" % (k, v) for k, v in environ.items() if isinstance(v, str) and "." not in k)
    return [own.encode("latin1") + b"\\1" + environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))]
`;
const pythonHandler = `def index(req, **fields):
    req.content_type = "application/octet-stream"
    req.headers_out["X-Script"] = "1"
    own = "".join("%s=%s\\0" % (k, v) for k, v in req.subprocess_env.items() if "." not in k)
    return own.encode("latin1") + b"\\1" + req.read()
`;
const perlHandler = `#!/usr/bin/env perl
sub index {
  my $req = shift;
  $req->content_type("application/octet-stream");
  $req->headers_out->{"X-Script"} = "1";
  $req->read(my $body, 999);
  my $env = $req->subprocess_env;
  return (join "", map { "$_=$env->{$_}\\0" } grep { !/\\./ } keys %$env) . "\\1$body";
}
1;
`;
const psgi = `sub {
  my $env = shift;
  $env->{"psgi.input"}->read(my $body, $env->{CONTENT_LENGTH});
  my $own = join "", map { "$_=$env->{$_}\\0" } grep { !/\\./ } keys %$env;
  [200, ["Content-Type" => "application/octet-stream", "X-Script" => "1"], [$own, "\\1", $body]];
}
`;
const rack = `run ->(env) do
  own = env.filter_map { |name, value| "#{name}=#{value}\\0".b if value.is_a?(String) && !name.include?(".") }
  [200, { "content-type" => "application/octet-stream", "x-script" => "1" }, [own.join, "\\1", env["rack.input"].read]]
end
`;
const php = `<?php
header("Content-Type: application/octet-stream");
header("X-Script: 1");
foreach ($_SERVER as $name => $value) if (is_string($value)) echo "$name=$value\\0";
echo "\\1", file_get_contents("php://input");
`;
const fastcgi = `#!/usr/bin/env perl
use FCGI;
my %env;
my $request = FCGI::Request(\\*STDIN, \\*STDOUT, \\*STDERR, \\%env);
while ($request->Accept >= 0) {
  print "Content-Type: application/octet-stream\\r\\nX-Script: 1\\r\\n\\r\\n", (map { "$_=$env{$_}\\0" } keys %env), "\\1";
  read STDIN, my $body, $env{CONTENT_LENGTH};
  print $body;
}
`;
const hasFcgi = spawnSync("perl", ["-MFCGI", "-e", "1"]).status === 0;
const body = Buffer.from("\0\xffnewer\r\n", "latin1");

const envOf = ({ env }: TraceRecord) => Object.fromEntries((env ?? []).map(({ name, value }) => [name, value]));
const textOf = (stream: TraceRecord["stdin"]): string => Buffer.from(stream?.read(0, 999) ?? []).toString("latin1");

/** Holds a POST at both moments, edits all that the mode has, and compares what came of it. */
async function editBoth(gateway: TestGateway, path: string, seen: (response: string) => Promise<[object, string]>) {
  holding(gateway);
  const asked = gateway.ask(plain("POST", path, ["Content-Length: 3", "X-Old: \xe9", "X-Gone: a"], "old"));
  const one = await onlyHeld(gateway);
  expect(gateway.listener.running).toBe(0);
  expect(one.plan).toMatchObject({ args: null, bodyBytes: 3 });
  const changes = { CONTENT_LENGTH: `${body.length}`, HTTP_X_OLD: "\xfc", ADDED: "\xff\xe4 =", HTTP_X_GONE: null };
  one.decide(goOn({ variables: variablesOf(one, changes), body }, true));
  const again = await onlyHeld(gateway, "headers");
  const headers = [
    [b("Content-Type"), b("application/octet-stream")],
    [b("X-Person"), b("\xe4")],
  ] as const;
  again.decide(goOn({ status: 404, headers }));
  const response = await asked;
  expect(headOf(response)).toMatch(/^HTTP\/1.1 404 Not Found\r\n.*\r\nX-Person: \xe4\r\n/s);
  expect(headOf(response)).not.toMatch(/X-Script/i);
  const trace = await gateway.trace();
  const [env, stdin] = await seen(response);
  expect(env).toMatchObject({ CONTENT_LENGTH: "9", HTTP_X_OLD: "\xfc", ADDED: "\xff\xe4 =" });
  expect(env).not.toHaveProperty("HTTP_X_GONE");
  expect(env).toMatchObject(envOf(trace)); // an interpreter and a specification add variables of their own
  expect(stdin).toBe("\0\xffnewer\r\n");
  expect(textOf(trace.stdin)).toBe(stdin);
  expect(trace).toMatchObject({ outcome: "ok", response: { status: 404 } });
  const script = expect.stringMatching(/^x-script$/i);
  expect(trace.held).toMatchObject([
    {
      ...{ moment: "start", ended: "continued" },
      edits: [
        { of: "variable", name: "CONTENT_LENGTH", was: "3", is: "9" },
        { of: "variable", name: "HTTP_X_OLD", was: toBytesText(b("\xe9")), is: toBytesText(b("\xfc")) },
        { of: "variable", name: "ADDED", was: null, is: toBytesText(b("\xff\xe4 =")) },
        { of: "variable", name: "HTTP_X_GONE", was: "a", is: null },
        { of: "body" },
      ],
    },
    {
      ...{ moment: "headers", ended: "continued" },
      edits: expect.arrayContaining([
        { of: "status", name: null, was: "200", is: "404" },
        { of: "header", name: "X-Person", was: null, is: toBytesText(b("\xe4")) },
        { of: "header", name: script, was: "1", is: null },
      ]),
    },
  ]);
  return trace;
}

/** What the script says that it got. */
async function saidBy(response: string): Promise<[object, string]> {
  const said = bodyOf(response);
  const end = said.indexOf("\x01");
  const pairs = said.slice(0, end).split("\0").slice(0, -1);
  const env = Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  );
  return [env, said.slice(end + 1)];
}

describe.each([
  {
    language: "python",
    needs: "python3",
    isThere: program("python3") !== null,
    modes: [
      ["prefork", "x.py", python],
      ["persistent", "x.py", python],
      ["wsgi", "x.py", wsgi],
      ["handler", "x.py", pythonHandler],
    ],
  },
  {
    language: "perl",
    needs: "perl",
    isThere: program("perl") !== null,
    modes: [
      ["prefork", "x.pl", perl],
      ["persistent", "x.pl", perl],
      ["psgi", "x.pl", psgi],
      ["handler", "x.pl", perlHandler],
    ],
  },
  {
    language: "ruby",
    needs: "ruby",
    isThere: program("ruby") !== null,
    modes: [
      ["prefork", "x.rb", ruby],
      ["persistent", "x.rb", ruby],
      ["rack", "x.rb", rack],
    ],
  },
  { language: "php", needs: "php-cgi", isThere: program("php-cgi") !== null, modes: [["php-cgi", "x.php", php]] },
  { language: "an application", needs: "libfcgi-perl", isThere: hasFcgi, modes: [["fastcgi", "x.fcgi", fastcgi]] },
])("$language (needs $needs)", ({ isThere, modes }) => {
  test.skipIf(!isThere).each(modes)("%s", async (mode = "", file = "", text = "") => {
    await using gateway = await startGateway({ config: { scripts: { [file]: { mode, workers: 1 } } } });
    gateway.file(file, text);
    gateway.folder.makeExecutable(file);
    const trace = await editBoth(gateway, `/${file}`, saidBy);
    expect(trace.route.mode).toBe(mode);
  });
});

test("a FastCGI application elsewhere that a handler names", async () => {
  await using application = await TestApplication.listen(
    (r) => void r.answer(`${hello.replace("\r\n\r\n", "\r\nX-Script: 1\r\n\r\n")}`),
    { over: "unix" },
  );
  await using gateway = await startGateway({ config: { handlers: { ".app": { address: application.address } } } });
  gateway.file("x.app", "");
  await editBoth(gateway, "/x.app", async () => {
    const [received] = application.requests;
    const stdin = Buffer.from((await received?.body) ?? []).toString("latin1");
    return [Object.fromEntries(received?.params ?? []), stdin];
  });
});
