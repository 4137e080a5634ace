// Forty scripts that misbehave, whose fate under Apache, lighttpd and nginx with fcgiwrap was measured: for each its cause, written
// down before the doctor looked, and the doctor's first finding, which must name it.
import { describe, expect, test } from "vitest";
import { bodyOf, startGateway } from "../support/gateway.js";

const type = "Content-Type: text/plain\\n";
const page = "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhello\\n'\n";

interface Case {
  readonly script: string;
  /** Why it misbehaves, in our words. */
  readonly cause: string;
  /** The rule that must say so first; null: nothing is wrong, and nothing above a hint may be said. */
  readonly rule: string | null;
  readonly mode?: "not executable";
  readonly name?: string;
  /** Instead of the script's own. */
  readonly target?: string;
}
const it = (cause: string, rule: string | null, script: string, more: Partial<Case> = {}): Case => ({
  cause,
  rule,
  script,
  ...more,
});

const cases: readonly Case[] = [
  it("it writes nothing", "no-output", "true"),
  it("a page without a header", "header-missing", "echo hello"),
  it("no empty line after the header", "empty-line-missing", `printf "${type}"`),
  it("no execute bit", "not-executable", page, { mode: "not executable", name: "x.cgi" }),
  it("the first line ends in a carriage return", "shebang-carriage-return", page.replaceAll("\n", "\r\n")),
  it("the interpreter is not there", "interpreter-missing", "#!/nowhere/python\n"),
  it("no first line that names an interpreter", "no-shebang", page.split("\n").slice(1).join("\n"), { name: "x.cgi" }),
  it("a space before a header's colon", "space-before-colon", 'printf "Content-Type : x\\n\\nbody"'),
  it("a status that is a word", "bad-status", `printf "Status: abc\\n${type}\\nbody"`),
  it("a status of two digits", "bad-status", `printf "Status: 42 Foo\\n${type}\\nbody"`),
  it("an HTTP status line instead of Status", "http-status-line", `printf "HTTP/1.1 404 Nope\\n${type}\\nbody"`),
  it("a byte order mark before the header", "byte-order-mark-in-output", `printf "\\357\\273\\277${type}\\nbody"`),
  it("an empty line before the header", "empty-line-first", `printf "\\n${type}\\nbody"`),
  it("a Content-Length larger than the body", "content-length-large", `printf "${type}Content-Length: 9\\n\\nbody"`),
  it("a Content-Length smaller than the body", "content-length-small", `printf "${type}Content-Length: 2\\n\\nbody"`),
  it("an exit code that means failure, after a good page", "ended-badly", `printf "${type}\\nbody"; exit 3`),
  it("a crash before any output", "crashed-before-output", "kill -SEGV $$"),
  it("two Content-Types", "field-repeated", `printf "${type}Content-Type: text/html\\n\\nbody"`),
  it("a Location that is neither an address nor a path", "location-relative", 'printf "Location: exit1\\n\\n"'),
  it("a local redirect, which nginx treats differently", "local-redirect-differs", 'printf "Location: /ok.sh\\n\\n"'),
  it(
    "a local redirect beside other fields",
    "local-redirect-with-fields",
    `printf "Location: /ok.sh\\n${type}\\nbody"`,
  ),
  it(
    "a path where RFC 3875 wants a whole address",
    "redirect-path-with-status",
    'printf "Status: 301 Moved\\nLocation: /ok.sh\\n\\n"',
  ),
  it("a local redirect to itself", "redirect-loop", 'printf "Location: /cgi-bin/x.sh\\n\\n"'),
  it("nothing: a fragment is allowed in an absolute Location", null, 'printf "Location: http://a.test/#frag\\n\\n"'),
  it(
    "a Transfer-Encoding of the script's own",
    "connection-field",
    `printf "${type}Transfer-Encoding: chunked\\n\\n4\\r\\nbody\\r\\n0\\r\\n\\r\\n"`,
  ),
  it(
    "much on standard error, which other servers put elsewhere",
    "stderr-elsewhere",
    `head -c 300000 /dev/zero >&2; printf "${type}\\nbody"`,
  ),
  it("a header that goes on in a second line", "header-folded", `printf "${type}X-A: b\\n c\\n\\nbody"`),
  it("none of the three fields that CGI asks for", "cgi-field-missing", 'printf "X-Foo: bar\\n\\nbody"'),
  it("a body where the status allows none", "body-not-allowed", `printf "Status: 204 No Content\\n${type}\\nbody"`),
  it("line ends of carriage returns alone", "carriage-return-only", 'printf "Content-Type: text/plain\\r\\rbody"'),
  it("a comment of HTML before the header", "markup-before-header", `printf "<!-- oops: x -->\\n${type}\\nbody"`),
  it(
    "a header that is too large",
    "header-too-large",
    `printf "X: "; head -c 70000 /dev/zero | tr "\\0" x; printf "\\n${type}\\n"`,
  ),
  it("bytes beyond ASCII in a header's value", "header-not-ascii", `printf "${type}X-Name: gr\\303\\274n\\n\\nbody"`),
  it(
    "an import of a module that is not installed",
    "python-module-missing",
    "#!/usr/bin/env python3\nimport nothing_like_this\n",
    { name: "x.py" },
  ),
  it("a warning that looks like a header", "message-as-header", `printf "Warning: x\\n${type}\\nbody"`),
  it("a debug print before the header", "text-before-header", `printf "debug here\\n${type}\\nbody"`),
  it(
    "nothing, but other servers know no nph-",
    "nph-differs",
    'printf "HTTP/1.0 200 OK\\r\\nContent-Type: text/plain\\r\\n\\r\\nhello"',
    { name: "nph-x.sh" },
  ),
  it("the address is a folder's", "folder-without-index", page, { target: "/cgi-bin" }),
  it("there is no such script", "file-not-found", page, { target: "/cgi-bin/nothing.sh" }),
  it("it sleeps longer than the server waits", "timeout", "exec sleep 1000"),
];

