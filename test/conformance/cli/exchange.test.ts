// Stored traces that are handed on: as a capsule that a plain shell runs, as HAR, as commands
// and pages; taken in again; and replayed.
import { execFile } from "node:child_process";
import { readFileSync, realpathSync, statSync } from "node:fs";
import { connect } from "node:net";
import { text as textOf } from "node:stream/consumers";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { replayReport, storedTraces } from "../../../server/contract/command-output.js";
import { type TraceJson, trace as traceSchema } from "../../../server/contract/trace.js";
import { numberOf } from "../../../server/protocol/trace-id.js";
import { storePath } from "../../../server/store/store-path.js";
import { commandLine, serve } from "../../support/command-line.js";
import { largeHar } from "../../support/large-har.js";
import { compile, program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

/** Each prints NUL, bytes that are no UTF-8, its query and its body, and fails with the exit code 3. */
const scripts: Readonly<Record<string, { readonly needs: string; readonly source: string }>> = {
  "fails.py": {
    needs: "python3",
    source: `#!/usr/bin/env python3
import os, sys
body = sys.stdin.buffer.read()
out = sys.stdout.buffer
out.write(b"Status: 500 Broken\\r\\nContent-Type: application/octet-stream\\r\\n\\r\\n\\x00\\xff\\xfe")
out.write(os.environb[b"QUERY_STRING"] + os.environb[b"HTTP_X_ODD"] + os.getcwdb() + body)
sys.stderr.write("broken\\n")
sys.exit(3)
`,
  },
  "fails.pl": {
    needs: "perl",
    source: `#!/usr/bin/env perl
binmode $_ for *STDIN, *STDOUT;
my $body = do { local $/; <STDIN> };
print "Status: 500 Broken\\r\\nContent-Type: a/b\\r\\n\\r\\n\\x00\\xff\\xfe$ENV{QUERY_STRING}$ENV{HTTP_X_ODD}", $body;
exit 3;
`,
  },
  "fails.sh": {
    needs: "sh",
    source: `#!/bin/sh
printf 'Status: 500 Broken\\r\\nContent-Type: a/b\\r\\n\\r\\n\\000\\377\\376'
printf %s "$QUERY_STRING$HTTP_X_ODD"
pwd
cat
exit 3
`,
  },
  "fails.php": {
    needs: "php-cgi",
    source: `<?php
header("Status: 500 Broken");
header("Content-Type: application/octet-stream");
echo "\\x00\\xff\\xfe", $_SERVER["QUERY_STRING"], $_SERVER["HTTP_X_ODD"], file_get_contents("php://input");
exit(3);
`,
  },
  "fails.c": {
    needs: "cc",
    source: `#include <stdio.h>
extern char **environ;
static const char head[] = "Status: 500 Broken\\r\\nContent-Type: a/b\\r\\n\\r\\n\\0\\377\\376";
int main(int count, char **words) {
  fwrite(head, 1, sizeof head - 1, stdout);
  for (char **one = environ; *one; one++) printf("%s\\n", *one);
  for (int nth = 1; nth < count; nth++) printf("%s\\n", words[nth]);
  for (int byte; (byte = getchar()) != EOF;) putchar(byte);
  return 3;
}
`,
  },
};
const names = Object.keys(scripts).filter((name) => program(scripts[name]?.needs ?? "") !== null);
const targetOf = (name: string): string =>
  name === "missing" ? "/missing" : `/cgi-bin/${name === "fails.c" ? "fails" : name}`;
const cookie = "session=top-secret-value; theme=dark";
const body = Buffer.from([...Array(256).keys(), 0, 0xc3, 0x28, 0x0a]);

let folder: TempFolder;
let data: TempFolder;
let files: TempFolder;
/** Of each script's request. */
const ids = new Map<string, string>();

beforeAll(async () => {
  [folder, data, files] = [tempFolder(), tempFolder(), tempFolder()];
  folder.makeFolder("cgi-bin");
  for (const name of names) script(name, scripts[name]?.source ?? "");
  if (names.includes("fails.c")) compile(folder, "cgi-bin/fails.c", "cgi-bin/fails");
  script(
    "login.sh",
    "#!/bin/sh\nprintf 'Set-Cookie: session=top-secret-value; Path=/\\nContent-Type: text/html\\n\\n<b>%s' \"$HTTP_COOKIE\"\n",
  );
  script("quiet.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nquiet\\n'\n");
  script("killed.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'; cat\n(sleep 20) &\nkill -9 $$\n");
  await using server = await serve([folder.path, "--port", "0", "--no-ui", "--store"], { env: env() });
  for (const name of names)
    await send(
      server.port,
      `POST ${targetOf(name)}?q=\xff%00&it's HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Odd: \xfe'"$(x)\\\r\nContent-Length: ${body.length}`,
      body,
    );
  await send(server.port, `GET /cgi-bin/login.sh HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${cookie}`);
  await send(server.port, "GET /cgi-bin/quiet.sh?a+b HTTP/1.1\r\nHost: 127.0.0.1");
  const large = Buffer.alloc(200_000, "\0\xff\n", "latin1");
  await send(
    server.port,
    `POST /cgi-bin/killed.sh HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ${large.length}`,
    large,
  );
  await send(server.port, "GET /missing HTTP/1.1\r\nHost: 127.0.0.1");
  await server.stop();
  const { stdout, stderr } = await run("traces", folder.path, "--json");
  const { rows } = storedTraces.parse(JSON.parse(stdout.toString() || stderr));
  for (const name of [...names, "login.sh", "quiet.sh", "killed.sh", "missing"]) {
    const found = rows.filter(({ target }) => target.split("?")[0] === targetOf(name));
    expect([name, found.length]).toEqual([name, 1]);
    ids.set(name, found[0]?.id ?? "");
  }
}, 240_000);
afterAll(() => {
  for (const one of [folder, data, files]) one[Symbol.dispose]();
});

function script(name: string, source: string): void {
  folder.write(`cgi-bin/${name}`, source);
  folder.makeExecutable(`cgi-bin/${name}`);
}

/** Each verb is a process of its own, which takes seconds on a busy machine. */
const patient = { timeout: 240_000 } as const;
const env = (home = data.path): NodeJS.ProcessEnv => ({ ...process.env, XDG_DATA_HOME: home });
const run = (...args: string[]) => commandLine(args, { env: env() });

/** One request on a connection of its own; resolves when the server has closed it. */
async function send(port: number, head: string, bytes = Buffer.alloc(0)): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  socket.write(Buffer.concat([Buffer.from(`${head}\r\nConnection: close\r\n\r\n`, "latin1"), bytes]));
  await textOf(socket);
}

