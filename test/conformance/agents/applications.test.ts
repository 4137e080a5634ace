// The agents as servers of applications, without the pool: connections that are kept,
// slow, cut; many requests; killed workers.
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { encodeBeginRequest } from "../../../server/protocol/fastcgi/encode-record.js";
import { protocolStatus, recordType, role } from "../../../server/protocol/fastcgi/record-types.js";
import { AgentProcess } from "../../support/agents/agent-process.js";
import { RecordClient } from "../../support/agents/record-client.js";
import { canListProcesses, descendants, processes } from "../../support/processes.js";
import { repositoryRoot } from "../../support/repository.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const languages = [
  { mode: "wsgi", language: "python", needs: "python3", file: "ways.py" },
  { mode: "psgi", language: "perl", needs: "perl", file: "ways.pl" },
  { mode: "rack", language: "ruby", needs: "ruby", file: "ways.rb" },
] as const;

async function starting(
  { mode, language, file }: (typeof languages)[number],
  folder: TempFolder,
  ...options: string[]
): Promise<AgentProcess> {
  folder.write(file, readFileSync(join(repositoryRoot, "test/fixtures/applications", file)));
  return AgentProcess.start({ language, mode, script: folder.file(file), options });
}
const asking = (way: string, method = "GET") => ({ REQUEST_METHOD: method, QUERY_STRING: way });
const served = { stdout: expect.stringMatching(/^Status: 200 OK\r\n[\s\S]*one two$/), status: 0 };
const shown = ({ stdout, status }: { stdout: Buffer; status: number | null }) => ({
  stdout: stdout.toString(),
  status,
});