describe("forty misbehaving scripts", () => {
  test("they are forty", () => expect(cases).toHaveLength(40));

  test.each(cases)("$cause: $rule", async ({ script, rule, mode, name = "x.sh", target }) => {
    await using gateway = await startGateway({ config: rule === "timeout" ? { limits: { silenceMs: 400 } } : {} });
    gateway.script("ok.sh", page);
    const file = `cgi-bin/${name}`;
    if (mode === "not executable" || name === "x.cgi") gateway.file(file, script);
    else gateway.script(file, script);
    if (mode !== "not executable") gateway.folder.makeExecutable(file);
    await gateway.get(target ?? `/${file}`);
    const [trace] = await gateway.ended(1);
    const findings = trace?.findings ?? [];
    if (rule === null) expect(findings.filter(({ severity }) => severity !== "hint")).toEqual([]);
    else expect(findings[0]?.rule, JSON.stringify(findings.map(({ rule: id, detail }) => [id, detail]))).toBe(rule);
  });

  test("neighbours: one sentence of a server, and five answers", async () => {
    await using gateway = await startGateway();
    const answers: [file: string, script: string, executable: boolean, rule: string][] = [
      ["a.cgi", page, false, "not-executable"],
      ["b.cgi", page.replaceAll("\n", "\r\n"), true, "shebang-carriage-return"],
      ["c.cgi", page.replace("/bin/sh", "/nowhere/sh"), true, "interpreter-missing"],
      ["d.cgi", "echo\n", true, "no-shebang"],
      ["e.cgi", page.replace("/bin/sh", "/usr/bin/env nothing-like-this"), true, "interpreter-missing"],
      ["f.cgi", page.replace("/bin/sh", "/usr/bin/env sh").replace("\n", "\r\n"), true, "shebang-carriage-return"],
    ];
    for (const [file, script, executable] of answers) {
      gateway.file(`cgi-bin/${file}`, script);
      if (executable) gateway.folder.makeExecutable(`cgi-bin/${file}`);
      expect(bodyOf(await gateway.get(`/cgi-bin/${file}`))).not.toBe("");
    }
    const traces = await gateway.ended(answers.length);
    expect(traces.map(({ findings }) => findings[0]?.rule)).toEqual(answers.map(([, , , rule]) => rule));
  });
});
