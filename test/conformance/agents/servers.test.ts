// Each agent alone, behind real web servers: the script's status, header fields and body reach the client.
import { chmodSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type AgentOptions, AgentProcess, agentModes } from "../../support/agents/agent-process.js";
import { FastcgiServer, isInstalled, type ServerName, serverNames } from "../../support/agents/fastcgi-servers.js";
import { program, tempFolder } from "../../support/temp-workspace.js";

const perl = `#!/usr/bin/perl
use strict; use warnings; my ($what) = $ENV{QUERY_STRING} =~ /=(\\w+)/; $| = 1;
if ($what eq 'echo') {
    binmode STDIN; binmode STDOUT; read STDIN, my $body, $ENV{CONTENT_LENGTH} || 0;
    print "Status: 201 Made\\nContent-Type: application/octet-stream\\nX-Query: $ENV{QUERY_STRING}\\n\\n$ENV{REQUEST_METHOD}", $body;
}
elsif ($what eq 'large') {
    $| = 0; print "Content-Type: text/plain\\n\\n"; print "line $_ ", 'x' x 40, "\\n" for 0 .. 19_999; warn "a word for the log";
}
elsif ($what eq 'ignores') { print "Content-Type: text/plain\\n\\nnot read\\n" }
elsif ($what eq 'process') { print "Content-Type: text/plain\\n\\n"; system 'echo from a process' }
elsif ($what eq 'program') { print "Content-Type: text/plain\\n\\n"; exec 'echo', 'another program' }
elsif ($what eq 'fails') { die "on purpose" }
`;
const python = `import os, subprocess, sys
what = os.environ["QUERY_STRING"].split("=")[1]
if what == "echo":
    body = sys.stdin.buffer.read(int(os.environ.get("CONTENT_LENGTH") or 0))
    print("Status: 201 Made\\nContent-Type: application/octet-stream\\nX-Query: " + os.environ["QUERY_STRING"] + "\\n", flush=True)
    sys.stdout.buffer.write(os.environ["REQUEST_METHOD"].encode() + body)
elif what == "large":
    os.write(1, b"Content-Type: text/plain\\n\\n")
    for n in range(20000): print("line", n, "x" * 40)
    print("a word for the log", file=sys.stderr)
elif what == "ignores":
    print("Content-Type: text/plain\\n\\nnot read")
elif what == "process":
    print("Content-Type: text/plain\\n", flush=True)
    subprocess.run(["echo", "from a process"])
elif what == "program":
    print("Content-Type: text/plain\\n", flush=True)
    os.execvp("echo", ["echo", "another program"])
elif what == "fails":
    1 / 0
`;
const ruby = `what = ENV["QUERY_STRING"][/=(\\w+)/, 1]
case what
when "echo"
  body = STDIN.binmode.read(ENV["CONTENT_LENGTH"].to_i)
  print "Status: 201 Made\\nContent-Type: application/octet-stream\\nX-Query: ", ENV["QUERY_STRING"], "\\n\\n", ENV["REQUEST_METHOD"], body
when "large"
  print "Content-Type: text/plain\\n\\n"
  20_000.times { |n| puts "line #{n} #{"x" * 40}" }
  warn "a word for the log"
when "ignores" then print "Content-Type: text/plain\\n\\nnot read\\n"
when "process" then print "Content-Type: text/plain\\n\\n"; STDOUT.flush; system "echo from a process"
when "program" then print "Content-Type: text/plain\\n\\n"; STDOUT.flush; exec "echo", "another program"
when "fails" then raise "on purpose"
end
`;
const languages = [
  { language: "perl", interpreter: "perl", name: "script.pl", source: perl },
  { language: "python", interpreter: "python3", name: "script.py", source: python },
  { language: "ruby", interpreter: "ruby", name: "script.rb", source: ruby },
] as const;
const psgi = `use strict; use warnings;
my $app = sub {
    my $env = shift; my ($what) = $env->{QUERY_STRING} =~ /=(\\w+)/;
    if ($what eq 'echo') {
        my $body = do { local $/; readline $env->{'psgi.input'} } // '';
        return [201, ['Content-Type' => 'application/octet-stream', 'X-Query' => $env->{QUERY_STRING}], [$env->{REQUEST_METHOD}, $body]];
    }
    if ($what eq 'large') {
        return sub {
            my $writer = $_[0]->([200, ['Content-Type' => 'text/plain']]);
            $writer->write("line $_ " . 'x' x 40 . "\\n") for 0 .. 19_999;
            warn "a word for the log"; $writer->close;
        };
    }
    return [200, ['Content-Type' => 'text/plain'], ["not read\\n"]] if $what eq 'ignores';
    die "on purpose";
};
`;
const wsgi = `import sys
def application(environ, start_response):
    what = environ["QUERY_STRING"].split("=")[1]
    plain = [("Content-Type", "text/plain")]
    if what == "echo":
        body = environ["wsgi.input"].read()
        start_response("201 Made", [("Content-Type", "application/octet-stream"), ("X-Query", environ["QUERY_STRING"])])
        return [environ["REQUEST_METHOD"].encode(), body]
    if what == "large":
        start_response("200 OK", plain)
        print("a word for the log", file=sys.stderr)
        return (b"line %d %s\\n" % (n, b"x" * 40) for n in range(20000))
    if what == "ignores":
        start_response("200 OK", plain)
        return [b"not read\\n"]
    1 / 0
`;
const rack = `run lambda { |env|
  plain = { "content-type" => "text/plain" }
  case env["QUERY_STRING"][/=(\\w+)/, 1]
  when "echo"
    body = env["rack.input"].read
    own = { "content-type" => "application/octet-stream", "x-query" => env["QUERY_STRING"] }
    [201, own, [env["REQUEST_METHOD"], body]]
  when "large"
    warn "a word for the log"
    [200, plain, Enumerator.new { |parts| 20_000.times { |n| parts << "line #{n} #{"x" * 40}\\n" } }]
  when "ignores" then [200, plain, ["not read\\n"]]
  else raise "on purpose"
  end
}
`;
const applications = [
  { mode: "rack", language: "ruby", interpreter: "ruby", name: "config.ru", source: rack },
  { mode: "psgi", language: "perl", interpreter: "perl", name: "app.psgi", source: psgi },
  { mode: "wsgi", language: "python", interpreter: "python3", name: "app.wsgi", source: wsgi },
] as const;
const body = Buffer.from(Array.from({ length: 300_000 }, (_, n) => n % 251));
const large = Array.from({ length: 20_000 }, (_, n) => `line ${n} ${"x".repeat(40)}\n`).join("");

