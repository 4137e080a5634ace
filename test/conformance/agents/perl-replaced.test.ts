// The Perl agent's worker replaces itself when its script has changed or its application has grown: not before every
// response is sent, and it sleeps until then.
import { execFileSync } from "node:child_process";
import { readFileSync, utimesSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { byteString } from "../../../server/protocol/byte-string.js";
import { encodeParams } from "../../../server/protocol/fastcgi/encode-params.js";
import { encodeBeginRequest, encodeRecord } from "../../../server/protocol/fastcgi/encode-record.js";
import { recordType, role } from "../../../server/protocol/fastcgi/record-types.js";
import { type AgentOptions, AgentProcess } from "../../support/agents/agent-process.js";
import { RecordClient } from "../../support/agents/record-client.js";
import { canListProcesses, descendants } from "../../support/processes.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { settled, waitFor } from "../../support/wait-for.js";

const get = { REQUEST_METHOD: "GET", QUERY_STRING: "" };
const keep = { keepConnection: true };
const client = async (agent: AgentProcess): Promise<RecordClient> => new RecordClient(await agent.connect());

/** A program that answers with `word`, and an application that does; both after the request's body. */
const source = (mode: string, word: string): string =>
  mode === "psgi"
    ? `sub { [200, ["Content-Type" => "text/plain"], ["${word}" x ($_[0]{QUERY_STRING} || 1)]] }\n`
    : `#!/usr/bin/perl\nread STDIN, my $body, $ENV{CONTENT_LENGTH} || 0;\n` +
      `print "Content-Type: text/plain\\n\\n", "${word}" x ($ENV{QUERY_STRING} || 1);\n`;

async function start(folder: TempFolder, mode: AgentOptions["mode"]): Promise<AgentProcess> {
  folder.write("script.pl", source(mode, "old"));
  return AgentProcess.start({ language: "perl", mode, script: folder.file("script.pl") });
}

/** A library that opens `file` in the place of another process's descriptors. */
const openFileInstead = (file: string): string => `
  #define _GNU_SOURCE
  #include <dlfcn.h>
  #include <string.h>
  int open64(const char *path, int flags, int mode) {
    int (*next)(const char *, int, int) = dlsym(RTLD_NEXT, "open64");
    int is_others = strncmp(path, "/proc/", 6) == 0 && strstr(path, "/fd/");
    return next(is_others ? "${file}" : path, flags, mode);
  }`;

const bodyOf = (response: Buffer): string => response.toString().split(/\r?\n\r?\n/)[1] ?? "";

/** User and system time of the agent's worker, in ticks. NaN while it has not begun, or waits for the processor. */
function processorTicks(agent: AgentProcess): number {
  const worker = descendants(agent.pid).find(({ parent }) => parent === agent.pid);
  if (!worker || worker.state === "R") return Number.NaN;
  const stat = readFileSync(`/proc/${worker.pid}/stat`, "latin1");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

describe.skipIf(program("perl") === null || !canListProcesses)("the Perl agent (needs perl)", () => {
  describe.each(["prefork", "persistent", "psgi"] as const)("%s", (mode) => {
    test("a changed script waits for a running request without work, and then answers the others", async () => {
      using folder = tempFolder();
      await using agent = await start(folder, mode);
      const kept = (await client(agent)).begin(get, keep).endBody();
      await kept.ended();
      const running = (await client(agent)).begin({ ...get, REQUEST_METHOD: "POST", CONTENT_LENGTH: "4" });
      await settled(() => processorTicks(agent)); // it has read the request
      folder.write("script.pl", source(mode, "the new"));
      kept.begin(get, keep).endBody();
      const other = (await client(agent)).begin(get).endBody();
      await settled(() => processorTicks(agent)); // it sleeps
      expect([kept.ends.length, other.ends.length]).toEqual([1, 0]);
      running.body(Buffer.from("body")).endBody();
      for (const ended of [running.ended(), kept.ended(2), other.ended()])
        expect(await ended).toMatchObject({ appStatus: 0 });
      expect([running, other].map(({ stdout }) => bodyOf(stdout))).toEqual(["old", "the new"]);
      expect(kept.stdout.toString()).toMatch(/the new$/);
      kept.socket.destroy();
    });

    test("a changed script waits for a response that is not sent yet", async () => {
      using folder = tempFolder();
      await using agent = await start(folder, mode);
      const slow = await client(agent);
      slow.socket.pause();
      // More than the socket takes, and less than what makes a script wait: the request is over.
      slow.begin({ ...get, QUERY_STRING: "300000" }, keep).endBody();
      await settled(() => processorTicks(agent));
      folder.write("script.pl", source(mode, "the new"));
      const other = (await client(agent)).begin(get).endBody();
      await settled(() => processorTicks(agent)); // it sleeps
      expect(other.ends).toEqual([]);
      slow.socket.resume();
      expect(await slow.ended()).toMatchObject({ appStatus: 0 });
      expect(bodyOf(slow.stdout).length).toBe(900_000);
      expect(await other.ended()).toMatchObject({ appStatus: 0 });
      expect(bodyOf(other.stdout)).toBe("the new");
      slow.socket.destroy();
    });

    test("what has come of a record is not lost when the script changes", async () => {
      using folder = tempFolder();
      await using agent = await start(folder, mode);
      const pairs = Object.entries(get).map(([name, value]) => [byteString(name), byteString(value)] as const);
      const head = encodeBeginRequest(1, { role: role.responder, keepConnection: false });
      const begun = Buffer.concat([head, encodeParams(1, pairs).bytes]);
      const stray = encodeRecord(recordType.stdin, 1, Buffer.alloc(60_000));
      const [partial, kept] = [await client(agent), await client(agent)];
      kept.begin(get, keep).endBody();
      await kept.ended();
      partial.socket.write(begun.subarray(0, 5));
      kept.socket.write(stray.subarray(0, 50_000)); // a body that nobody waits for
      await settled(() => processorTicks(agent));
      folder.write("script.pl", source(mode, "the new"));
      expect(bodyOf((await agent.ask()).stdout)).toBe("the new");
      partial.socket.write(begun.subarray(5));
      partial.endBody();
      kept.socket.write(stray.subarray(50_000));
      kept.begin(get).endBody();
      for (const ended of [partial.ended(), kept.ended(2)]) expect(await ended).toMatchObject({ appStatus: 0 });
      expect(bodyOf(partial.stdout)).toBe("the new");
    });

    test("a script that is saved twice within a second is compiled twice", async () => {
      using folder = tempFolder();
      await using agent = await start(folder, mode);
      const seconds = Math.ceil(Date.now() / 1000);
      for (const word of ["two", "six"]) {
        folder.write("script.pl", source(mode, word));
        utimesSync(folder.file("script.pl"), seconds, seconds);
        expect(bodyOf((await agent.ask()).stdout)).toBe(word);
      }
    });
  });

  // A child that is ended while it opens its output may find that the number belongs to the next interpreter by then.
  test.skipIf(program("cc") === null)("no file is emptied in a pipe's place (needs a C compiler)", async () => {
    using folder = tempFolder();
    folder.write("open.c", openFileInstead(folder.file("other.txt")));
    execFileSync("cc", ["-shared", "-fPIC", "-o", folder.file("open.so"), folder.file("open.c")]);
    folder.write("other.txt", "x".repeat(10_000));
    folder.write("script.pl", source("persistent", "old"));
    const environment = { LD_PRELOAD: folder.file("open.so") };
    const script = folder.file("script.pl");
    await using agent = await AgentProcess.start({ language: "perl", mode: "persistent", script, environment });
    expect(await agent.ask()).toMatchObject({ status: 0, stdout: Buffer.alloc(0) });
    expect(folder.read("other.txt")).toMatch(/^Content-Type: text\/plain\n\noldx+$/);
  });

  test.each(["--grow=1", "--recycle=21"])("an application's worker sends its response first, %s", async (option) => {
    using folder = tempFolder();
    folder.write(
      "script.pl",
      `my @kept;
      sub {
          push @kept, 'x' x 300_000;
          return [200, ['Content-Type' => 'text/plain'], [$_[0]{QUERY_STRING} ? 'y' x 3_000_000 : scalar @kept]];
      }\n`,
    );
    const script = folder.file("script.pl");
    await using agent = await AgentProcess.start({ language: "perl", mode: "psgi", script, options: [option] });
    for (let count = 1; count <= 20; count++) expect(bodyOf((await agent.ask()).stdout)).toBe(String(count));
    const slow = await client(agent);
    slow.socket.pause();
    slow.begin({ ...get, QUERY_STRING: "large" }, keep).endBody();
    await settled(() => processorTicks(agent));
    slow.socket.resume();
    expect(await slow.ended()).toMatchObject({ appStatus: 0 });
    expect(bodyOf(slow.stdout).length).toBe(3_000_000);
    await waitFor("a new process", async () => bodyOf((await agent.ask()).stdout) === "1");
    slow.socket.destroy();
  });
});
