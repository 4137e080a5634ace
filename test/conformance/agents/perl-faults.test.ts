// What goes wrong around the Perl agent: endless scripts, killed workers, clients that leave, changed files, load.
// Every request is answered or ended, the worker serves the next one, and nothing is left behind.
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { byteString, toBytes } from "../../../server/protocol/byte-string.js";
import { encodeBeginRequest, encodeRecord } from "../../../server/protocol/fastcgi/encode-record.js";
import { recordType } from "../../../server/protocol/fastcgi/record-types.js";
import { AgentProcess, agentModes } from "../../support/agents/agent-process.js";
import {
  canListProcesses,
  descendants,
  isAlive,
  limitMemory,
  ofLiving,
  openDescriptors,
  processes,
  residentBytes,
  waitUntilGone,
} from "../../support/processes.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { settled, waitFor } from "../../support/wait-for.js";

/** FCGI_RESPONDER. */
const responder = 1;
const head = 'print "Content-Type: text/plain\\n\\n";';
/** Seconds of sleep, by which a script's child is known. */
const child = `30.${process.pid}`;

function script(folder: TempFolder, source: string): string {
  folder.write("script.pl", `#!/usr/bin/perl\n${source}\n`);
  return folder.file("script.pl");
}

/** BEGIN_REQUEST, PARAMS and the end of STDIN. */
function requestRecords(query: string): Uint8Array {
  const pair = (name: string, value: string) => `${String.fromCharCode(name.length, value.length)}${name}${value}`;
  const params = toBytes(byteString(pair("QUERY_STRING", query) + pair("REQUEST_METHOD", "GET")));
  return Buffer.concat([
    encodeBeginRequest(1, { role: responder, keepConnection: false }),
    encodeRecord(recordType.params, 1, params),
    encodeRecord(recordType.params, 1, new Uint8Array()),
    encodeRecord(recordType.stdin, 1, new Uint8Array()),
  ]);
}

/** User and system time of a process and those of its children that ended, in ticks. */
function processorTicks(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0);
}

const options = { timeout: 120_000 };
const isMissing = program("perl") === null || !canListProcesses;

