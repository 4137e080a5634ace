// What a script or an application leaves of its request body: said in every mode
// whose agent takes the body in its stead.
import { describe, expect, test } from "vitest";
import "../../support/built-agents.js";
import { plain as whole } from "../../support/fastcgi-gateway.js";
import { startGateway } from "../../support/gateway.js";
import { program } from "../../support/temp-workspace.js";

/** Reads as much as its query says; what is in the buffer of the language counts as read. */
const python = `#!/usr/bin/env python3
import os, sys
sys.stdin.buffer.read(int(os.environ["QUERY_STRING"]))
print("Content-Type: text/plain; charset=utf-8\\n\\ndone")
`;
const perl = `#!/usr/bin/env perl
read STDIN, my $body, $ENV{QUERY_STRING};
print "Content-Type: text/plain; charset=utf-8\\n\\ndone";
`;
const ruby = `#!/usr/bin/env ruby
STDIN.read(ENV["QUERY_STRING"].to_i)
print "Content-Type: text/plain; charset=utf-8\\n\\ndone"
`;
const wsgi = `#!/usr/bin/env python3
def app(environ, start_response):
    environ["wsgi.input"].read(int(environ["QUERY_STRING"]))
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"done"]
`;
const psgi = `#!/usr/bin/env perl
sub {
    my $env = shift;
    $env->{'psgi.input'}->read(my $body, $env->{QUERY_STRING});
    seek $env->{'psgi.input'}, 0, 0;
    return [200, ['Content-Type' => 'text/plain; charset=utf-8'], ['done']];
};
`;
const rack = `#!/usr/bin/env ruby
run lambda { |env|
  env["rack.input"].read(env["QUERY_STRING"].to_i)
  env["rack.input"].rewind
  [200, { "content-type" => "text/plain; charset=utf-8" }, ["done"]]
}
`;
const publisher = `#!/usr/bin/env python3
def index(req):
    req.read(int(req.args))
    return "done"
`;
const handler = `#!/usr/bin/env perl
sub index { my $req = shift; $req->read(my $body, $req->args); return 'done' }
1;
`;

const cases = [
  ...(["prefork", "persistent"] as const).flatMap(
    (mode) =>
      [
        ["python3", mode, "py", python],
        ["perl", mode, "pl", perl],
        ["ruby", mode, "rb", ruby],
      ] as const,
  ),
  ["python3", "wsgi", "py", wsgi],
  ["perl", "psgi", "pl", psgi],
  ["ruby", "rack", "rb", rack],
  ["python3", "handler", "py", publisher],
  ["perl", "handler", "pl", handler],
] as const;
/** CGI: what the pipe held when the script exited was not read either. */
const unreadPipe = `printf 'Content-Type: text/plain; charset=utf-8\\n\\n'; until [ -e go ]; do sleep 0.05; done`;
const bytes = 3 << 20;
/** How much is read and sent, and whether something is left. */
const requests: readonly (readonly [number, number, boolean])[] = [
  [0, bytes, true],
  [1 << 20, bytes, true],
  [bytes, bytes, false],
  [0, 20_000, false], // a pipe has room for it: whether CGI's script reads that, nobody sees
];

describe("body-not-read", () => {
  test.skipIf(process.platform !== "linux")("cgi: only what went into the pipe was given (needs Linux)", async () => {
    await using gateway = await startGateway({ start: "native" });
    gateway.script("cgi-bin/x.sh", unreadPipe);
    const sent = 120_000;
    const client = await gateway.connect();
    client.send(whole("POST", "/cgi-bin/x.sh", [`Content-Length: ${sent}`], "x".repeat(sent)));
    await client.until("text/plain");
    gateway.file("cgi-bin/go", "");
    const trace = await gateway.trace();
    const { bytes = 0, captured } = trace.stdin ?? {};
    expect([trace.outcome, captured]).toEqual(["ok", bytes]);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(65_536); // as much as a pipe holds
    expect(trace.findings.some(({ rule }) => rule === "body-not-read")).toBe(true);
  });

  const head = `printf 'Content-Type: text/plain; charset=utf-8\\n\\n'`;
  /** How a script reads its body of so many bytes, and how many it reads; it may end before they are in its pipe. */
  const bodies: readonly (readonly [string, number, number])[] = [
    [head, 7, 0],
    [`exec <&-; ${head}`, 7, 0],
    [`${head}; sleep 0.3`, 7, 0],
    [`cat >/dev/null; ${head}`, 7, 7],
    [`${head}; sleep 0.3; cat >/dev/null`, 7, 7],
    [`(cat >/dev/null); ${head}`, 7, 7],
    [`dd bs=1 count=3 >/dev/null 2>&1; ${head}`, 7, 3],
    [`read line; ${head}`, 7, 7],
    [head, 60_000, 0],
    [`dd bs=1000 count=3 >/dev/null 2>&1; ${head}`, 60_000, 3000],
    [`dd bs=1000 count=3 iflag=fullblock >/dev/null 2>&1; ${head}; cat >/dev/null`, 200_000, 200_000],
  ];
  test.skipIf(process.platform !== "linux")("cgi: what is left in the pipe is counted (needs Linux)", async () => {
    await using gateway = await startGateway({ start: "native" });
    for (const [nth, [script, sent, read]] of bodies.entries()) {
      gateway.script(`cgi-bin/${nth}.sh`, script);
      await gateway.ask(whole("POST", `/cgi-bin/${nth}.sh`, [`Content-Length: ${sent}`], "x".repeat(sent)));
      const trace = (await gateway.ended(nth + 1)).at(-1);
      const { stdinLeft = Number.NaN } = trace?.process ?? {};
      expect([script, (trace?.stdin?.bytes ?? 0) - stdinLeft]).toEqual([script, read]);
    }
  });

  test.skipIf(process.platform !== "linux")("cgi: what a process left behind may still read is unknown", async () => {
    await using gateway = await startGateway({ start: "native" });
    gateway.script("cgi-bin/x.sh", `exec 3<&0; sleep 60 <&3 >/dev/null 2>&1 & ${head}`);
    await gateway.ask(whole("POST", "/cgi-bin/x.sh", ["Content-Length: 7"], "a=2&b=3"));
    const trace = await gateway.trace();
    expect(trace.outcome).toBe("ok");
    expect(trace.process?.stdinLeft).toBeUndefined();
  });

  for (const [needs, mode, extension, source] of cases)
    test.skipIf(program(needs) === null)(`${mode} (needs ${needs})`, async () => {
      const file = `cgi-bin/reads.${extension}`;
      await using gateway = await startGateway({ config: { scripts: { [file]: { mode, workers: 1 } } } });
      gateway.script(file, source);
      for (const [nth, [reads, sent, isLeft]] of requests.entries()) {
        const body = "x".repeat(sent);
        const headers = ["Content-Type: application/octet-stream", `Content-Length: ${sent}`];
        const wire = await gateway.ask(whole("POST", `/${file}?${reads}`, headers, body));
        const trace = (await gateway.ended(nth + 1)).at(-1);
        expect([wire.slice(9, 12), trace?.outcome]).toEqual(["200", "ok"]);
        expect([reads, trace?.findings.some(({ rule }) => rule === "body-not-read")]).toEqual([reads, isLeft]);
        const left = trace?.fastcgi?.notes.find(({ code }) => code === "body-unread")?.data?.["bytes"];
        if (isLeft) {
          expect(left).toBeGreaterThan(bytes - reads - (1 << 19));
          expect(left).toBeLessThanOrEqual(bytes - reads);
        } else expect(left).toBeUndefined();
      }
    });
});
