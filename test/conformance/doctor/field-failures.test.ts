// Failures from the field, whose results under Apache, lighttpd and nginx with fcgiwrap were measured. Each case has
// its cause, written down before the doctor ran, and the rule of the first finding, which must name it.
import { describe, expect, test } from "vitest";
import { bodyOf, startGateway } from "../../support/gateway.js";

const type = "Content-Type: text/plain\\n";
const page = "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhello\\n'\n";

interface Options {
  readonly mode?: "not executable";
  readonly name?: string;
  /** Instead of the script's own. */
  readonly target?: string;
}

/**
 * The cause, the rule of the first finding (null: the script is fine, and no
 * finding is more than a hint), and the script.
 */
const cases: [cause: string, rule: string | null, script: string, options?: Options][] = [
  ["it writes nothing", "no-output", "true"],
  ["a body without headers", "header-missing", "echo hello"],
  ["no blank line after the headers", "empty-line-missing", `printf "${type}"`],
  ["no execute bit", "not-executable", page, { mode: "not executable", name: "x.cgi" }],
  ["the first line ends in a carriage return", "shebang-carriage-return", page.replaceAll("\n", "\r\n")],
  ["the interpreter does not exist", "interpreter-missing", "#!/nowhere/python\n"],
  ["no shebang", "no-shebang", page.split("\n").slice(1).join("\n"), { name: "x.cgi" }],
  ["a space before a header's colon", "space-before-colon", 'printf "Content-Type : x\\n\\nbody"'],
  ["a header without its colon", "colon-missing", 'printf "Content-type; text/html\\n\\nbody"'],
  ["a later header without its colon", "colon-missing", `printf "${type}Set-Cookie a=b\\n\\nbody"`],
  ["an earlier header without its colon", "colon-missing", `printf "Status 404 Gone\\n${type}\\nbody"`],
  ["a redirect without its colon", "colon-missing", 'printf "Location http://a.test/\\n\\n"'],
  ["text that begins with the name of a header", "header-missing", "echo Location of the shop"],
  ["a status that is a word", "bad-status", `printf "Status: abc\\n${type}\\nbody"`],
  ["a status of two digits", "bad-status", `printf "Status: 42 Foo\\n${type}\\nbody"`],
  ["an HTTP status line instead of Status", "http-status-line", `printf "HTTP/1.1 404 Nope\\n${type}\\nbody"`],
  ["a byte order mark before the headers", "byte-order-mark-in-output", `printf "\\357\\273\\277${type}\\nbody"`],
  ["a blank line before the headers", "empty-line-first", `printf "\\n${type}\\nbody"`],
  ["a Content-Length larger than the body", "content-length-large", `printf "${type}Content-Length: 9\\n\\nbody"`],
  ["a Content-Length smaller than the body", "content-length-small", `printf "${type}Content-Length: 2\\n\\nbody"`],
  ["a nonzero exit code after a valid response", "ended-badly", `printf "${type}\\nbody"; exit 3`],
  ["a crash before any output", "crashed-before-output", "kill -SEGV $$"],
  ["two Content-Types", "field-repeated", `printf "${type}Content-Type: text/html\\n\\nbody"`],
  ["a Location that is neither a URL nor an absolute path", "location-relative", 'printf "Location: exit1\\n\\n"'],
  ["a local redirect, which nginx handles differently", "local-redirect-differs", 'printf "Location: /ok.sh\\n\\n"'],
  ["a local redirect with other headers", "local-redirect-with-fields", `printf "Location: /ok.sh\\n${type}\\nbody"`],
  [
    "a path where RFC 3875 requires an absolute URL",
    "redirect-path-with-status",
    'printf "Status: 301 Moved\\nLocation: /ok.sh\\n\\n"',
  ],
  ["a local redirect to itself", "redirect-loop", 'printf "Location: /cgi-bin/x.sh\\n\\n"'],
  ["nothing: a fragment is allowed in an absolute Location", null, 'printf "Location: http://a.test/#frag\\n\\n"'],
  [
    "a Transfer-Encoding that the script sets",
    "connection-field",
    `printf "${type}Transfer-Encoding: chunked\\n\\n4\\r\\nbody\\r\\n0\\r\\n\\r\\n"`,
  ],
  [
    "much on standard error, which servers log in different places",
    "stderr-elsewhere",
    `head -c 300000 /dev/zero >&2; printf "${type}\\nbody"`,
  ],
  ["a header that continues on the next line", "header-folded", `printf "${type}X-A: b\\n c\\n\\nbody"`],
  ["none of the three headers that CGI requires", "cgi-field-missing", 'printf "X-Foo: bar\\n\\nbody"'],
  ["a body where the status allows none", "body-not-allowed", `printf "Status: 204 No Content\\n${type}\\nbody"`],
  ["lines that end in a carriage return alone", "carriage-return-only", 'printf "Content-Type: text/plain\\r\\rbody"'],
  ["an HTML comment before the headers", "markup-before-header", `printf "<!-- oops: x -->\\n${type}\\nbody"`],
  [
    "headers that are too large",
    "header-too-large",
    `printf "X: "; head -c 70000 /dev/zero | tr "\\0" x; printf "\\n${type}\\n"`,
  ],
  ["non-ASCII bytes in a header's value", "header-not-ascii", `printf "${type}X-Name: gr\\303\\274n\\n\\nbody"`],
  [
    "an import of a module that is not installed",
    "python-module-missing",
    "#!/usr/bin/env python3\nimport nothing_like_this\n",
    { name: "x.py" },
  ],
  ["a warning that looks like a header", "message-as-header", `printf "Warning: x\\n${type}\\nbody"`],
  ["a debug message before the headers", "text-before-header", `printf "debug here\\n${type}\\nbody"`],
  [
    "nothing, but other servers parse nph- scripts",
    "nph-differs",
    'printf "HTTP/1.0 200 OK\\r\\nContent-Type: text/plain\\r\\n\\r\\nhello"',
    { name: "nph-x.sh" },
  ],
  ["the URL leads to a folder", "folder-without-index", page, { target: "/cgi-bin" }],
  ["there is no such script", "file-not-found", page, { target: "/cgi-bin/nothing.sh" }],
  ["it sleeps longer than the server waits", "timeout", "exec sleep 1000"],
];

