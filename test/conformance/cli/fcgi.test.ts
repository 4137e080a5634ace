// `cgi-workbench fcgi`: one request straight to a socket; and `request` for a route to an external application.
import { once } from "node:events";
import { expect, test } from "vitest";
import { conversation, type TraceJson, trace as traceSchema } from "../../../server/contract/trace.js";
import { encodeRecord } from "../../../server/protocol/fastcgi/encode-record.js";
import { recordType } from "../../../server/protocol/fastcgi/record-types.js";
import { commandLine, startCommand } from "../../support/command-line.js";
import { TestApplication, text } from "../../support/fastcgi-application.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const echo = () =>
  TestApplication.listen(
    async (r) => {
      const body = text(await r.body);
      const { REQUEST_METHOD, SCRIPT_NAME, QUERY_STRING, CONTENT_TYPE, EXTRA } = Object.fromEntries(r.params);
      r.stderr("a \x1b]0;word\x07\n").answer(
        `Content-Type: text/plain\r\n\r\n${REQUEST_METHOD} ${SCRIPT_NAME} ${QUERY_STRING} ${CONTENT_TYPE} ${EXTRA} ${body}`,
      );
    },
    { over: "unix" },
  );

test("fcgi prints what the application wrote, and its stderr beside", async () => {
  await using application = await echo();
  const { stdout, stderr, exitCode } = await commandLine([
    "fcgi",
    application.address,
    "/x/y?q=1",
    "-d",
    "a=b",
    "--param",
    "EXTRA=more",
  ]);
  expect(stdout.toString()).toBe(
    "Content-Type: text/plain\r\n\r\nPOST /x/y q=1 application/x-www-form-urlencoded more a=b",
  );
  expect(stderr, "nothing that controls a terminal").toBe("a \\x1b]0;word\\x07\n");
  expect(exitCode).toBe(0);
});

test("fcgi --records prints a line for each record", async () => {
  await using application = await echo();
  const { stdout } = await commandLine(["fcgi", application.address, "/x", "--data-binary", "@-"], {
    input: Buffer.from("four"),
  });
  expect(stdout.toString()).toMatch(/four$/);
  const records = await commandLine([
    "fcgi",
    application.address,
    "/x",
    "-X",
    "PUT",
    "--data-binary",
    "four",
    "--records",
  ]);
  const lines = records.stdout.toString().trim().split("\n");
  const types = ["BEGIN_REQUEST", "PARAMS", "PARAMS", "STDIN", "STDIN", "STDERR", "STDOUT", "STDOUT", "END_REQUEST"];
  expect(lines.map((line) => /(?:sent|received) +(\w+)/.exec(line)?.[1])).toEqual(types);
  expect(lines[0]).toMatch(/^ *\d+\.\d{3} ms {2}sent {6}BEGIN_REQUEST {5}id 1 {2}8 bytes at 0$/);
  expect(lines[3]).toMatch(/sent {6}STDIN {13}id 1 {2}4 \+ 4 bytes at \d+$/);
  expect(lines.at(-1)).toMatch(/received {2}END_REQUEST {7}id 1 {2}8 bytes at \d+$/);
});

test.each(["", "0", "2", "100", "four"])(
  "F13: fcgi sends the body it was given, though CONTENT_LENGTH is said to be “%s”",
  async (length) => {
    await using application = await echo();
    const { stdout } = await commandLine([
      "fcgi",
      application.address,
      "/x",
      "-d",
      "four",
      "--param",
      `CONTENT_LENGTH=${length}`,
    ]);
    expect(stdout.toString()).toMatch(/four$/);
    expect(application.requests[0]?.params.get("CONTENT_LENGTH")).toBe(length);
  },
);

test("fcgi --json prints the parts of a trace, with every byte", async () => {
  await using application = await echo();
  const { stdout, exitCode } = await commandLine(["fcgi", application.address, "/x", "-H", "X-A: 1", "--json"]);
  const json = conversation.strict().parse(JSON.parse(stdout.toString()));
  expect(json).toMatchObject({
    schema: 1,
    outcome: "ok",
    env: expect.arrayContaining([expect.objectContaining({ name: "HTTP_X_A", value: "1", source: "header:X-A" })]),
    script: { kind: "document", status: 200 },
    fastcgi: {
      worker: application.address,
      appStatus: 0,
      records: expect.arrayContaining([expect.objectContaining({ direction: "received", type: 3 })]),
    },
  });
  expect(exitCode).toBe(0);
});

test("fcgi names the script's file as a server does: decoded, and without dot segments", async () => {
  await using application = await echo();
  await commandLine(["fcgi", application.address, "/x/../a%20b?c%20d"]);
  expect(application.requests[0]?.params.get("SCRIPT_FILENAME")).toBe(`${process.cwd()}/a b`);
});