const id = (name: string): string => ids.get(name) ?? "";

async function stored(traceId: string, home = data.path, root = folder.path): Promise<TraceJson> {
  const { stdout, stderr } = await commandLine(["trace", root, traceId, "--json"], { env: env(home) });
  return traceSchema.parse(JSON.parse(stdout.toString() || stderr));
}

interface Ran {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** In an empty environment. */
const runCapsule = (file: string, ...args: string[]): Promise<Ran> =>
  new Promise((resolve) => {
    execFile("/usr/bin/env", ["-i", "/bin/sh", file, ...args], { encoding: "buffer" }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr: stderr.toString() }),
    );
  });

describe.skipIf(process.platform === "win32")("capsule", patient, () => {
  test.each(names)("%s fails in a capsule as it did: the same bytes, the same exit code", async (name) => {
    const file = files.file(`${name}.capsule`);
    const { exitCode, stderr, stdout } = await run("capsule", folder.path, id(name), "-o", file);
    expect([exitCode, stderr, stdout.length]).toEqual([0, "", 0]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, "latin1")).toMatch(/^[\n\x20-\x7e]*$/);

    const trace = await stored(id(name));
    const expected = Buffer.from(trace.stdout?.base64 ?? "", "base64");
    expect(expected.includes(Buffer.from([0, 0xff, 0xfe]))).toBe(true);
    expect(expected.includes(body)).toBe(true);
    const compared = await runCapsule(file);
    expect(compared.stdout.toString()).toMatch(/^The same: /);
    expect(compared.code).toBe(0);
    const printed = await runCapsule(file, "--run");
    expect(printed.stdout.equals(expected)).toBe(true);
    if (name !== "fails.php") expect([printed.code, trace.process?.exitCode]).toEqual([3, 3]);
  });

  test("says which byte differs, and when it cannot run", async () => {
    const file = files.file("quiet.capsule");
    await run("capsule", folder.path, id("quiet.sh"), "-o", file);
    expect(await runCapsule(file)).toMatchObject({ code: 0 });
    script("quiet.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nquilt\\n'\nexit 1\n");
    const changed = await runCapsule(file);
    expect(changed.code).toBe(1);
    expect(changed.stdout.toString().split("\n")).toEqual([
      "stdout differs at byte 29: expected 65, found 6c. It has 32 bytes, expected 32.",
      "The exit code is 1, expected 0.",
      "",
    ]);
    script("quiet.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nquiet\\nmore'\n");
    expect((await runCapsule(file)).stdout.toString()).toContain("at byte 32: expected the end, found 6d.");
    script("quiet.sh", "#!/bin/sh\n");
    expect((await runCapsule(file)).stdout.toString()).toContain("at byte 0: expected 43, found the end.");
    folder.remove("cgi-bin/quiet.sh");
    expect(await runCapsule(file)).toMatchObject({ code: 2, stdout: Buffer.alloc(0) });
    script("quiet.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nquiet\\n'\n");
    expect(await runCapsule(file)).toMatchObject({ code: 0 });
    expect(await runCapsule(file, "--other")).toMatchObject({ code: 2 });
  });

  test("a script that a signal ends, with much stdin, and a process that keeps its stdout open", async () => {
    const file = files.file("killed.capsule");
    await run("capsule", folder.path, id("killed.sh"), "-o", file);
    const { code, stdout } = await runCapsule(file);
    expect([code, stdout.toString()]).toEqual([0, "The same: 200026 bytes of stdout, exit code 137.\n"]);
  });

  test("names its secrets before it is written; masked it has none, and compares nothing", async () => {
    const [open, masked] = [files.file("open.capsule"), files.file("masked.capsule")];
    const { stderr } = await run("capsule", folder.path, id("login.sh"), "-o", open);
    expect(stderr).toContain("Cookie, Set-Cookie, HTTP_COOKIE");
    expect(readFileSync(open, "utf8")).toMatch(
      /^# Secrets: {3}Nothing is masked: the values of Cookie, Set-Cookie, HTTP_COOKIE are here\./m,
    );
    expect(readFileSync(open, "utf8")).toContain(cookie);
    expect(await runCapsule(open)).toMatchObject({ code: 0 });

    await run("capsule", folder.path, id("login.sh"), "-o", masked, "--mask");
    const capsule = readFileSync(masked, "utf8");
    expect(capsule).toContain(`HTTP_COOKIE='${"*".repeat(cookie.length)}'`);
    const output = Buffer.from(/END-OF-stdout' .*\n([^-]*)\nEND/.exec(capsule)?.[1] ?? "", "base64").toString();
    for (const text of [capsule, output, await imported(masked)]) expect(text).not.toContain("top-secret");
    expect(output).toContain(`Set-Cookie: ${"*".repeat("session=top-secret-value; Path=/".length)}`);
    const ran = await runCapsule(masked);
    expect(ran.code).toBe(2);
    expect(ran.stdout.toString()).toContain("Not comparable");

    await run("capsule", folder.path, id("quiet.sh"), "-o", masked, "--mask", "--hide", "QUERY_STRING");
    expect(readFileSync(masked, "utf8")).toContain("QUERY_STRING='***'");
  });

  test.each([
    [["capsule", "."], 2],
    [["capsule", ".", "x"], 2],
    [["import", "."], 2],
    [["import", ".", "/missing/file"], 1],
    [["replay", "."], 2],
    [["replay", ".", "x"], 2],
    [["trace", ".", "x", "--as", "word"], 2],
    [["trace", ".", "x", "--json", "--as", "curl"], 2],
    [["traces", ".", "", "--har"], 2],
    [["traces", ".", "--json", "--har", "x"], 2],
  ])("%j ends with %i", async (args, code) => {
    const { exitCode, stdout } = await run(...args);
    expect([exitCode, stdout.length]).toEqual([code, 0]);
  });

  test("is not made of what no program served, nor written where that is not possible", async () => {
    expect(await run("capsule", folder.path, id("missing"))).toMatchObject({ exitCode: 1, stdout: Buffer.alloc(0) });
    const { exitCode, stderr } = await run("capsule", folder.path, id("quiet.sh"), "-o", "/missing/folder/file");
    expect([exitCode, stderr.includes("/missing/folder/file")]).toEqual([1, true]);
  });
});

