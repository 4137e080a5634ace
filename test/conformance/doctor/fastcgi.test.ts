// The doctor on FastCGI applications that are not there, are something else, die or refuse: a finding for each cause.
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import "../../support/built-agents.js";
import { coded } from "../../support/coded.js";
import { TestApplication } from "../../support/fastcgi-application.js";
import { gatewayTo, hello, plain, served } from "../../support/fastcgi-gateway.js";
import { portForProgram } from "../../support/free-port.js";
import { request, startGateway } from "../../support/gateway.js";
import { repositoryRoot } from "../../support/repository.js";
import { program, tempFolder } from "../../support/temp-workspace.js";

async function firstAt(address: string) {
  await using gateway = await gatewayTo(address);
  await gateway.ask(plain("GET", "/app/"));
  const { findings } = await gateway.trace();
  expect(findings).toHaveLength(1);
  return { rule: findings[0]?.rule, evidence: findings[0]?.evidence };
}

test("no application listens on the port, or on the socket file", async () => {
  const port = await portForProgram();
  expect(await firstAt(`tcp:127.0.0.1:${port}`)).toEqual({
    rule: "fastcgi-not-there",
    evidence: [{ kind: "errno", errno: "ECONNREFUSED" }],
  });
  using folder = tempFolder();
  expect(await firstAt(`unix:${join(folder.path, "none.sock")}`)).toEqual({
    rule: "fastcgi-not-there",
    evidence: [{ kind: "errno", errno: "ENOENT" }],
  });
});

test.skipIf(process.getuid?.() === 0)("the socket may not be opened (as root nothing is forbidden)", async () => {
  await using application = await TestApplication.listen((r) => void r.answer(hello), { over: "unix" });
  chmodSync(application.path, 0);
  expect(await firstAt(application.address)).toEqual({
    rule: "fastcgi-socket-permission",
    evidence: [{ kind: "errno", errno: "EACCES" }],
  });
});

test("an HTTP server answers", async () => {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const { rule, evidence } = await firstAt(`tcp:127.0.0.1:${typeof address === "object" ? address?.port : 0}`);
  server.close();
  expect(rule).toBe("fastcgi-wrong-protocol");
  expect(evidence?.at(-1)).toEqual({
    kind: "quote",
    of: "received from the application",
    text: expect.stringContaining("48 54 54 50 2f 31 2e 31 at 0x0"),
  });
});

test.each([
  ["fastcgi-died", (r: Parameters<Parameters<typeof served>[0]>[0]) => void r.close()],
  ["fastcgi-overloaded", (r: Parameters<Parameters<typeof served>[0]>[0]) => void r.end(0, 2)],
  ["fastcgi-refused", (r: Parameters<Parameters<typeof served>[0]>[0]) => void r.end(0, 3)],
])("%s", async (rule, serve) => {
  await using t = await served(serve);
  await t.gateway.ask(plain("GET", "/app/"));
  expect((await t.gateway.trace()).findings.map((finding) => finding.rule)).toEqual([rule]);
});

test("an application that is silent: one elsewhere is not ended, the process of one that is kept is replaced", async () => {
  await using t = await served(() => {}, { config: { limits: { silenceMs: 200 } } });
  await t.gateway.ask(plain("GET", "/app/"));
  const [elsewhere] = (await t.gateway.trace()).findings;
  expect(elsewhere).toMatchObject({ rule: "timeout", severity: "error" });
  await using gateway = await startGateway({ config: { limits: { silenceMs: 200 } } });
  gateway.script("hangs.fcgi", "exec sleep 1000");
  expect(await gateway.get("/hangs.fcgi")).toMatch(/^HTTP\/1.1 504/);
  const deaf = await gateway.trace();
  expect(deaf.findings).toMatchObject([{ rule: "timeout", severity: "error" }]);
  expect(deaf.findings[0]?.title).not.toBe(elsewhere?.title);
  if (process.platform !== "linux") return; // elsewhere nobody tells
  expect(deaf.fastcgi?.notes).toEqual([coded("connection-not-accepted")]);
});

const stalled = ["Content-Type: text/plain", "Content-Length: 10", "Connection: close"];

