// `cgi-workbench test`: requests of `.http` files through the real gateway, with exit codes, reports and no secrets.
import { existsSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type TestReport, testReport } from "../../../server/contract/command-output.js";
import { commandLine } from "../../support/command-line.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

/** Logs in with a password, and shows a page to those who have the token. */
const shop = `#!/bin/sh
case "$PATH_INFO" in
/login)
  read -r line
  test "$line" = "password=\${PASSWORD-hunter2}" || { printf 'Status: 403\\nContent-Type: text/plain\\n\\nno: %s\\n' "$line"; exit; }
  printf 'Status: 302\\nLocation: /shop.cgi/page?token=t-42\\nSet-Cookie: sid=abc; Path=/\\nContent-Type: text/plain\\n\\n';;
/page)
  test "$QUERY_STRING" = token=t-42 || exit 1
  printf 'Content-Type: text/plain\\n\\nwelcome %s %s\\n' "$HTTP_COOKIE" "$HTTP_X_ENV";;
*)
  printf 'Content-Type: text/plain\\n\\n'
  cat;;
esac
`;
const requests = `@host = http://127.0.0.1:8080

### login
# @assert status == 302
# @assert stderr empty
# @assert took < 100s
# @assert env PATH_INFO == /login
# @capture ticket = field Location matches /token=(.*)/
# @capture sid = cookie sid
POST {{host}}/shop.cgi/login HTTP/1.1
Content-Type: application/x-www-form-urlencoded

password={{password}}

### page
# @assert field Content-Type contains text/plain
# @assert body contains sid=abc {{stage}}
# @assert no finding above hint
GET {{host}}/shop.cgi/page?token={{ticket}}
Cookie: sid={{sid}}
X-Env: {{stage}}

### upload
# @assert body contains \\u0000
POST /shop.cgi/echo

< ./upload.bin
`.replace("body contains \\u0000", 'body == "\\u0000\\u0001"');

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
  folder.write("shop.cgi", shop);
  folder.makeExecutable("shop.cgi");
  folder.write("shop.http", requests);
  folder.write("upload.bin", new Uint8Array([0, 1]));
  folder.write("http-client.env.json", '{"dev": {"stage": "DEV"}, "live": {"stage": "LIVE"}}');
  folder.write("http-client.private.env.json", '{"dev": {"password": "hunter2"}, "live": {"password": "s3cret&<>"}}');
});

afterEach(() => folder[Symbol.dispose]());

async function report(...args: string[]): Promise<{ report: TestReport; exitCode: number | null; stdout: string }> {
  const { stdout, exitCode, stderr } = await commandLine(["test", folder.path, ...args, "--json"]);
  expect(stderr).toBe("");
  return { report: testReport.strict().parse(JSON.parse(stdout.toString())), exitCode, stdout: stdout.toString() };
}

