// A client of an agent that stops reading, and the last of the output still in the script's pipe when the script has
// ended: all of it reaches the client that reads on, and nothing is left of a request whose client has gone.
import { randomInt } from "node:crypto";
import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { type AgentMode, AgentProcess, agentModes } from "../../support/agents/agent-process.js";
import { RecordClient } from "../../support/agents/record-client.js";
import { canListProcesses, processes, waitUntilGone } from "../../support/processes.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const head = "Content-Type: text/plain\n\n";
/** Longer than an agent waits for others that hold a script's output. */
const stallMs = 3000;

/** They write until nobody takes more for half a second, and say in a file how much that was. */
const scripts = {
  perl: String.raw`#!/usr/bin/perl
use Fcntl;
$| = 1;
print "Content-Type: text/plain\n\n";
exit unless $ENV{QUERY_STRING};
system "$ENV{QUERY_STRING} &" if $ENV{QUERY_STRING} =~ s/^leave=//;
fcntl STDOUT, F_SETFL, O_WRONLY | O_NONBLOCK;
my ($sent, $refused) = (0, 0);
while ($refused < 10) {
    my $count = syswrite STDOUT, 'x' x 4096;
    if ($count) { $sent += $count; $refused = 0 } else { $refused++; select undef, undef, undef, 0.05 }
}
open my $file, '>', 'sent.new';
print $file $sent;
close $file;
rename 'sent.new', 'sent';
`,
  ruby: String.raw`
$stdout.syswrite("Content-Type: text/plain\n\n")
exit if ENV["QUERY_STRING"].empty?
system(ENV["QUERY_STRING"].delete_prefix("leave=") + " &") if ENV["QUERY_STRING"].start_with?("leave=")
sent = refused = 0
while refused < 10
  count = $stdout.write_nonblock("x" * 4096, exception: false)
  if count == :wait_writable
    refused += 1
    sleep(0.05)
  else
    sent += count
    refused = 0
  end
end
File.write("sent.new", sent.to_s)
File.rename("sent.new", "sent")
`,
  python: String.raw`
import os, subprocess, time
query = os.environ["QUERY_STRING"]
os.write(1, b"Content-Type: text/plain\n\n")
if not query:
    raise SystemExit
if query.startswith("leave="):
    subprocess.Popen(query[6:], shell=True)
os.set_blocking(1, False)
sent = refused = 0
while refused < 10:
    try:
        sent += os.write(1, b"x" * 4096)
        refused = 0
    except BlockingIOError:
        refused += 1
        time.sleep(0.05)
with open("sent.new", "w") as file:
    file.write(str(sent))
os.rename("sent.new", "sent")
`,
} as const;
type Language = keyof typeof scripts;

async function start(folder: TempFolder, language: Language, mode: AgentMode): Promise<AgentProcess> {
  folder.write("script", scripts[language]);
  return AgentProcess.start({ language, mode, script: folder.file("script"), options: ["--children=1"] });
}

/** A client that reads nothing of a script that has ended, and how much the script has sent. */
async function stalled(folder: TempFolder, agent: AgentProcess, query: string) {
  const client = new RecordClient(await agent.connect());
  client.socket.pause();
  client.begin({ REQUEST_METHOD: "GET", QUERY_STRING: query }).endBody();
  const sent = await waitFor(
    "the script has sent all it can",
    () => existsSync(folder.file("sent")) && Number(folder.read("sent")),
  );
  await pause(stallMs);
  return { client, sent };
}

const programOf = { perl: "perl", ruby: "ruby", python: "python3" } as const;
const cases = [
  ...(["perl", "ruby"] as const).flatMap((language) => agentModes.map((mode) => [language, mode] as const)),
  ["python", "prefork"] as const, // persistent keeps what is written to descriptor 1 itself in memory
];

for (const [language, mode] of cases)
  describe.skipIf(program(programOf[language]) === null)(
    `the ${language} agent, ${mode} (needs ${programOf[language]})`,
    { concurrent: true },
    () => {
      test("a client that stalls after the script's end gets every byte", async () => {
        using folder = tempFolder();
        await using agent = await start(folder, language, mode);
        const { client, sent } = await stalled(folder, agent, "fill");
        client.socket.resume();
        expect(await client.ended()).toMatchObject({ appStatus: 0 });
        expect(client.stdout.length).toBe(head.length + sent);
      });

      test.skipIf(!canListProcesses)(
        "so does one whose script leaves a process behind, and its request ends",
        async () => {
          using folder = tempFolder();
          await using agent = await start(folder, language, mode);
          const command = `sleep 60.${randomInt(1e9)}`;
          const { client, sent } = await stalled(folder, agent, `leave=${command}`);
          client.socket.resume();
          expect(await client.ended()).toMatchObject({ appStatus: 0 });
          expect(client.stdout.length).toBe(head.length + sent);
          const left = processes().filter((process) => process.command === command);
          expect(left.length).toBe(1);
          for (const { pid } of left) process.kill(pid);
        },
      );

      test.skipIf(!canListProcesses)("a client that stalls and leaves ends what the script left behind", async () => {
        using folder = tempFolder();
        await using agent = await start(folder, language, mode);
        const command = `sleep 60.${randomInt(1e9)}`;
        const { client } = await stalled(folder, agent, `leave=${command}`);
        client.socket.destroy();
        await waitUntilGone(command);
        expect((await agent.ask()).stdout.toString()).toBe(head);
      });
    },
  );

const writes = String.raw`
import os, sys
print("Content-Type: text/plain\n", flush=True)
if os.environ["QUERY_STRING"] == "at-the-end":
    os.write(1, b"x" * 5_000_000)
else:
    for _ in range(5000):
        sys.stdout.write("x" * 1000)
`;

test.skipIf(program("python3") === null)(
  "the python agent, persistent (needs python3): a stalled client gets its rest while the next script waits for its reader",
  async () => {
    using folder = tempFolder();
    folder.write("script", writes);
    const script = folder.file("script");
    await using agent = await AgentProcess.start({ language: "python", mode: "persistent", script });
    const first = new RecordClient(await agent.connect());
    first.socket.pause();
    first.begin({ REQUEST_METHOD: "GET", QUERY_STRING: "at-the-end" }).endBody();
    const next = new RecordClient(await agent.connect());
    next.begin({ REQUEST_METHOD: "GET", QUERY_STRING: "" }).endBody();
    await waitFor("the next script's output", () => next.stdout.length > 0);
    next.socket.pause();
    first.socket.resume();
    await first.ended();
    expect(first.stdout.length).toBe(head.length + 5_000_000);
    next.socket.resume();
    await next.ended();
    expect(next.stdout.length).toBe(head.length + 5_000_000);
  },
);