test("a client that stalls in its request body, not the application elsewhere that waits for it", async () => {
  await using t = await served(() => {}, { config: { limits: { silenceMs: 200 } } });
  expect(await t.gateway.ask(request("POST", "/app/", stalled, "abc"))).toMatch(/^HTTP\/1.1 408/);
  expect(await t.gateway.trace()).toMatchObject({
    ...{ outcome: "timeout", cause: coded("silent-upload", { limitMs: 200 }), process: null },
    findings: [{ rule: "body-incomplete", severity: "error" }],
  });
});

test.skipIf(program("python3") === null)("nor a worker process (needs python3)", async () => {
  await using gateway = await startGateway({
    config: { limits: { silenceMs: 1500 }, scripts: { "x.py": { mode: "prefork" } } },
  });
  gateway.script(
    "x.py",
    "#!/usr/bin/env python3\nimport sys\nsys.stdin.read()\nprint('Content-Type: text/plain\\n')\n",
  );
  expect(await gateway.ask(request("POST", "/x.py", stalled, "abc"))).toMatch(/^HTTP\/1.1 408/);
  expect(await gateway.trace()).toMatchObject({
    cause: coded("silent-upload", { limitMs: 1500 }),
    findings: [{ rule: "body-incomplete" }],
  });
});

test("php-fpm's words for a script it does not see", async () => {
  await using t = await served((r) => {
    r.stderr("Primary script unknown").answer(
      "Status: 404 Not Found\r\nContent-Type: text/html; charset=utf-8\r\n\r\nFile not found.\n",
    );
  });
  await t.gateway.ask(plain("GET", "/app/"));
  expect((await t.gateway.trace()).findings[0]?.rule).toBe("php-no-input-file");
});

test.skipIf(program("php-cgi") === null)(
  "php-cgi's words for a script it does not see, with what it was told; and none for one it sees (needs php-cgi)",
  async () => {
    await using gateway = await startGateway({
      config: {
        handlers: { ".php": { workers: 1 } },
        routes: [{ path: "/lost/", dir: "shop", variables: { SCRIPT_FILENAME: "/nowhere/page.php" } }],
      },
    });
    gateway.file("shop/page.php", "<?php header('Content-Type: text/plain; charset=utf-8'); echo 'seen';");
    expect(await gateway.get("/lost/page.php")).toContain("No input file specified.");
    expect(await gateway.get("/shop/page.php")).toContain("seen");
    const [lost, seen] = await gateway.ended(2);
    expect(lost).toMatchObject({ route: { mode: "php-cgi" }, fastcgi: { worker: "worker 1" } });
    expect(lost?.findings).toMatchObject([
      {
        rule: "php-no-input-file",
        stream: "stdout",
        evidence: [{ kind: "variable", name: "SCRIPT_FILENAME", value: "/nowhere/page.php" }],
      },
    ]);
    expect(seen?.findings).toEqual([]);
  },
);

test.skipIf(program("cc") === null || !existsSync("/usr/include/fcgiapp.h"))(
  "a compiled application that says nothing when it is run as CGI is known by its library (needs gcc and libfcgi-dev)",
  async () => {
    await using gateway = await startGateway();
    gateway.file(
      "app.c",
      '#include <fcgiapp.h>\nint main(void) { FCGX_Request r; FCGX_Init(); FCGX_InitRequest(&r, 0, 0); while (FCGX_Accept_r(&r) == 0) FCGX_FPrintF(r.out, "Content-Type: text/plain; charset=utf-8\\r\\n\\r\\nhello"); return 0; }',
    );
    execFileSync("cc", ["-o", gateway.folder.file("app.cgi"), gateway.folder.file("app.c"), "-lfcgi"]);
    execFileSync("cp", [gateway.folder.file("app.cgi"), gateway.folder.file("app.fcgi")]);
    await gateway.get("/app.cgi");
    expect(await gateway.get("/app.fcgi")).toContain("hello");
    const [asCgi, asFastcgi] = await gateway.ended(2);
    expect(asCgi?.findings).toMatchObject([
      {
        rule: "fastcgi-run-as-cgi",
        fixes: ["run-as-fastcgi"],
        evidence: [{ kind: "quote", text: expect.stringMatching(/libfcgi|FCGX/) }],
      },
      { rule: "no-output" },
    ]);
    expect(asFastcgi?.findings).toEqual([]);
  },
);

