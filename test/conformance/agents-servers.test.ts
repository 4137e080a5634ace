// Each agent alone, behind real web servers: the script's status, header fields and body reach the client.
import { chmodSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { AgentProcess, agentModes } from "../support/agents/agent-process.js";
import { FastcgiServer, isInstalled, serverNames } from "../support/agents/fastcgi-servers.js";
import { program, tempFolder } from "../support/temp-workspace.js";

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
const languages = [
  { language: "perl", interpreter: "perl", name: "script.pl", source: perl },
  { language: "python", interpreter: "python3", name: "script.py", source: python },
] as const;
const body = Buffer.from(Array.from({ length: 300_000 }, (_, n) => n % 251));
const large = Array.from({ length: 20_000 }, (_, n) => `line ${n} ${"x".repeat(40)}\n`).join("");

describe.each(languages)("the $language agent", ({ language, interpreter, name, source }) => {
  describe.each(serverNames)("behind %s", (server) => {
    test.skipIf(!isInstalled(server) || program(interpreter) === null).each(agentModes)(
      `%s (needs ${server} and ${interpreter})`,
      async (mode) => {
        using folder = tempFolder();
        folder.write(name, source);
        const script = folder.file(name);
        const options = ["--error500", "--workers=2"];
        await using agent = await AgentProcess.start({ language, mode, script, options });
        chmodSync(agent.folder, 0o755);
        chmodSync(agent.socketPath, 0o777); // servers run as a user of their own
        await using running = await FastcgiServer.start(server, { app: { socket: agent.socketPath, script } });
        const ask = (what: string, init?: RequestInit) =>
          fetch(`http://127.0.0.1:${running.port}/app?do=${what}`, init);
        for (let time = 0; time < 3; time++) {
          const echo = await ask("echo", { method: "POST", body });
          expect([echo.status, echo.headers.get("x-query")]).toEqual([201, "do=echo"]);
          expect(Buffer.from(await echo.arrayBuffer()).equals(Buffer.concat([Buffer.from("POST"), body]))).toBe(true);
          expect(await (await ask("large")).text()).toBe(large);
          expect(await (await ask("ignores", { method: "POST", body })).text()).toBe("not read\n");
          expect((await ask("fails")).status).toBe(500);
          expect(await (await ask("process")).text()).toBe("from a process\n");
          expect(await (await ask("program")).text()).toBe("another program\n");
        }
      },
    );
  });
});