describe("test", () => {
  test("sends all requests in order, each with what those before it captured", async () => {
    const { report: made, exitCode } = await report("--env", "dev");
    expect(made.requests.flatMap(({ failures }) => failures)).toEqual([]);
    expect([exitCode, made.passed, made.failed, made.environment]).toEqual([0, 3, 0, "dev"]);
    expect(made.requests).toMatchObject([
      { file: "shop.http", name: "login", line: 10, status: 302, captured: ["ticket", "sid"], assertions: 4 },
      { name: "page", target: "/shop.cgi/page?token=t-42", status: 200, outcome: "ok" },
      { name: "upload", target: "/shop.cgi/echo", status: 200 },
    ]);
  });

  test("names the assertion, its place, what was expected and what came", async () => {
    folder.write("shop.cgi", shop.replace("welcome", "goodbye").replace("sid=abc;", "sid=xyz;"));
    const { report: made, exitCode } = await report("--env", "dev");
    expect([exitCode, made.passed, made.failed]).toEqual([1, 2, 1]);
    expect(made.requests[1]?.failures).toMatchObject([
      {
        text: "body contains sid=abc {{stage}}",
        line: 17,
        column: 11,
        expected: "contains sid=abc DEV",
        got: String.raw`"goodbye sid=xyz DEV\n"`,
        why: { code: "assertion-failed" },
      },
    ]);
    const { stdout } = await commandLine(["test", folder.path, "shop.http", "--env", "dev"]);
    expect(stdout.toString()).toContain("shop.http:17:11: ");
  });

  test("never prints a secret, though the script repeats it", async () => {
    const { report: made, exitCode, stdout } = await report("--env", "live");
    expect(exitCode).toBe(1);
    expect(made.requests[0]).toMatchObject({ status: 403, passed: false });
    folder.write("echo.http", "# @assert body == x\nPOST /shop.cgi/e?{{password}}\n\n{{password}} {{password}}\n");
    const echoed = await report("echo.http", "--env", "live");
    expect(echoed.report.requests[0]?.failures[0]?.got).toBe("••• •••");
    const tap = await commandLine(["test", folder.path, "--env", "live", "--tap"]);
    const text = await commandLine(["test", folder.path, "--env", "live", "--junit", folder.file("report.xml")]);
    const all = [
      stdout,
      echoed.stdout,
      tap.stdout.toString(),
      text.stdout.toString(),
      text.stderr,
      folder.read("report.xml"),
    ];
    for (const printed of all) {
      expect(printed).not.toContain("s3cret");
      expect(printed).not.toContain("hunter2");
    }
  }, 120_000);

  test("never prints what was captured as a token, though a script repeats it", async () => {
    const first = "# @capture token = body\nPOST /shop.cgi/e\n\nabcdef123456\n";
    folder.write("echo.http", `${first}###\n# @assert body == x\nPOST /shop.cgi/e?{{token}}\n\n{{token}}\n`);
    const { report: made, stdout } = await report("echo.http");
    expect(made.requests).toMatchObject([{ passed: true }, { target: "/shop.cgi/e?•••", failures: [{ got: "•••" }] }]);
    const reports = ["--tap", "--junit", folder.file("report.xml")];
    const { stdout: tap } = await commandLine(["test", folder.path, "echo.http", ...reports]);
    for (const printed of [stdout, tap.toString(), folder.read("report.xml")])
      expect(printed).not.toContain("abcdef123456");
  });

  test("shows a difference that one would overlook, in each form", async () => {
    const script = String.raw`case $QUERY_STRING in
lf) printf "#  #\n" ;; space) printf "#  # " ;; nbsp) printf "#\302\240 #" ;; cr) printf "#  #\r" ;; tab) printf "#\t#" ;;
long) printf "%06000d#" 0 ;; esac`;
    folder.write("pyramid.cgi", `#!/bin/sh\nprintf 'Content-Type: text/plain; charset=utf-8\\n\\n'\n${script}\n`);
    folder.makeExecutable("pyramid.cgi");
    const cases = ["lf", "space", "nbsp", "cr", "tab", "long"];
    const texts = cases.map((name) => `### ${name}\n# @assert body == "#  #"\nGET /pyramid.cgi?${name}\n`);
    folder.write("pyramid.http", texts.join("\n"));
    const { report: made, stdout } = await report("pyramid.http");
    const got = [
      ...[String.raw`"#  #\n"`, '"#  # "', String.raw`"#\u00a0 #"`, String.raw`"#  #\r"`, String.raw`"#\t#"`],
      `"${"0".repeat(300)}"… (6001 characters)`,
    ];
    expect(made.requests.map(({ failures }) => failures[0]?.got)).toEqual(got);
    const form = ["--tap", "--junit", folder.file("report.xml")];
    const { stdout: tap } = await commandLine(["test", folder.path, "pyramid.http", ...form]);
    const { stdout: text } = await commandLine(["test", folder.path, "pyramid.http"]);
    for (const one of got) {
      expect(stdout).toContain(JSON.stringify(one).slice(1, -1));
      expect(tap.toString()).toContain(JSON.stringify(`body == "#  #": got ${one}`));
      expect(text.toString()).toContain(`body == "#  #": got ${one}`);
      expect(folder.read("report.xml")).toContain(`got: ${one.replaceAll('"', "&#34;")}`);
    }
  }, 120_000);

  test("a request that only another tool knows fails alone", async () => {
    const others = [
      "curl.exe http://127.0.0.1/a",
      "GRPC 127.0.0.1/a",
      "run #login",
      "GET /shop.cgi/a\n?? status == 200",
    ];
    folder.write("others.http", [...others, "GET /shop.cgi/a"].map((text) => `###\n${text}\n`).join("\n"));
    const { report: made, exitCode } = await report("others.http");
    expect([exitCode, made.passed, made.failed]).toEqual([1, 1, 4]);
    expect(made.requests.map(({ status }) => status)).toEqual([null, null, null, null, 200]);
    expect(made.requests.flatMap(({ failures }) => failures.map(({ why }) => why.code))).toEqual([
      ...["curl-command", "protocol-other", "requests-elsewhere", "foreign-check"],
    ]);
  });

  test("a request without a value for a variable is not sent", async () => {
    const { report: made, exitCode } = await report();
    expect(exitCode).toBe(1);
    expect(made.requests[0]).toMatchObject({
      trace: null,
      status: null,
      failures: [{ why: { code: "variable-unknown", data: { name: "password" } }, line: 13, column: 1 }],
    });
  });

  test("without an assertion a status from 500 on fails", async () => {
    folder.write("plain.http", "GET /shop.cgi/page\n###\nGET /none\n");
    const { report: made, exitCode } = await report("plain.http");
    expect(exitCode).toBe(1);
    expect(made.requests).toMatchObject([
      {
        passed: false,
        assertions: 0,
        status: 500,
        failures: [{ text: "status < 500", line: 1, column: 1, got: "500" }],
      },
      { passed: true, status: 404, failures: [] },
    ]);
  });

  test("a file that is sent must lie in the folder", async () => {
    folder.write("outside.http", "POST /shop.cgi/e\n\n< ../../etc/passwd\n###\nPOST /shop.cgi/e\n\n< ./none\n");
    const { report: made } = await report("outside.http");
    expect(made.requests.map(({ failures }) => failures[0]?.why.code)).toEqual([
      "body-file-outside",
      "body-file-missing",
    ]);
  });

  test("neither requests nor environments are served", async () => {
    folder.write(
      "look.http",
      "### a\n# @assert status == 403\nGET /shop.http\n###\n# @assert status == 403\nGET /http-client.private.env.json\n",
    );
    const { exitCode } = await report("look.http");
    expect(exitCode).toBe(0);
  });
});