/** The JSON of the trace that a file is imported as, into a store of its own. */
async function imported(file: string): Promise<string> {
  using home = tempFolder();
  const { stdout, stderr } = await commandLine(["import", folder.path, file], { env: env(home.path) });
  const [first = ""] = stdout.toString().split("\n");
  expect([first === "", stderr]).toEqual([false, ""]);
  return JSON.stringify(await stored(first, home.path));
}

describe("import", patient, () => {
  const some = ["fails.py", "fails.php"].filter((name) => names.includes(name));
  test.each([...some, "login.sh", "missing"])("a capsule, HAR or JSON of %s is the trace again", async (name) => {
    const trace = await stored(id(name));
    const same = JSON.stringify(trace);
    files.write("trace.json", JSON.stringify(trace));
    expect(await imported(files.file("trace.json"))).toBe(same);
    await run("traces", folder.path, `path:${targetOf(name)}`, "--har", files.file("a.har"), "--secrets");
    expect(await imported(files.file("a.har"))).toBe(same);
    if (name === "missing") return;
    await run("capsule", folder.path, id(name), "-o", files.file("a.capsule"));
    expect(await imported(files.file("a.capsule"))).toBe(same);
  });

  test("a second import gets an id of its own; both stay", async () => {
    await run("capsule", folder.path, id("quiet.sh"), "-o", files.file("twice"));
    using home = tempFolder();
    const once = () => commandLine(["import", folder.path, files.file("twice")], { env: env(home.path) });
    const given = [await once(), await once()].map(({ stdout }) => stdout.toString().trim());
    expect(given[0]).toBe(id("quiet.sh"));
    expect(given[1]).not.toBe(given[0]);
    for (const one of given) expect((await stored(one, home.path)).route.scriptName).toBe("/cgi-bin/quiet.sh");
  });

  test("a trace whose row has lost its bytes is stored again", async () => {
    await run("capsule", folder.path, id("quiet.sh"), "-o", files.file("lost"));
    using home = tempFolder();
    const once = () => commandLine(["import", folder.path, files.file("lost")], { env: env(home.path) });
    await once();
    const file = new DatabaseSync(storePath(realpathSync(folder.path), { XDG_DATA_HOME: home.path }));
    file.exec("update trace set seg=null, pinned=0"); // as an earlier version left it
    file.close();
    const again = (await once()).stdout.toString().trim();
    expect((await stored(again, home.path)).route.scriptName).toBe("/cgi-bin/quiet.sh");
  });

  test("old and large ones come in with all of their bytes", async () => {
    files.write("large.har", largeHar(20));
    using home = tempFolder();
    const { stdout, stderr } = await commandLine(["import", folder.path, files.file("large.har")], {
      env: env(home.path),
    });
    const ids = stdout.toString().trim().split("\n");
    expect([ids.length, stderr]).toEqual([20, ""]);
    const found = await commandLine(["traces", folder.path, "is:pinned", "--json"], { env: env(home.path) });
    expect(storedTraces.parse(JSON.parse(found.stdout.toString())).total).toBe(20);
  });

  test("those of another tool are numbered in the order of their time", async () => {
    const har = JSON.parse(largeHar(3));
    har.log.entries = har.log.entries.map((entry: object, n: number) => ({
      ...entry,
      startedDateTime: `2020-01-3${1 - (n % 2)}T12:00:00.000Z`,
    }));
    files.write("other.har", JSON.stringify(har));
    using home = tempFolder();
    const { stdout } = await commandLine(["import", folder.path, files.file("other.har")], { env: env(home.path) });
    const numbers = stdout.toString().trim().split("\n").map(numberOf);
    expect(numbers).toEqual([2, 1, 3]);
  });

  test.each([
    ["something else", "#!/bin/sh\nrm -rf /\n"],
    ["a capsule without a trace", "#!/bin/sh\n# CGI Workbench capsule 1\n"],
    ["a newer capsule", "#!/bin/sh\n# CGI Workbench capsule 2\n#trace {}\n"],
    ["broken JSON", '{"log":'],
    ["a HAR without entries", '{"log":{"version":"1.2","entries":[]}}'],
    ["a field of the wrong type", '{"log":{"entries":[{"startedDateTime":1}]}}'],
    ["nothing", ""],
  ])("%s is refused with a message", async (_, content) => {
    files.write("bad", content);
    const { exitCode, stdout, stderr } = await run("import", folder.path, files.file("bad"));
    expect([exitCode, stdout.length, stderr.includes(files.file("bad"))]).toEqual([1, 0, true]);
    expect(stderr).not.toMatch(/\n {4}at /);
  });
});

