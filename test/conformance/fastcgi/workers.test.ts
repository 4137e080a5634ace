// FastCGI applications with worker processes, through the front door: a real program on libfcgi that is really killed.
// What a trace has of its worker, what waits, what is sent again, what is reported, and that no process is left.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runtimeFolder } from "../../../server/base/runtime-folder.js";
import { config } from "../../../server/contract/config.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import { Routing } from "../../../server/routing/routing.js";
import { Interpreters } from "../../../server/workspace/interpreters/interpreters.js";
import { coded } from "../../support/coded.js";
import { canCompileApplication, compileApplication } from "../../support/fastcgi-programs.js";
import { bodyOf, headOf, request, startGateway, type TestGateway } from "../../support/gateway.js";
import { notingExits } from "../../support/noting-exits.js";
import { isAlive, openDescriptors } from "../../support/processes.js";
import { repositoryRoot } from "../../support/repository.js";
import { program, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const built = tempFolder();
afterAll(() => built[Symbol.dispose]());
const application = built.file("app.fcgi");
if (canCompileApplication) compileApplication(application);

/** A gateway with the program as /app.fcgi. */
async function serving(
  settings: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): Promise<TestGateway> {
  const gateway = await startGateway({ config: { scripts: { "app.fcgi": settings }, ...more } });
  execFileSync("cp", [application, gateway.folder.file("app.fcgi")]);
  return gateway;
}

/** An application that does this, in Python, for each request; `count`: how many there were. */
const serves = (work: string): string => `#!/usr/bin/env python3
import os, socket, struct
listening = socket.socket(fileno=0)
count = 0
while True:
    connection, _ = listening.accept()
    stream = connection.makefile("rb")
    while header := stream.read(8):
        _, type, _, length, padding, _ = struct.unpack(">BBHHBB", header)
        stream.read(length + padding)
        if type == 5 and length == 0:
            count += 1
${work.replace(/^/gm, "            ")}
`;

/** Answers OVERLOADED (§5.5), whatever it is asked. */
const overloaded = serves('connection.sendall(struct.pack(">BBHHBBIB3x", 1, 3, 1, 8, 0, 0, 0, 2))');

/** Writes to descriptor 2 between its body and the end of the request. */
const writesLate = serves(`body = b"Content-Type: text/plain\\r\\n\\r\\nrequest %d" % count
connection.sendall(struct.pack(">BBHHBB", 1, 6, 1, len(body), 0, 0) + body)
os.write(2, b"request %d" % count)
end = struct.pack(">BBHHBBIB3x", 1, 3, 1, 8, 0, 0, 0, 0)
connection.sendall(struct.pack(">BBHHBB", 1, 6, 1, 0, 0, 0) + end)`);

const pidIn = (response: string): number => Number(/pid (\d+)/.exec(response)?.[1] ?? Number.NaN);
const workers = (gateway: TestGateway) => gateway.workers.list().flatMap((one) => one.workers);
const pids = (gateway: TestGateway) => workers(gateway).flatMap(({ pid }) => pid ?? []);
const sockets = async () =>
  readdirSync(await runtimeFolder()).filter((name) => name.startsWith(`fcgi-${process.pid}-`));

describe.skipIf(!canCompileApplication)("an application on libfcgi (apt-get install libfcgi-dev)", () => {
  test("F25: gets its socket as descriptor 0, and trace and process know each other", async () => {
    await using gateway = await serving();
    const first = await gateway.get("/app.fcgi/below?raw");
    const second = await gateway.get("/app.fcgi");
    expect(headOf(first)).toContain("200 OK");
    expect(bodyOf(second)).toContain(`pid ${pidIn(first)} count 2`);
    const [one, two] = await gateway.ended(2);
    expect(one).toMatchObject({
      outcome: "ok",
      process: { pid: pidIn(first), exitCode: null, signal: null },
      fastcgi: { pid: pidIn(first), worker: "worker 1" },
    });
    expect(two?.fastcgi?.reused).toBe(true);
    expect(one?.stderr?.bytes).toBeGreaterThan(20); // written to descriptor 2 while it served the request
    expect(two?.stderr?.bytes).toBe(0);
  });

  test("takes 5 MB, chunks, HEAD, 50 KB of headers, and gives binary bytes back", async () => {
    await using gateway = await serving();
    const large = "0123456789abcdef".repeat(5 * 65_536);
    const echoed = await gateway.ask(
      request("POST", "/app.fcgi?echo", [`Content-Length: ${large.length}`, "Connection: close"], large),
    );
    expect(headOf(echoed)).toContain("200 OK");
    expect((await gateway.ended(1))[0]).toMatchObject({
      stdin: { bytes: large.length },
      stdout: { bytes: large.length + 42 },
    });
    const chunks = "5\r\nhello\r\n7\r\n, world\r\n0\r\n\r\n";
    expect(
      await gateway.ask(request("POST", "/app.fcgi?echo", ["Transfer-Encoding: chunked", "Connection: close"], chunks)),
    ).toContain("hello, world");
    const head = await gateway.ask(request("HEAD", "/app.fcgi", ["Connection: close"]));
    expect([headOf(head).slice(0, 15), bodyOf(head)]).toEqual(["HTTP/1.1 200 OK", ""]);
    expect(await gateway.get("/app.fcgi", `X-Large: ${"y".repeat(50_000)}`)).toContain("large 50000");
    const binary = bodyOf(await gateway.get("/app.fcgi?binary", "TE: x"));
    expect(binary).toContain(Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)).join(""));
    expect(bodyOf(await gateway.get("/app.fcgi?head=50000"))).toContain("after the head");
  });

  test("two workers, every answer from the one its trace names; a third request waits, and the trace shows how long", async () => {
    await using gateway = await serving();
    const three = await Promise.all(["a", "b", "c"].map((path) => gateway.get(`/app.fcgi/${path}?sleep=200`)));
    expect(new Set(three.map(pidIn)).size).toBe(2);
    const traces = await gateway.ended(3);
    for (const trace of traces) expect(trace.process?.pid).toBe(trace.fastcgi?.pid);
    for (const pid of three.map(pidIn)) expect(traces.some(({ process }) => process?.pid === pid)).toBe(true);
    const readyAt = traces.map(({ t0Ms, fastcgi }) => t0Ms + (fastcgi?.readyAt ?? 0));
    const firstByteAt = traces.map(({ t0Ms, timing }) => t0Ms + (timing.firstByteAt ?? 0));
    expect(Math.max(...readyAt)).toBeGreaterThan(Math.min(...firstByteAt));
    expect(workers(gateway).map(({ state, currentTrace }) => [state, currentTrace])).toEqual([
      ["idle", null],
      ["idle", null],
    ]);
  });

  test("200 at once on 2 workers: each answered; then no descriptor, no process and no socket is left", async () => {
    const before = { descriptors: openDescriptors(process.pid).length, sockets: (await sockets()).length };
    {
      await using gateway = await serving();
      const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => gateway.get(`/app.fcgi/${n}`)));
      expect(answers.filter((answer) => answer.startsWith("HTTP/1.1 200") && answer.includes("pid "))).toHaveLength(
        200,
      );
      const used = new Set(answers.map(pidIn));
      expect(used.size).toBe(2);
      expect(new Set(pids(gateway))).toEqual(used);
      expect((await sockets()).length).toBe(before.sockets + 2);
      await gateway.workers.close();
      for (const pid of used) expect(isAlive(pid)).toBe(false);
    }
    expect(await sockets()).toHaveLength(before.sockets);
    await waitFor("every descriptor closed", () => openDescriptors(process.pid).length <= before.descriptors);
  });

  test("F26: a worker killed while it is idle is replaced, and no request fails", async () => {
    await using gateway = await serving({ workers: 1 });
    const first = pidIn(await gateway.get("/app.fcgi"));
    process.kill(first, "SIGKILL");
    const second = await gateway.get("/app.fcgi");
    expect(headOf(second)).toContain("200 OK");
    expect(pidIn(second)).not.toBe(first);
    expect(workers(gateway)[0]?.lastExit).toMatchObject({ exitCode: null, signal: "SIGKILL" });
    expect(gateway.notes.map(({ code }) => code)).toEqual(["worker-ended-early"]);
  });

  test("F26: a worker killed in the middle of a response: the response is cut, the trace names the signal, the next request is served", async () => {
    await using gateway = await serving({ workers: 1 });
    const cut = await gateway.get("/app.fcgi?partly=9");
    expect(cut).toContain("the first part");
    expect(cut.endsWith("0\r\n\r\n")).toBe(false);
    const [trace] = await gateway.ended(1);
    expect(trace).toMatchObject({ process: { signal: "SIGKILL" } });
    expect(trace?.outcome).not.toBe("ok");
    expect(trace?.cause).toEqual(coded("died-in-request", { worker: "1", signal: "SIGKILL" }));
    expect(headOf(await gateway.get("/app.fcgi"))).toContain("200 OK");
  });

  test("F26: one that dies of a request before it answers: 502 with how it ended and what it said", async () => {
    await using gateway = await serving({ workers: 1 });
    const answer = await gateway.get("/app.fcgi?kill=11");
    expect(headOf(answer)).toContain("502");
    expect((await gateway.trace()).cause).toEqual(coded("died-in-request", { signal: "SIGSEGV" }));
    expect(headOf(await gateway.get("/app.fcgi"))).toContain("200 OK");
  });

  test("F26: exit code 0 is no crash: the next process comes at once", async () => {
    await using gateway = await serving({ workers: 1 });
    await gateway.get("/app.fcgi");
    // Libfcgi ends the request, empty as it is.
    expect(headOf(await gateway.get("/app.fcgi?exit=0"))).toMatch(/ 50[02] /);
    expect(headOf(await gateway.get("/app.fcgi"))).toContain("200 OK");
    expect(gateway.notes).toEqual([]);
  });

  test("a process is replaced after as many requests as configured, on a socket of its own", async () => {
    await using gateway = await serving({ workers: 1, requests: 3 });
    const answers: string[] = [];
    for (let n = 0; n < 7; n++) answers.push(await gateway.get("/app.fcgi"));
    expect(answers.map((answer) => /count (\d)/.exec(answer)?.[1])).toEqual(["1", "2", "3", "1", "2", "3", "1"]);
    expect(new Set(answers.map(pidIn)).size).toBe(3);
    expect(gateway.notes).toEqual([]);
  });

  test("a changed program is what the next request gets", async () => {
    await using gateway = await serving({ workers: 1 });
    const first = pidIn(await gateway.get("/app.fcgi"));
    rmSync(gateway.folder.file("app.fcgi"));
    gateway.script("app.fcgi", "echo not a FastCGI program >&2; exit 3");
    const answer = await gateway.get("/app.fcgi");
    expect(headOf(answer)).toContain("502");
    expect((await gateway.ended(2))[1]?.cause).toEqual(
      coded("ended-at-start", { exitCode: 3, said: "not a FastCGI program" }),
    );
    await waitFor("the old process is gone", () => !isAlive(first));
  });

  test("more workers than before: requests that wait get them at once, and each is started once", async () => {
    let starts = 0;
    await using gateway = await startGateway({
      config: { scripts: { "app.fcgi": { workers: 1 } } },
      wrapStarter: (starter) => ({
        kind: starter.kind,
        start: (options, events) => {
          starts++;
          return starter.start(options, events);
        },
        dispose: () => starter.dispose(),
      }),
    });
    execFileSync("cp", [application, gateway.folder.file("app.fcgi")]);
    process.kill(pidIn(await gateway.get("/app.fcgi")), "SIGKILL");
    await waitFor("it pauses before its next start", () => workers(gateway)[0]?.state === "backing-off");
    const waiting = ["/app.fcgi?sleep=300", "/app.fcgi?sleep=300"].map((target) => gateway.get(target));
    const taken = () => workers(gateway).filter(({ currentTrace }) => currentTrace !== null).length;
    await waitFor("both are there", () => taken() + (gateway.workers.list()[0]?.queued ?? 0) === 2);
    const interpreters = new Interpreters({ environment: {}, cwd: gateway.folder.path, onChange: () => {} });
    const raised = config.parse({ scripts: { "app.fcgi": { workers: 3 } } });
    const routing = new Routing({ root: gateway.folder.path, config: raised, interpreters });
    gateway.workers.refresh((path) => routing.resolve({ path, query: byteString("") }));
    for (const answer of await Promise.all(waiting)) expect(headOf(answer)).toContain("200 OK");
    expect(starts).toBe(3);
    await interpreters.dispose();
  });

  test("F26: all workers hung: those that hang get 504, those that wait are served by new processes", async () => {
    await using gateway = await serving({}, { limits: { silenceMs: 1500 } });
    const hung = [gateway.get("/app.fcgi?hang"), gateway.get("/app.fcgi?hang")];
    await waitFor("both hang", () => workers(gateway).filter(({ state }) => state === "busy").length === 2);
    const before = pids(gateway);
    const waiting = Array.from({ length: 6 }, () => gateway.get("/app.fcgi"));
    for (const answer of await Promise.all(hung)) expect(headOf(answer)).toContain("504");
    for (const answer of await Promise.all(waiting)) expect(headOf(answer)).toContain("200 OK");
    await waitFor("those that hung are gone", () => before.every((pid) => !isAlive(pid)));
    // They had taken what they hung with.
    for (const { fastcgi } of await gateway.ended(8)) expect(fastcgi?.notes).toEqual([]);
  });

  test("a client that leaves frees its worker for the next", async () => {
    await using gateway = await serving({ workers: 1 });
    await gateway.get("/app.fcgi");
    const client = await gateway.connect();
    client.send(request("GET", "/app.fcgi?hang"));
    await waitFor("it is being served", () => workers(gateway)[0]?.state === "busy");
    client.socket.destroy();
    expect(headOf(await gateway.get("/app.fcgi"))).toContain("200 OK");
    expect((await gateway.ended(3))[1]).toMatchObject({ outcome: "client-gone" });
  });

  test("a client that leaves while its process is being started leaves it to the next", async () => {
    let leave = (): void => {};
    const left = new Promise<void>((resolve) => {
      leave = resolve;
    });
    await using gateway = await startGateway({
      config: { scripts: { "app.fcgi": { workers: 1 } } },
      wrapStarter: (starter) => ({
        kind: starter.kind,
        start: async (options, events) => left.then(() => starter.start(options, events)),
        dispose: () => starter.dispose(),
      }),
    });
    execFileSync("cp", [application, gateway.folder.file("app.fcgi")]);
    const client = await gateway.connect();
    client.send(request("GET", "/app.fcgi"));
    await waitFor("its process is being started", () => workers(gateway)[0]?.state === "starting");
    client.socket.destroy();
    expect((await gateway.ended(1))[0]).toMatchObject({ outcome: "client-gone", fastcgi: { records: [] } });
    leave();
    expect(await gateway.get("/app.fcgi")).toContain("count 1");
  });

  test("a client that leaves while the next process for its request is being started: the one after it is served", async () => {
    let [goOn, starts] = [() => {}, 0];
    const second = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await using gateway = await startGateway({
      config: { scripts: { "app.fcgi": { workers: 1 } } },
      wrapStarter: (starter) => ({
        kind: starter.kind,
        start: async (options, events) =>
          (++starts === 2 ? second : Promise.resolve()).then(() => starter.start(options, events)),
        dispose: () => starter.dispose(),
      }),
    });
    execFileSync("cp", [application, gateway.folder.file("app.fcgi")]);
    const pid = pidIn(await gateway.get("/app.fcgi"));
    process.kill(pid, "SIGSTOP");
    const client = await gateway.connect();
    client.send(request("GET", "/app.fcgi"));
    await waitFor("it was given to the process", () => workers(gateway)[0]?.state === "busy");
    process.kill(pid, "SIGKILL"); // the request is sent again, and waits in the socket's backlog
    await waitFor("the next process is being started", () => starts === 2);
    client.socket.destroy();
    await gateway.ended(2);
    const answer = gateway.get("/app.fcgi");
    await waitFor("the worker has the next request", () => workers(gateway)[0]?.currentTrace !== null);
    goOn();
    expect(headOf(await answer)).toContain("200 OK");
  });

  test("a removed socket file is made again", async () => {
    await using gateway = await serving({ workers: 1 });
    await gateway.get("/app.fcgi");
    const folder = await runtimeFolder();
    for (const name of await sockets()) rmSync(join(folder, name));
    process.kill(pids(gateway)[0] ?? 0, "SIGKILL"); // so that a new connection is needed
    expect(headOf(await gateway.get("/app.fcgi"))).toContain("200 OK");
  });

  test.skipIf(program("python3") === null)(
    "an application that refuses every request: each is told so, those that waited too (needs python3)",
    async () => {
      await using gateway = await startGateway({ config: { scripts: { "full.fcgi": { workers: 1 } } } });
      gateway.folder.write("full.fcgi", overloaded);
      gateway.folder.makeExecutable("full.fcgi");
      const answers = await Promise.all([1, 2, 3].map(() => gateway.get("/full.fcgi")));
      for (const answer of answers) expect(headOf(answer)).toContain("503");
      for (const { cause } of await gateway.ended(3)) expect(cause).toEqual(coded("overloaded"));
    },
  );

  test.skipIf(program("python3") === null)(
    "F25: what a process writes to descriptor 2 is never in the next request's trace, while others wait (needs python3)",
    async () => {
      await using gateway = await startGateway({ config: { scripts: { "late.fcgi": { workers: 1 } } } });
      gateway.folder.write("late.fcgi", writesLate);
      gateway.folder.makeExecutable("late.fcgi");
      await Promise.all(Array.from({ length: 60 }, () => gateway.get("/late.fcgi")));
      const wrong = (await gateway.ended(60))
        .map(({ stdout, stderr }) =>
          [stdout, stderr].map((stream) => Buffer.from(stream?.read(0, 99) ?? []).toString()),
        )
        .filter(([answer = "", words = ""]) => !answer.endsWith(`\n${words}`) || words === "");
      expect(wrong).toEqual([]);
    },
  );

  test("F26: one killed at its first start is started again, and its request is served", async () => {
    await using gateway = await serving();
    gateway.script("once.fcgi", "[ -e killed ] || { : >killed; kill -KILL $$; }; exec ./app.fcgi");
    expect(headOf(await gateway.get("/once.fcgi"))).toContain("200 OK");
    expect(gateway.folder.read("killed")).toBe("");
  });

  test.skipIf(program("python3") === null)(
    "F12: a connection that is closed after each answer: no post is sent on one that may be, and each runs once (needs python3)",
    async () => {
      await using gateway = await startGateway({ config: { scripts: { "closes.fcgi": { workers: 1 } } } });
      const source = readFileSync(join(repositoryRoot, "server/samples/files/cgi-bin/counter.fcgi"), "utf8");
      gateway.script(
        "closes.fcgi",
        source.replace(
          "            if not keep:\n",
          "            __import__('time').sleep(0.2)\n            if keep:\n",
        ),
      );
      const post = (body: string) =>
        gateway.ask(request("POST", "/closes.fcgi", ["Connection: close", `Content-Length: ${body.length}`], body));
      const long = "x".repeat(100_000);
      const answers = [await post("one"), await post("two"), await post(long), await post("four")];
      expect(answers.map((answer) => /<b>\d+<\/b>.*sent \w{1,4}/.exec(answer)?.[0].replace(/<.b>.* /, " "))).toEqual([
        "<b>1 one",
        "<b>2 two",
        "<b>3 xxxx",
        "<b>4 four",
      ]);
      const traces = await gateway.ended(4);
      expect(traces.map(({ outcome, stdin, fastcgi }) => [outcome, stdin?.bytes, fastcgi?.reused])).toEqual([
        ["ok", 3, false],
        ["ok", 3, false],
        ["ok", long.length, false],
        ["ok", 4, false],
      ]);
      expect(traces.map(({ fastcgi }) => fastcgi?.attempts)).toEqual([1, 1, 1, 1]);
      expect(pids(gateway)).toHaveLength(1);
    },
  );

  test("F26: 200 at once on 2 workers that are killed again and again: what they had begun with is told, nothing else is lost", async () => {
    await using gateway = await serving();
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) => gateway.get(n % 50 === 25 ? "/app.fcgi?kill=9" : `/app.fcgi/${n}`)),
    );
    const statuses = answers.map((answer) => Number(answer.slice(9, 12)));
    expect(statuses).toEqual(Array.from({ length: 200 }, (_, n) => (n % 50 === 25 ? 502 : 200)));
    for (const { outcome, cause } of await gateway.ended(200))
      if (outcome !== "ok") expect(cause).toEqual(coded("died-in-request", { signal: "SIGKILL" }));
    expect(new Set(answers.filter((answer) => answer.startsWith("HTTP/1.1 200")).map(pidIn)).size).toBeGreaterThan(2);
  });

  test("F26: who is to end gets TERM, and KILL when it does not heed it", async () => {
    const endedBy: (string | null)[] = [];
    await using gateway = await startGateway({
      config: { scripts: { "app.fcgi": { workers: 1 } } },
      wrapStarter: (starter) => notingExits(starter, ({ signal }) => endedBy.push(signal)),
    });
    execFileSync("cp", [application, gateway.folder.file("app.fcgi")]);
    await gateway.get("/app.fcgi");
    gateway.workers.restart("app.fcgi", "fastcgi");
    await waitFor("one that heeds TERM is gone", () => endedBy.length === 1);
    await gateway.get("/app.fcgi"); // libfcgi takes TERM as a wish for the time after the request, once it has begun
    const hung = gateway.get("/app.fcgi?hang");
    await waitFor("it hangs", () => existsSync(gateway.folder.file("hangs")) && pids(gateway).length === 1);
    const stubborn = pids(gateway)[0] ?? 0;
    await gateway.workers.close();
    expect([isAlive(stubborn), endedBy.map((signal) => signal === "SIGKILL")]).toEqual([false, [false, true]]);
    expect(headOf(await hung)).toContain("502");
    // Asked to end: no crash, only an unanswered request.
    expect(gateway.notes.filter(({ traceId }) => traceId == null)).toEqual([]);
  });

  test("F26: one killed at every start is given up after three times, and says so at once while it pauses", async () => {
    await using gateway = await startGateway();
    gateway.script("dies.fcgi", "echo about to die >&2; kill -KILL $$");
    const answer = await gateway.get("/dies.fcgi");
    expect(headOf(answer)).toContain("502");
    await gateway.get("/dies.fcgi");
    const traces = await gateway.ended(2);
    expect(traces.map(({ outcome }) => outcome)).toEqual(["crashed", "crashed"]);
    const failure = coded("ended-at-start", { signal: "SIGKILL", said: "about to die" });
    expect(traces.map(({ cause }) => cause)).toEqual([failure, coded("restart-pending", { failure })]);
    expect(workers(gateway)[0]).toMatchObject({ state: "backing-off", pid: null });
  });

  test("a CGI program in the mode is recognised by what it does", async () => {
    await using gateway = await startGateway({ config: { scripts: { "plain.sh": { mode: "fastcgi" } } } });
    gateway.script("plain.sh", "echo Content-Type: text/plain; echo; echo hello");
    expect(headOf(await gateway.get("/plain.sh"))).toContain("502");
    expect((await gateway.trace()).cause).toEqual(coded("cgi-program", { header: "Content-Type: text/plain" }));
  });

  test("a program that cannot be started says why", async () => {
    await using gateway = await startGateway();
    gateway.file("locked.fcgi", "#!/bin/sh\n");
    const answer = await gateway.get("/locked.fcgi");
    expect(headOf(answer)).toContain("500");
    expect((await gateway.trace()).process).toMatchObject({ pid: null, errno: "EACCES" });
  });
});