describe.each(languages)("$mode (needs $needs)", (one) => {
  const isMissing = program(one.needs) === null;

  test.skipIf(isMissing)("serves request after request on a connection, with bodies that nobody reads", async () => {
    using folder = tempFolder();
    await using agent = await starting(one, folder);
    const client = new RecordClient(await agent.connect());
    for (let n = 1; n <= 3; n++) {
      client.begin(asking("ignores", "POST"), { keepConnection: true }, n).body(Buffer.alloc(700_000), n).endBody(n);
      expect(await client.ended(n)).toMatchObject({ appStatus: 0, protocolStatus: 0 });
    }
    expect(client.stdout.toString().match(/not read/g)).toHaveLength(3);
    expect(client.isClosed).toBe(false);
  });

  test.skipIf(isMissing)("waits for a slow reader, and for a slow sender", async () => {
    using folder = tempFolder();
    await using agent = await starting(one, folder);
    const slow = new RecordClient(await agent.connect());
    slow.socket.pause();
    slow.begin(asking("large")).endBody();
    const body = Buffer.alloc(200_000, "0123456789");
    const sending = new RecordClient(await agent.connect());
    sending.begin({ ...asking("digests", "POST"), CONTENT_LENGTH: String(body.length) });
    slow.socket.resume();
    await slow.ended();
    expect(slow.stdout.length).toBeGreaterThan(5_000_000);
    for (let at = 0; at < body.length; at += 50_000) sending.body(body.subarray(at, at + 50_000));
    sending.endBody();
    await sending.ended();
    expect(sending.stdout.toString()).toContain(createHash("sha256").update(body).digest("hex"));
  });

  test.skipIf(isMissing)("sends the rest of a response while the next one waits for its reader", async () => {
    using folder = tempFolder();
    await using agent = await starting(one, folder);
    const first = new RecordClient(await agent.connect());
    first.socket.pause();
    first.begin(asking("whole")).endBody();
    const next = new RecordClient(await agent.connect());
    next.begin(asking("large")).endBody();
    await waitFor("the next response", () => next.stdout.length > 0);
    next.socket.pause();
    first.socket.resume();
    await first.ended();
    expect(first.stdout.subarray(-100).toString()).toBe("29 ".repeat(34).slice(-100));
    next.socket.resume();
    await next.ended();
  });

  test.skipIf(isMissing)("sends the rest of a response while the next body comes", async () => {
    using folder = tempFolder();
    await using agent = await starting(one, folder);
    const first = new RecordClient(await agent.connect());
    first.socket.pause();
    first.begin(asking("whole")).endBody();
    const next = new RecordClient(await agent.connect());
    next.begin({ ...asking("digests", "POST"), CONTENT_LENGTH: "4" }).body(Buffer.from("ab"));
    first.socket.resume();
    await first.ended();
    next.body(Buffer.from("cd")).endBody();
    await next.ended();
    expect(next.stdout.toString()).toContain(createHash("sha256").update("abcd").digest("hex"));
  });

  test.skipIf(isMissing)("a client that leaves in the middle of a response ends the application's work", async () => {
    using folder = tempFolder();
    await using agent = await starting(one, folder);
    const client = new RecordClient(await agent.connect());
    client.begin(asking("endless")).endBody();
    await waitFor("some output", () => client.stdout.includes("again"));
    client.socket.destroy();
    await waitFor("the application has cleaned up", () => existsSync(folder.file("closed")));
    expect(shown(await agent.ask(asking("writes")))).toEqual(served);
  });

  test.skipIf(isMissing)(
    "a client that leaves in the middle of a body, or aborts, harms no other request",
    async () => {
      using folder = tempFolder();
      await using agent = await starting(one, folder);
      for (const leave of ["destroy", "abort"]) {
        const client = new RecordClient(await agent.connect());
        client.begin({ ...asking("digests", "POST"), CONTENT_LENGTH: "100" }, { keepConnection: true });
        client.body(Buffer.alloc(50));
        if (leave === "destroy") client.socket.destroy();
        else {
          client.record(recordType.abortRequest, 1);
          await client.ended();
          client.socket.destroy();
        }
        expect(shown(await agent.ask(asking("writes")))).toEqual(served);
      }
    },
  );

  test.skipIf(isMissing)("a request that is aborted before its variables end is answered", async () => {
    using folder = tempFolder();
    await using agent = await starting(one, folder);
    const client = new RecordClient(await agent.connect());
    client.socket.write(encodeBeginRequest(1, { role: role.responder, keepConnection: true }));
    client.record(recordType.abortRequest, 1);
    expect(await client.ended(1)).toMatchObject({ appStatus: 0, protocolStatus: protocolStatus.requestComplete });
    client.begin(asking("writes"), { keepConnection: true }, 2).endBody(2);
    expect(await client.ended(2)).toMatchObject({ appStatus: 0, protocolStatus: protocolStatus.requestComplete });
    client.socket.destroy();
  });

  test.skipIf(isMissing)("answers with 500 for a failure, where it is asked to", async () => {
    using folder = tempFolder();
    await using agent = await starting(one, folder, "--error500");
    const { stdout, stderr, status } = await agent.ask(asking("raises"));
    expect([stdout.toString(), status]).toEqual([expect.stringMatching(/^Status: 500 /), 1]);
    expect(stderr.toString()).toContain("before the response");
  });

  test.skipIf(isMissing)("serves 100 requests at once on 2 workers", async () => {
    using folder = tempFolder();
    await using agent = await starting(one, folder, "--workers=2");
    const all = await Promise.all(Array.from({ length: 100 }, () => agent.ask(asking("writes"))));
    expect(all.map(shown)).toEqual(all.map(() => served));
  });

  test.skipIf(isMissing)("replaces a process after its number of requests", async () => {
    using folder = tempFolder();
    await using agent = await starting(one, folder, "--recycle=2");
    for (let n = 0; n < 7; n++) expect(shown(await agent.ask(asking("writes")))).toEqual(served);
  });

  test.skipIf(isMissing || !canListProcesses)("a worker that is killed is replaced; TERM leaves nothing", async () => {
    using folder = tempFolder();
    await using agent = await starting(one, folder);
    for (const _ of [1, 2]) {
      expect(shown(await agent.ask(asking("writes")))).toEqual(served);
      const worker = await waitFor(
        "a worker",
        () => descendants(agent.pid).find(({ parent }) => parent === agent.pid)?.pid ?? null,
      );
      process.kill(worker, "SIGKILL");
    }
    expect(shown(await agent.ask(asking("writes")))).toEqual(served);
    const gone = once(agent.child, "exit");
    agent.child.kill("SIGTERM");
    await gone;
    await waitFor(
      "every process has ended",
      () => !processes().some(({ command }) => command.includes(folder.file(one.file))),
    );
  });

  test.skipIf(isMissing)("calls the file that was saved", async () => {
    using folder = tempFolder();
    await using agent = await starting(one, folder);
    expect(shown(await agent.ask(asking("writes")))).toEqual(served);
    const { mode, file } = one;
    for (const word of ["first", "second one"]) {
      const says = {
        wsgi: `def app(environ, start):\n    start("200 OK", [])\n    return [b"${word}"]\n`,
        psgi: `sub { [200, [], ['${word}']] }\n`,
        rack: `->(_) { [200, {}, ['${word}']] }\n`,
      };
      folder.write(file, says[mode]);
      expect((await agent.ask()).stdout.toString()).toMatch(new RegExp(`\\r\\n\\r\\n${word}$`));
    }
  });
});