type Ask = (what: string, init?: RequestInit) => Promise<Response>;

/** With two workers behind the server. */
async function behind(
  server: ServerName,
  { language, mode, name, source }: Pick<AgentOptions, "language" | "mode"> & { name: string; source: string },
  check: (ask: Ask) => Promise<void>,
): Promise<void> {
  using folder = tempFolder();
  folder.write(name, source);
  const script = folder.file(name);
  const options = ["--error500", "--workers=2"];
  await using agent = await AgentProcess.start({ language, mode, script, options });
  chmodSync(agent.folder, 0o755);
  chmodSync(agent.socketPath, 0o777); // servers run as a user of their own
  await using running = await FastcgiServer.start(server, { app: { socket: agent.socketPath, script } });
  await check((what, init) => fetch(`http://127.0.0.1:${running.port}/app?do=${what}`, init));
}

async function servesAll(ask: Ask): Promise<void> {
  const echo = await ask("echo", { method: "POST", body });
  expect([echo.status, echo.headers.get("x-query")]).toEqual([201, "do=echo"]);
  expect(Buffer.from(await echo.arrayBuffer()).equals(Buffer.concat([Buffer.from("POST"), body]))).toBe(true);
  expect(await (await ask("large")).text()).toBe(large);
  expect(await (await ask("ignores", { method: "POST", body })).text()).toBe("not read\n");
  expect((await ask("fails")).status).toBe(500);
}

describe.each(languages)("the $language agent", ({ language, interpreter, name, source }) => {
  describe.each(serverNames)("behind %s", (server) => {
    test.skipIf(!isInstalled(server) || program(interpreter) === null).each(agentModes)(
      `%s (needs ${server} and ${interpreter})`,
      (mode) =>
        behind(server, { language, mode, name, source }, async (ask) => {
          for (let time = 0; time < 3; time++) {
            await servesAll(ask);
            expect(await (await ask("process")).text()).toBe("from a process\n");
            expect(await (await ask("program")).text()).toBe("another program\n");
          }
        }),
    );
  });
});

describe.each(applications)("the $language agent with an application", ({ interpreter, ...application }) => {
  describe.each(serverNames)("behind %s", (server) => {
    test.skipIf(!isInstalled(server) || program(interpreter) === null)(
      `${application.mode} (needs ${server} and ${interpreter})`,
      () =>
        behind(server, application, async (ask) => {
          for (let time = 0; time < 3; time++) await servesAll(ask);
        }),
    );
  });
});