describe("traces --har and trace --as", patient, () => {
  test("secrets are masked unless they are asked for", async () => {
    const file = files.file("masked.har");
    const { stderr, exitCode } = await run("traces", folder.path, "path:/cgi-bin", "--har", file);
    expect([exitCode, stderr.includes("Cookie")]).toEqual([0, true]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const har = readFileSync(file, "utf8");
    expect(har).not.toContain("top-secret");
    expect(har).not.toContain(Buffer.from("top-secret-value").toString("base64").slice(4, 16));
    expect(JSON.parse(har).log.entries).toHaveLength(names.length + 3);
    for (const form of ["curl", "http", "env", "markdown", "html"]) {
      const { stdout } = await run("trace", folder.path, id("login.sh"), "--as", form);
      expect([form, stdout.toString().includes("top-secret"), stdout.length > 100]).toEqual([form, false, true]);
    }
    const open = await run("trace", folder.path, id("login.sh"), "--as", "curl", "--secrets");
    expect(open.stdout.toString()).toContain(cookie);
  });

  test("raw HTTP is the request's bytes", async () => {
    const [name = ""] = names;
    const trace = await stored(id(name));
    const { stdout } = await run("trace", folder.path, id(name), "--as", "http");
    expect(stdout.subarray(-body.length).equals(body)).toBe(true);
    expect(stdout.length).toBe(stdout.indexOf("\r\n\r\n") + 4 + body.length);
    expect(stdout.toString("latin1")).toContain(`POST ${targetOf(name)}?q=\xff%00&it's HTTP/1.1\r\n`);
    expect(trace.request.body.bytes).toBe(body.length);
  });
});

describe("replay", patient, () => {
  const replayed = async (name: string) => {
    const { stdout, exitCode, stderr } = await run("replay", folder.path, id(name), "--json");
    return { exitCode, report: replayReport.strict().parse(JSON.parse(stdout.toString() || stderr)) };
  };

  test("the same script gives the same response; a changed one the first byte that differs", async () => {
    expect(await replayed("quiet.sh")).toMatchObject({ exitCode: 0, report: { alike: true, differences: [] } });
    script("quiet.sh", "#!/bin/sh\nprintf 'Content-Type: text/html\\nStatus: 404\\n\\nquilt\\n'\n");
    const { exitCode, report } = await replayed("quiet.sh");
    expect([exitCode, report.alike]).toEqual([1, false]);
    expect(report.recorded).toMatchObject({ id: id("quiet.sh"), status: 200 });
    expect(report.differences).toMatchObject([
      { part: "status", was: "200", now: "404" },
      { part: "header", name: "content-type", was: "text/plain", now: "text/html" },
      { part: "body", offset: 3, was: "et\n", now: "lt\n" },
    ]);
    const { stdout } = await run("replay", folder.path, id("quiet.sh"));
    expect(stdout.toString().trim().split("\n")).toHaveLength(3);
    script("quiet.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nquiet\\n'\n");
  });
});