test("a CGI script run as FastCGI is known by what it writes, or by the input it looks for, whatever its exit code", async () => {
  const mode = "fastcgi";
  await using gateway = await startGateway({
    config: { scripts: { "writes.sh": { mode }, "reads.sh": { mode }, "fails.sh": { mode } } },
  });
  gateway.script("writes.sh", "echo working >&2; echo Content-Type: text/plain; echo; echo hello; exit 7");
  gateway.script("reads.sh", "cat >/dev/null; exit 1");
  gateway.script("fails.sh", "echo no database >&2; exit 1");
  for (const name of ["writes", "reads", "fails"]) expect(await gateway.get(`/${name}.sh`)).toMatch(/^HTTP\/1.1 502/);
  expect((await gateway.ended(3)).map(({ findings }) => findings[0]?.rule)).toEqual([
    "cgi-run-as-fastcgi",
    "cgi-run-as-fastcgi",
    "failed-before-output",
  ]);
});

test("F18: an application that says nothing, and one that ends its request with a status of its own", async () => {
  await using t = await served((r) =>
    r.params.get("PATH_INFO") === "/nothing"
      ? void r.stdout("").end(3)
      : void r.stdout("Content-Type: text/plain; charset=utf-8\r\n\r\nhello").stdout("").end(4),
  );
  for (const path of ["nothing", "answers"]) await t.gateway.ask(plain("GET", `/app/${path}`));
  const [nothing, answers] = await t.gateway.ended(2);
  expect(nothing).toMatchObject({
    cause: coded("failed-without-output", { responder: "application", appStatus: 3 }),
    findings: [{ rule: "no-output" }],
  });
  expect(answers).toMatchObject({ outcome: "crashed", response: { status: 200 } });
  expect(answers?.findings).toMatchObject([
    { rule: "ended-badly", evidence: [{ kind: "quote", of: "END_REQUEST", text: "application status 4" }] },
  ]);
});

test.skipIf(program("python3") === null)("F18: the same of a process that is kept (needs python3)", async () => {
  await using gateway = await startGateway();
  const source = readFileSync(join(repositoryRoot, "test/fixtures/fastcgi/app.py"), "utf8");
  gateway.file("status.fcgi", source.replace("record(3, bytes(8))", "record(3, bytes([0, 0, 0, 5, 0, 0, 0, 0]))"));
  gateway.folder.makeExecutable("status.fcgi");
  expect(await gateway.get("/status.fcgi")).toMatch(/^HTTP\/1.1 200/);
  expect(await gateway.trace()).toMatchObject({
    outcome: "crashed",
    process: { exitCode: null },
    fastcgi: { appStatus: 5 },
    findings: [{ rule: "ended-badly" }],
  });
});

test("a healthy application is left in peace", async () => {
  await using t = await served((r) => void r.answer("Content-Type: text/plain; charset=utf-8\r\n\r\nhello"));
  await t.gateway.ask(plain("GET", "/app/"));
  expect((await t.gateway.trace()).findings).toEqual([]);
});

test("too many requests at once, and a password file that is not there", async () => {
  await using gateway = await startGateway({
    config: {
      limits: { concurrency: 1, queue: 0, silenceMs: 1500 },
      routes: [{ path: "/private/", auth: { realm: "r", htpasswd: "nowhere" } }],
    },
  });
  gateway.script("x.sh", "exec sleep 1000");
  gateway.script("private/x.sh", "true");
  const first = gateway.get("/x.sh");
  await gateway.ask(request("GET", "/x.sh", ["Connection: close"])).then(() => gateway.get("/private/x.sh"));
  await first;
  const rules = (await gateway.ended(3)).map(({ outcome, findings }) => `${outcome}: ${findings[0]?.rule}`);
  expect(rules.sort()).toEqual(["queue-full: queue-full", "timeout: timeout", "upstream-error: sign-in-impossible"]);
});

test("an application in Node that cannot start: the cause is named, in the page and by the doctor, not the end of the stack", async () => {
  await using gateway = await startGateway();
  gateway.script("app.fcgi", "#!/usr/bin/env node\nrequire('no-such-module');\n");
  await gateway.get("/app.fcgi");
  const [trace] = await gateway.ended(1);
  expect(trace?.response?.status).toBe(502);
  expect(trace?.cause?.text).toContain("Cannot find module 'no-such-module'");
  expect(trace?.cause?.text).not.toContain("Module._load");
  expect(trace?.findings[0]?.rule).toBe("javascript-error");
});
