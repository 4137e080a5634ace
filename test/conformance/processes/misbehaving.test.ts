// The scripts whose fate under Apache, lighttpd and nginx was measured (shared/failures.md): what this
// gateway makes of each, so that none is silently swallowed and none breaks the connection. Behind each on
// the same connection a healthy one is asked.
import { describe, expect, test } from "vitest";
import { coded } from "../../support/coded.js";
import { request, startGateway } from "../../support/gateway.js";

const type = "Content-Type: text/plain\\n";
interface Fate {
  readonly status: number;
  readonly outcome: string;
  /** A code in the trace: of the cause, of what was tolerated, of a change, or a rule. */
  readonly says: string | null;
}
const fate = (status: number, outcome: string, says: string | null = null): Fate => ({ status, outcome, says });

const scripts: readonly (readonly [name: string, code: string, fate: Fate])[] = [
  ["no output, exit 0", "true", fate(500, "invalid-output", "no-output-written")],
  ["body, no header", "echo hello", fate(500, "invalid-output", "no-colon")],
  ["header line, no blank line", `printf "${type}"`, fate(500, "invalid-output", "no-empty-line")],
  ["a carriage return in the shebang", "#!/bin/sh\r\necho\r\n", fate(500, "spawn-error", "shebang-carriage-return")],
  ["a missing interpreter", "#!/nowhere/python\n", fate(500, "spawn-error", "interpreter-missing")],
  ["space before the colon", 'printf "Content-Type : x\\n\\nbody"', fate(500, "invalid-output", "space-before-colon")],
  ["Status: abc", `printf "Status: abc\\n${type}\\nbody"`, fate(500, "invalid-output", "malformed-status")],
  ["Status: 42 Foo", `printf "Status: 42 Foo\\n${type}\\nbody"`, fate(500, "invalid-output", "malformed-status")],
  [
    "an HTTP status line first",
    `printf "HTTP/1.1 404 Nope\\n${type}\\nbody"`,
    fate(500, "invalid-output", "http-status-line"),
  ],
  ["a byte order mark first", `printf "\\357\\273\\277${type}\\nbody"`, fate(500, "invalid-output", "byte-order-mark")],
  ["a blank line first", `printf "\\n${type}\\nbody"`, fate(500, "invalid-output", "no-fields")],
  ["Content-Length too small", `printf "${type}Content-Length: 2\\n\\nbody"`, fate(200, "ok")],
  ["exit code 3 after good output", `printf "${type}\\nbody"; exit 3`, fate(200, "ok", "failed-after-header")],
  [
    "the same with words on stderr",
    `printf "${type}\\nbody"; echo no >&2; exit 3`,
    fate(200, "ok", "failed-after-header"),
  ],
  [
    "the same with an error that nothing caught",
    `set -u; printf "${type}\\nbody"; echo "$NO_SUCH_NAME"`,
    fate(200, "crashed", "failed-after-header"),
  ],
  ["a signal after good output", `printf "${type}\\nbody"; kill -SEGV $$`, fate(200, "crashed", "failed-after-header")],
  ["SIGSEGV before any", "kill -SEGV $$", fate(500, "crashed", "failed-without-output")],
  ["two Content-Type", `printf "${type}Content-Type: text/html\\n\\nbody"`, fate(200, "ok", "field-repeated")],
  ["a relative Location", 'printf "Location: exit1\\n\\n"', fate(302, "ok", "relative-location")],
  ["a local Location alone", 'printf "Location: /ok.sh\\n\\n"', fate(200, "ok")],
  [
    "a local Location and a document",
    `printf "Location: /ok.sh\\n${type}\\nbody"`,
    fate(302, "ok", "local-redirect-with-fields"),
  ],
  [
    "Status 301 and a local Location",
    'printf "Status: 301 Moved\\nLocation: /ok.sh\\n\\n"',
    fate(301, "ok", "local-redirect-with-status"),
  ],
  [
    "a local redirect to itself",
    'printf "Location: /cgi-bin/x.sh\\n\\n"',
    fate(500, "invalid-output", "too-many-local-redirects"),
  ],
  ["an absolute Location with a fragment", 'printf "Location: http://a.test/#frag\\n\\n"', fate(302, "ok")],
  [
    "Transfer-Encoding of its own",
    `printf "${type}Transfer-Encoding: chunked\\n\\n4\\r\\nbody\\r\\n0\\r\\n\\r\\n"`,
    fate(200, "ok", "connection-specific"),
  ],
  ["300 KB on stderr", `head -c 300000 /dev/zero >&2; printf "${type}\\nbody"`, fate(200, "ok")],
  ["a folded header", `printf "${type}X-A: b\\n c\\n\\nbody"`, fate(500, "invalid-output", "folded-field")],
  ["no CGI field at all", 'printf "X-Foo: bar\\n\\nbody"', fate(200, "ok", "no-cgi-field")],
  ["204 with a body", `printf "Status: 204 No Content\\n${type}\\nbody"`, fate(204, "ok")],
  [
    "line ends of CR alone",
    'printf "Content-Type: text/plain\\r\\rbody"',
    fate(500, "invalid-output", "carriage-return"),
  ],
  [
    "line ends of CR CR LF",
    'printf "Content-Type: text/plain\\r\\r\\n\\r\\r\\nbody"',
    fate(500, "invalid-output", "carriage-return"),
  ],
  [
    "a comment of HTML in the header",
    `printf "<!-- oops: x -->\\n${type}\\nbody"`,
    fate(500, "invalid-output", "markup"),
  ],
  [
    "a header of 70 KB",
    `printf "X: "; head -c 70000 /dev/zero | tr "\\0" x; printf "\\n${type}\\n"`,
    fate(500, "invalid-output", "head-too-large"),
  ],
  ["raw UTF-8 in a header's value", `printf "${type}X-Name: gr\\303\\274n\\n\\nbody"`, fate(200, "ok")],
  [
    "a Python error",
    "#!/usr/bin/env python3\nimport nothing_like_this\n",
    fate(500, "crashed", "python-module-missing"),
  ],
  ["a warning first", `printf "Warning: x\\n${type}\\nbody"`, fate(200, "ok")],
  ["debug words first", `printf "debug here\\n${type}\\nbody"`, fate(500, "invalid-output", "no-colon")],
  ["silence", "exec sleep 1000", fate(504, "timeout", "silent-responder")],
];

