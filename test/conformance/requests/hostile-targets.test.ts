// Requests that want what is not theirs: a file outside of the folder, the source of a script, what is behind a
// password, a file without an end. Over raw sockets, as no client would spell them.
import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { request, startGateway, type TestGateway } from "../../support/gateway.js";

const outside = "OUTSIDE-OF-THE-FOLDER";
const source = "SOURCE-OF-THE-SCRIPT";
const hidden = "FOR-STAFF-ALONE";
const sha = "ann:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g="; // "password"

let gateway: TestGateway;
const pipe = createServer();
beforeAll(async () => {
  gateway = await startGateway({
    config: {
      routes: [
        { path: "/private/", auth: { realm: "Staff", htpasswd: "users" } },
        { path: "/docs/", dir: "site/docs" },
      ],
    },
  });
  const { folder } = gateway;
  gateway.file("site/docs/page.txt", "page");
  gateway.file("private/page.txt", hidden);
  gateway.script("private/x.sh", `printf "Content-Type: text/plain\\n\\n${hidden}"`);
  gateway.file("users", `${sha}\n`);
  gateway.file(".env", outside);
  gateway.file("secret.txt~", outside);
  for (const place of ["", "cgi-bin/", "sub/"])
    gateway.script(`${place}a.sh`, `# ${source}\nprintf "Content-Type: text/plain\\n\\nran"`);
  gateway.file("plain.py", `# ${source}\nprint("Content-Type: text/plain\\n\\nran")\n`);
  symlinkSync("/etc/passwd", folder.file("passwd.txt"));
  symlinkSync("/", folder.file("disk"));
  symlinkSync("users", folder.file("users.txt"));
  symlinkSync("../.env", folder.file("sub/env.txt"));
  symlinkSync("circle", folder.file("circle"));
  symlinkSync("/dev/zero", folder.file("endless"));
  symlinkSync("/proc/self/environ", folder.file("environ"));
  execFileSync("mkfifo", [folder.file("pipe")]);
  await new Promise<void>((resolve, reject) => pipe.once("error", reject).listen(folder.file("socket"), resolve));
});
afterAll(async () => {
  pipe.close();
  await gateway[Symbol.asyncDispose]();
});

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]);
const ask = (target: string, method = "GET", headers: readonly string[] = []): Promise<string> =>
  gateway.ask(Buffer.from(request(method, target, ["Connection: close", ...headers]), "latin1"));
const passwords = /root:[^:]*:0:0:/;

test.each([
  "/../../../../etc/passwd",
  "/..%2f..%2f..%2fetc/passwd",
  "/%2e%2e/%2e%2e/etc/passwd",
  "/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
  "/.%2e/.%2e/etc/passwd",
  "/%252e%252e/%252e%252e/etc/passwd",
  "/..;/..;/etc/passwd",
  "/..%00/etc/passwd",
  "/..%c0%af..%c0%afetc/passwd",
  "/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
  "/..%e0%80%af../etc/passwd",
  "/..\\..\\..\\etc\\passwd",
  "/..%5c..%5c..%5cetc%5cpasswd",
  "/docs/../../etc/passwd",
  "/docs/..%2f..%2fetc/passwd",
  "/docs/%2e%2e/%2e%2e/users",
  "/docs../users",
  "/docs..%2fusers",
  "//etc/passwd",
  "///etc///passwd",
  "/./././../etc/passwd",
  "/disk/etc/passwd",
  "/disk/../etc/passwd",
  "/passwd.txt",
  "/passwd.txt/..",
  "/cgi-bin/../../etc/passwd",
  "/cgi-bin/a.sh/../../../../etc/passwd",
  "/cgi-bin/..%2f..%2fetc/passwd",
  "/sub/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
  "/~root/",
  "http://127.0.0.1/../../etc/passwd",
  "http://127.0.0.1/..%2f..%2fetc/passwd",
])("%s leads to nothing outside of the folder", async (target) => {
  const answer = await ask(target);
  expect(answer).not.toMatch(passwords);
  expect(answer).not.toContain(outside);
  expect(answer).not.toContain(sha);
  expect([200, 301, 400, 403, 404, 500]).toContain(statusOf(answer));
});