describe("reports", () => {
  test("TAP has a line for each request, with a block for a failure", async () => {
    folder.write("shop.cgi", shop.replace("welcome", "goodbye").replace("sid=abc;", "sid=xyz;"));
    const { stdout, exitCode } = await commandLine(["test", folder.path, "--env", "dev", "--tap"]);
    expect(exitCode).toBe(1);
    const lines = stdout.toString().split("\n");
    expect(lines.slice(0, 5)).toEqual([
      "TAP version 14",
      "1..3",
      "ok 1 - shop.http: login",
      "not ok 2 - shop.http: page",
      "  ---",
    ]);
    expect(lines).toContain('      expected: "contains sid=abc DEV"');
    expect(lines).toContain("ok 3 - shop.http: upload");
  });

  test("JUnit is written beside the text", async () => {
    const { exitCode } = await commandLine(["test", folder.path, "--env", "dev", "--junit", folder.file("report.xml")]);
    const xml = folder.read("report.xml");
    expect(exitCode).toBe(0);
    expect(xml).toMatch(/<testsuite name="shop\.http" file="shop\.http" tests="3" failures="0" /);
    expect(xml.match(/<testcase /g)).toHaveLength(3);
  });

  test.skipIf(!existsSync("/dev/full"))(
    "JUnit on a full disk: the exit code is 1, not 2 (needs /dev/full)",
    async () => {
      const { exitCode, stderr } = await commandLine(["test", folder.path, "--env", "dev", "--junit", "/dev/full"]);
      expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/^cgi-workbench: .*ENOSPC/)]);
    },
  );
});

describe("what cannot run has the exit code 2", () => {
  test.each([
    ["an unknown environment", ["--env", "none"]],
    ["a missing file", ["none.http"]],
    ["another file", ["shop.cgi"]],
    ["two forms at once", ["--tap", "--json"]],
    ["a report that cannot be written, before a request is sent", ["--env", "dev", "--junit", "/missing/report.xml"]],
  ])("%s", async (_, args) => {
    const { exitCode, stdout, stderr } = await commandLine(["test", folder.path, ...args]);
    expect([exitCode, stdout.toString()]).toEqual([2, ""]);
    expect(stderr).toMatch(/^cgi-workbench: /);
  });

  test("a mistake in a file, with its place; no request is sent", async () => {
    folder.write("wrong.http", "### a\n# @assert status = 200\nGET /shop.cgi\n");
    const { exitCode, stdout, stderr } = await commandLine(["test", folder.path, "--env", "dev"]);
    expect([exitCode, stdout.toString()]).toEqual([2, ""]);
    expect(stderr).toMatch(/^wrong\.http:2:18: /);
  });

  test("a mistake in the environments, without its text", async () => {
    folder.write("http-client.private.env.json", '{"dev": {"password": "hunter2" oops}}');
    const { exitCode, stderr } = await commandLine(["test", folder.path, "--env", "dev"]);
    expect(exitCode).toBe(2);
    expect(stderr).not.toContain("hunter2");
  });

  test("a folder without requests, and no folder", async () => {
    using empty = tempFolder();
    expect((await commandLine(["test", empty.path])).exitCode).toBe(2);
    expect((await commandLine(["test"], { cwd: empty.path })).exitCode).toBe(2);
    empty.write("none.http", "@host = http://127.0.0.1:8080\n");
    for (const args of [[], ["none.http"], ["none.http", "--json"]])
      expect(await commandLine(["test", empty.path, ...args])).toMatchObject({ exitCode: 2, stdout: Buffer.alloc(0) });
  });
});