describe("failures from the field", () => {
  test.each(cases)("%s: %s", async (_cause, rule, script, { mode, name = "x.sh", target } = {}) => {
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

  test.each([
    ["page.phtml", "source-sent"],
    ["page.shtml", "source-sent"],
    ["page.phps", undefined],
    ["page.html", undefined],
  ])("a static file %s: %s", async (name, rule) => {
    await using gateway = await startGateway();
    gateway.file(name, "<p>\n");
    await gateway.get(`/${name}`);
    const [trace] = await gateway.ended(1);
    expect(trace?.findings[0]?.rule).toBe(rule);
  });

  test("one log message of a server, and its different causes", async () => {
    await using gateway = await startGateway();
    const answers: (readonly [file: string, script: string, executable: boolean, rule: string])[] = [
      ["a.cgi", page, false, "not-executable"],
      ["b.cgi", page.replaceAll("\n", "\r\n"), true, "shebang-carriage-return"],
      ["c.cgi", page.replace("/bin/sh", "/nowhere/sh"), true, "interpreter-missing"],
      ["d.cgi", "echo\n", true, "no-shebang"],
      ["e.cgi", page.replace("/bin/sh", "/usr/bin/env nothing-like-this"), true, "interpreter-missing"],
      ["f.cgi", page.replace("/bin/sh", "/usr/bin/env sh").replace("\n", "\r\n"), true, "shebang-carriage-return"],
      // other systems split the words
      ...(process.platform === "linux"
        ? [["g.cgi", page.replace("/bin/sh", "/usr/bin/env sh -e"), true, "interpreter-missing"] as const]
        : []),
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