test.each([
  "/.env",
  "/%2eenv",
  "/sub/env.txt",
  "/secret.txt~",
  "/secret.txt%7e",
  "/users",
  "/users.txt",
  "/cgi-workbench.json",
])("%s is never served", async (target) => {
  const answer = await ask(target);
  expect([target, statusOf(answer)]).toEqual([target, expect.toSatisfy((status) => status === 403 || status === 404)]);
  for (const secret of [outside, sha]) expect(answer).not.toContain(secret);
});

describe("the source of a script is not sent", () => {
  const scripts = ["/a.sh", "/cgi-bin/a.sh", "/sub/a.sh", "/plain.py"];
  const endings = [
    "",
    "/",
    "/.",
    "/..",
    "%20",
    "%00",
    "%00.txt",
    ".",
    "..",
    "::$DATA",
    ";.txt",
    "?",
    "?/a.txt",
    "#",
    "%23",
    "%3f",
    "%2f",
    "\\",
    "%5c",
    ".txt",
  ];
  const odd = [
    "/A.SH",
    "/a%2esh",
    "/%61.sh",
    "//a.sh",
    "/./a.sh",
    "/sub/../a.sh",
    "/sub//a.sh",
    "/cgi-bin/./a.sh",
    "/cgi-bin%2fa.sh",
    "/CGI-BIN/a.sh",
  ];

  test.each([...scripts.flatMap((script) => endings.map((ending) => `${script}${ending}`)), ...odd])(
    "%s",
    async (target) => {
      expect(await ask(target)).not.toContain(source);
    },
  );

  test.each([
    "Translate: f",
    "Range: bytes=0-100",
    "Accept: application/x-httpd-source",
    'If-Range: "x"',
    "X-Original-URL: /plain.py",
    "X-HTTP-Method-Override: PUT",
    "Content-Location: /plain.py",
  ])("with %s", async (header) => {
    for (const script of scripts) expect(await ask(script, "GET", [header])).not.toContain(source);
  });

  test.each(["HEAD", "OPTIONS", "TRACE", "PROPFIND", "COPY", "SEARCH", "REPORT", "DEBUG", "LOCK", "FROB"])(
    "by %s",
    async (method) => {
      for (const script of scripts) expect(await ask(script, method)).not.toContain(source);
    },
  );
});

test.each([
  "/private/page.txt",
  "//private/page.txt",
  "/private//page.txt",
  "/./private/page.txt",
  "/private/./page.txt",
  "/private/x/../page.txt",
  "/docs/../private/page.txt",
  "/docs/%2e%2e/private/page.txt",
  "/%70rivate/page.txt",
  "/private%2fpage.txt",
  "/private/%70age.txt",
  "/private/page.txt/",
  "/private/page.txt?x",
  "/private/x.sh/more",
  "/private;x/page.txt",
  "/PRIVATE/page.txt",
  "\\private\\page.txt",
  "http://127.0.0.1/private/page.txt",
  "http://127.0.0.1//private/page.txt",
])("%s passes no password", async (target) => {
  const answer = await ask(target);
  expect(answer).not.toContain(hidden);
  expect([400, 401, 403, 404]).toContain(statusOf(answer));
});

test.each([
  ["/pipe", 403],
  ["/socket", 403],
  ["/endless", 403],
  ["/environ", 403],
  ["/circle", 404],
  [`/${"x".repeat(300)}`, 404],
  [`/${"x".repeat(10_000)}`, 404],
  [`/${"x/".repeat(5000)}`, 404],
  [`/${"%2e%2e/".repeat(1000)}`, 404],
])("%s ends at once with %i", async (target, status) => {
  expect(statusOf(await ask(target))).toBe(status);
});