test.skipIf(program("perl") === null)("psgi: a captured output goes to its request again (needs perl)", async () => {
  using folder = tempFolder();
  folder.write(
    "app.pl",
    `my $captured;
sub capture {
  my $code = shift;
  my @own = map { open my $own, '>&', $_ or die "duplicate: $!"; $own } \\*STDOUT, \\*STDERR;
  close STDOUT; open STDOUT, '>', \\$captured or die "STDOUT: $!";
  close STDERR; open STDERR, '>', \\my $errors or die "STDERR: $!";
  $code->();
  close STDOUT; open STDOUT, '>&', $own[0] or die "STDOUT again: $!";
  close STDERR; open STDERR, '>&', $own[1] or die "STDERR again: $!";
}
sub {
  my $how = $_[0]{QUERY_STRING};
  open STDERR, '>>', 'log' or die "log: $!" if $how eq 'log';
  capture(sub { print 'page'; warn 'hidden' }) if $how eq 'captures';
  capture(sub { die "in between\\n" }) if $how eq 'dies';
  print STDOUT "printed\\n";
  warn "warned\\n";
  return [200, [], [$captured // '', \`echo by a child\`]];
}
`,
  );
  await using agent = await AgentProcess.start({ language: "perl", mode: "psgi", script: folder.file("app.pl") });
  const ask = async (how: string) => {
    const { stdout, stderr, status } = await agent.ask(asking(how));
    return [how, stdout.toString().split("\r\n\r\n")[1], stderr.toString(), status];
  };
  for (const _ of [1, 2]) {
    expect((await ask("captures")).slice(0, 2)).toEqual(["captures", "pageby a child\n"]);
    expect(await ask("")).toEqual(["", "pageby a child\n", "printed\nwarned\n", 0]);
    expect(await ask("dies")).toEqual(["dies", undefined, "in between\n", 1]);
    expect(await ask("")).toEqual(["", "by a child\n", "printed\nwarned\n", 0]);
  }
  for (const how of ["log", ""]) expect(await ask(how)).toEqual([how, "by a child\n", "printed\n", 0]);
  expect(folder.read("log")).toBe("warned\nwarned\n");
});

test.skipIf(program("python3") === null)("wsgi: threads and forks of the application (needs python3)", async () => {
  using folder = tempFolder();
  folder.write(
    "app.py",
    `import os, sys, threading
def complain(n):
    for _ in range(200): print("thread", n, file=sys.stderr)
def application(environ, start_response):
    threads = [threading.Thread(target=complain, args=(n,)) for n in range(4)]
    for thread in threads: thread.start()
    if os.fork() == 0:
        start_response("200 OK", [])
        return [b"from a fork"]
    write = start_response("200 OK", [])
    for _ in range(200): write(b"part ")
    for thread in threads: thread.join()
    return []
`,
  );
  await using agent = await AgentProcess.start({ language: "python", mode: "wsgi", script: folder.file("app.py") });
  for (const _ of [1, 2, 3]) {
    const { stdout, stderr, status } = await agent.ask();
    expect([stdout.toString().split("\r\n\r\n")[1], status]).toEqual(["part ".repeat(200), 0]);
    expect(stderr.toString().match(/thread/g)).toHaveLength(800);
  }
});