describe.skipIf(isMissing).each(agentModes)("the Perl agent, %s (needs perl)", (mode) => {
  const start = (file: string, ...more: string[]) =>
    AgentProcess.start({ language: "perl", mode, script: file, options: more });

  test("a script that never ends is ended when its client leaves", options, async () => {
    using folder = tempFolder();
    await using agent = await start(
      script(
        folder,
        `$| = 1; ${head} if ($ENV{QUERY_STRING} eq 'loop') { print "$$\\n"; 1 while 1 } print "served\\n";`,
      ),
    );
    const socket = await agent.connect();
    socket.write(requestRecords("loop"));
    let text = "";
    socket.on("data", (part: Buffer) => {
      text += part.toString("latin1");
    });
    const pid = await waitFor("the looping process has told its id", () => Number(/(\d+)\n/.exec(text)?.[1]) || null);
    expect(descendants(agent.pid).map((child) => child.pid)).toContain(pid);
    socket.destroy();
    await waitFor("the process has ended", () => !isAlive(pid));
    expect((await agent.ask()).stdout.toString()).toContain("served");
  });

  test("ABORT_REQUEST ends the script, and the request", options, async () => {
    using folder = tempFolder();
    await using agent = await start(script(folder, `$| = 1; ${head} sleep 60;`));
    const socket = await agent.connect();
    socket.write(requestRecords(""));
    await once(socket, "data");
    socket.write(encodeRecord(recordType.abortRequest, 1, new Uint8Array()));
    const parts: Buffer[] = [];
    socket.on("data", (part: Buffer) => parts.push(part));
    await once(socket, "end");
    const end = Buffer.concat(parts).subarray(-16);
    expect([end[1], end.readUInt32BE(8)]).toEqual([recordType.endRequest, 256 + 15]);
  });

  test("output comes while the script runs", options, async () => {
    using folder = tempFolder();
    await using agent = await start(
      script(folder, `$| = 1; ${head} print "first\\n"; sleep 1 until -e 'go'; print "second\\n";`),
    );
    const socket = await agent.connect();
    let text = "";
    socket.on("data", (part: Buffer) => {
      text += part.toString("latin1");
    });
    socket.write(requestRecords(""));
    await waitFor("the first line", () => text.includes("first"));
    folder.write("go", "");
    await once(socket, "end");
    expect(text).toContain("second");
  });

  test("a killed worker is replaced, and its child does not outlive it", options, async () => {
    using folder = tempFolder();
    await using agent = await start(
      script(folder, `$| = 1; ${head} if ($ENV{QUERY_STRING}) { kill KILL => getppid; sleep 60 } print "served\\n";`),
    );
    expect((await agent.ask({ QUERY_STRING: "kill" })).failure).not.toBeNull();
    expect((await agent.ask()).stdout.toString()).toContain("served");
    await waitFor(
      "no child is left",
      () => !processes().some(({ command, parent }) => parent === 1 && command.includes(folder.path)),
    );
  });

  test("a script that takes all memory fails alone", options, async () => {
    using folder = tempFolder();
    const file = script(
      folder,
      `${head} if ($ENV{QUERY_STRING}) { my @all; push @all, 'x' x 10_000_000 while 1 } print "served\\n";`,
    );
    await using agent = await start(file);
    await agent.ask();
    limitMemory(agent.pid, 300_000_000);
    const failed = await agent.ask({ QUERY_STRING: "all" });
    expect(failed.status).not.toBe(0);
    expect(failed.stderr.toString()).toContain("Out of memory");
    expect((await agent.ask()).stdout.toString()).toContain("served");
  });

  test("a process that the script leaves behind holds neither response nor worker", options, async () => {
    using folder = tempFolder();
    await using agent = await start(
      script(folder, `${head} print "served\\n"; system 'sleep ${child} &' if $ENV{QUERY_STRING};`),
    );
    expect((await agent.ask({ QUERY_STRING: "left" })).stdout.toString()).toContain("served");
    for (let time = 0; time < 3; time++)
      expect((await agent.ask()).stdout.toString()).toMatch(/^Content-Type.*\n\nserved\n$/);
    for (const { pid, command } of processes())
      if (command === `sleep ${child}`) ofLiving(pid, () => process.kill(pid));
  });

  test("200 requests at once on 2 workers", options, async () => {
    using folder = tempFolder();
    await using agent = await start(script(folder, `${head} print "n $ENV{QUERY_STRING}\\n";`), "--workers=2");
    const all = Array.from({ length: 200 }, (_, n) => agent.ask({ QUERY_STRING: String(n) }));
    const texts = (await Promise.all(all)).map(({ stdout }) => stdout.toString());
    expect(texts).toEqual(texts.map((_, n) => `Content-Type: text/plain\n\nn ${n}\n`));
  });

  test.each(["SIGTERM", "SIGKILL"] as const)(
    "%s of the master in mid-request leaves nothing behind",
    options,
    async (signal) => {
      using folder = tempFolder();
      const agent = await start(script(folder, `$| = 1; ${head} 1 while 1;`), "--workers=2");
      const sockets = await Promise.all([agent.connect(), agent.connect()]);
      for (const socket of sockets) {
        socket.on("error", () => {}); // a reset is fine
        socket.write(requestRecords(""));
        await once(socket, "data");
      }
      const gone = once(agent.child, "exit");
      agent.child.kill(signal);
      await gone;
      await waitUntilGone(folder.path);
      await agent[Symbol.asyncDispose]();
    },
  );

  test("a changed script is compiled again; one that does not compile is executed until it does", options, async () => {
    using folder = tempFolder();
    const file = script(folder, `${head} print "one\\n";`);
    await using agent = await start(file);
    const text = async () => (await agent.ask()).stdout.toString().split("\n\n")[1];
    expect(await text()).toBe("one\n");
    script(folder, `${head} print "the second\\n";`);
    expect(await text()).toBe("the second\n");
    script(folder, "use strict; $undeclared = 1;");
    const broken = await agent.ask();
    expect([broken.status, broken.stderr.toString()]).toEqual([
      255,
      expect.stringContaining('Global symbol "$undeclared"'),
    ]);
    script(folder, `${head} print "it compiles again\\n";`);
    expect(await text()).toBe("it compiles again\n");
  });

  test("a job that a script has left works on when the script is saved, and when the agent ends", options, async () => {
    using folder = tempFolder();
    const job = `unless (fork) {
      close $_ for *STDIN, *STDOUT, *STDERR;
      for (1 .. 300) { last if -e "$ENV{QUERY_STRING}.go"; select undef, undef, undef, 0.1 }
      open my $done, '>', "$ENV{QUERY_STRING}.done";
      exit;
    }`;
    await using agent = await start(script(folder, `${head} ${job} print "served\\n";`));
    expect((await agent.ask({ QUERY_STRING: "first" })).stdout.toString()).toContain("served");
    script(folder, `${head} ${job} print "served again\\n";`);
    expect((await agent.ask({ QUERY_STRING: "second" })).stdout.toString()).toContain("again");
    folder.write("first.go", "");
    await waitFor("the first job is done", () => existsSync(folder.file("first.done")));
    const ended = once(agent.child, "exit");
    agent.child.kill("SIGTERM");
    await ended;
    folder.write("second.go", "");
    await waitFor("the second job is done", () => existsSync(folder.file("second.done")));
  });

  test.skipIf(program("prlimit") === null)(
    "without a free descriptor it waits, without work (needs prlimit)",
    options,
    async () => {
      using folder = tempFolder();
      await using agent = await start(script(folder, `${head} print "served\\n";`));
      await agent.ask();
      const worker = descendants(agent.pid).find(({ parent }) => parent === agent.pid)?.pid ?? 0;
      const limit = openDescriptors(worker).length + 8;
      expect(spawnSync("prlimit", ["--pid", String(worker), `--nofile=${limit}`]).status).toBe(0);
      const sockets = await Promise.all(Array.from({ length: 40 }, () => agent.connect()));
      await settled(() => processorTicks(worker));
      for (const socket of sockets) socket.destroy();
      expect((await agent.ask()).stdout.toString()).toContain("served");
    },
  );

  test("--error500: a script that fails before it writes anything is answered", options, async () => {
    using folder = tempFolder();
    const file = script(folder, `if ($ENV{QUERY_STRING}) { die "on purpose\\n" } ${head}`);
    await using agent = await start(file, "--error500");
    expect((await agent.ask({ QUERY_STRING: "x" })).stdout.toString()).toMatch(/^Status: 500 /);
    expect((await agent.ask()).stdout.toString()).toBe("Content-Type: text/plain\n\n");
  });

  test("1,500 requests: the same process, no growth, and no work when there is nothing to do", options, async () => {
    using folder = tempFolder();
    const source = `my @l = map { { n => $_ } } 1 .. 100; ${head} print scalar @l;`;
    await using agent = await start(script(folder, source));
    const serve = async (count: number) => {
      for (let n = 0; n < count; n++) expect((await agent.ask()).status).toBe(0);
    };
    const worker = await waitFor("the worker", () => descendants(agent.pid)[0]?.pid ?? null);
    // In prefork the children are new ones: they can only be as large as the worker makes them.
    const lasting = () => (mode === "persistent" ? [worker, ...descendants(worker).map(({ pid }) => pid)] : [worker]);
    const resident = () => lasting().reduce((sum, pid) => sum + residentBytes(pid), 0);
    await serve(300);
    const [before, processesBefore] = [resident(), lasting()];
    await serve(mode === "persistent" ? 1200 : 300);
    expect(lasting()).toEqual(processesBefore);
    expect(resident() - before).toBeLessThan(4 << 20);
    await settled(() => processorTicks(worker)); // an idle worker uses no processor
  });
});