describe("measured scripts", () => {
  test.each(scripts)("%s", async (_name, code, { status, outcome, says }) => {
    await using gateway = await startGateway({ config: status === 504 ? { limits: { silenceMs: 1500 } } : {} });
    gateway.script("ok.sh", 'printf "Content-Type: text/plain\\n\\nfine"');
    gateway.script("cgi-bin/x.sh", code);
    const response = await gateway.ask(
      request("GET", "/cgi-bin/x.sh") + request("GET", "/ok.sh", ["Connection: close"]),
    );
    expect(response).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(response).toMatch(/HTTP\/1\.1 200 OK\r\n(?:[^\r]+\r\n)+\r\n4\r\nfine\r\n0\r\n\r\n$/);
    if (status === 500) expect(response.slice(0, response.lastIndexOf("HTTP/1.1 200"))).not.toContain("\nbody");
    const [trace] = await gateway.ended(2);
    expect(trace).toMatchObject({ outcome, response: { status } });
    const told = [
      trace?.cause?.code,
      ...(trace?.script?.reasons ?? []).map(({ code }) => code),
      ...(trace?.response?.dropped ?? []).map(([, { code }]) => code),
      ...(trace?.findings ?? []).map(({ rule }) => rule),
    ];
    if (says !== null) expect(told).toContain(says);
    if (outcome !== "ok") expect(trace?.cause).not.toBeNull();
  });

  test("Content-Length too large ends the connection", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", `printf "${type}Content-Length: 9\\n\\nbody"`);
    expect(await gateway.ask(request("GET", "/x.sh"))).toMatch(/\r\n\r\nbody$/);
    expect(await gateway.trace()).toMatchObject({
      outcome: "invalid-output",
      cause: coded("body-too-short", { missingBytes: 5 }),
    });
  });

  test.each([
    ["not executable", "cgi-bin/x.cgi", 500, "not-executable"],
    ["no shebang", "cgi-bin/y.cgi", 500, "no-shebang"],
  ])("%s", async (_name, file, status, rule) => {
    await using gateway = await startGateway();
    gateway.file("cgi-bin/x.cgi", "#!/bin/sh\n");
    gateway.file("cgi-bin/y.cgi", "echo\n");
    gateway.folder.makeExecutable("cgi-bin/y.cgi");
    expect(await gateway.get(`/${file}`)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(await gateway.trace()).toMatchObject({ outcome: "spawn-error", findings: [{ rule }] });
  });

  test("a folder without an index, and nothing at all", async () => {
    await using gateway = await startGateway();
    gateway.file("empty/.keep", "");
    expect(await gateway.get("/empty/")).toMatch(/^HTTP\/1\.1 40[34] /);
    expect(await gateway.get("/nothing")).toMatch(/^HTTP\/1\.1 404 /);
    expect((await gateway.ended(2)).map(({ route }) => route.kind)).toEqual(["none", "none"]);
  });
});