test("fcgi says why it was not served: exit 1; wrong use: exit 2", async () => {
  const nobody = await commandLine(["fcgi", "unix:/nowhere/app.sock", "/"]);
  expect(nobody).toMatchObject({ exitCode: 1, stdout: Buffer.alloc(0) });
  expect(nobody.stderr).toContain("There is no socket file /nowhere/app.sock.");
  for (const args of [
    ["fcgi"],
    ["fcgi", "127.0.0.1:9000", "/"],
    ["fcgi", "tcp:localhost:9000", "x"],
    ["fcgi", "unix:x", "/", "--param", "x"],
    ["fcgi", "unix:x", "/", "--role", "filter"],
    ["fcgi", "unix:x", "/", "--json", "--records"],
  ])
    expect((await commandLine(args)).exitCode).toBe(2);
});

test("request reaches a route's application, its mode said or not; without an address the mode is refused with what it needs", async () => {
  await using application = await echo();
  using site = tempFolder();
  site.write(
    "cgi-workbench.json",
    JSON.stringify({ routes: [{ path: "/app/", address: application.address, connections: 1 }] }),
  );
  site.write("x.cgi", "#!/bin/sh\n");
  site.makeExecutable("x.cgi");
  for (const mode of [[], ["--mode", "fastcgi-external"]]) {
    const { stdout } = await commandLine(["request", site.path, "/app/p?q", ...mode, "--json"]);
    const json: unknown = JSON.parse(stdout.toString());
    const trace: TraceJson = traceSchema.strict().parse(json);
    expect(trace).toMatchObject({ outcome: "ok", route: { mode: "fastcgi-external" }, process: null });
    expect(trace.fastcgi).toMatchObject({ reused: false, notes: [], role: "responder" });
    const received = Buffer.from(trace.fastcgi?.received.base64 ?? "", "base64");
    expect(received.length).toBe(trace.fastcgi?.received.bytes);
    expect(received[0]).toBe(1);
  }
  const elsewhere = await commandLine(["request", site.path, "/app/", "--mode", "cgi"]);
  expect([elsewhere.exitCode, elsewhere.stdout.toString()]).toEqual([
    1,
    expect.stringContaining("reach it only in the mode &quot;fastcgi-external&quot;"),
  ]);
  const refused = await commandLine(["request", site.path, "/x.cgi", "--mode", "fastcgi-external"]);
  expect(refused.exitCode).toBe(1);
  expect(refused.stdout.toString()).toContain("needs a route with an address");
});

test("fcgi stops waiting for an application that is silent, and says so; what it answers to ABORT_REQUEST does not count as an answer", async () => {
  await using application = await TestApplication.listen((r) => r.aborted.then(() => void r.end()), { over: "unix" });
  const { exitCode, stderr } = await commandLine(["fcgi", application.address, "/", "--timeout", "0.2"]);
  expect([exitCode, stderr]).toEqual([
    1,
    expect.stringMatching(/^cgi-workbench: .* wrote nothing for 0\.2 s, .*ABORT_REQUEST.* Check its log/),
  ]);
  const { stdout } = await commandLine(["fcgi", application.address, "/", "--timeout", "0.2", "--json"]);
  expect(JSON.parse(stdout.toString())).toMatchObject({ outcome: "timeout", script: null });
});

test("an endless answer is held back while nobody reads it, and aborted without a word once its reader has gone", async () => {
  let sent = 0;
  await using application = await TestApplication.listen(
    async (r) => {
      const { socket } = r.connection;
      let isAborted = false;
      const aborted = r.aborted.then(() => {
        isAborted = true;
      });
      const over = Promise.race([aborted, once(socket, "close")]);
      r.stdout("Content-Type: text/plain; charset=utf-8\r\n\r\n");
      for (sent = 0; !isAborted && !socket.destroyed; sent += 60_000)
        if (!socket.write(encodeRecord(recordType.stdout, r.id, new Uint8Array(60_000))))
          await Promise.race([new Promise((resolve) => socket.once("drain", resolve)), over]);
      r.end();
    },
    { over: "unix" },
  );
  using site = tempFolder();
  site.write("cgi-workbench.json", JSON.stringify({ routes: [{ path: "/app/", address: application.address }] }));
  for (const args of [
    ["fcgi", application.address, "/"],
    ["request", site.path, "/app/"],
  ]) {
    sent = 0;
    const child = startCommand(args);
    let words = "";
    child.stderr?.on("data", (bytes) => {
      words += bytes;
    });
    child.stdout?.pause();
    let [before, quietFor] = [0, 0];
    await waitFor("the application is held back", () => {
      quietFor = sent > 0 && sent === before ? quietFor + 1 : 0;
      before = sent;
      return quietFor > 20;
    });
    expect(sent).toBeLessThan(20 << 20);
    child.stdout?.destroy();
    await once(child, "close");
    expect(words).not.toMatch(/EPIPE|^\s+at /m);
  }
});
