// Causes that the trace or the environment shows, and the error alone does not.
import { describe, expect, test } from "vitest";
import { wordsOf } from "../../../server/contract/message.js";
import { caseFindings } from "../../support/case-findings.js";
import { findProgram } from "../../support/run/find-program.mjs";

const header = "Content-Type: text/plain; charset=utf-8";

describe.skipIf(findProgram("ruby") === null)("Ruby (needs ruby)", () => {
  const ruby = (code: string): string => `#!/usr/bin/env ruby\n${code}\n`;
  const names = { "cgi-bin/names.txt": "Zoë,Łukasz\n" };

  test.each([
    ["split", 'File.read("names.txt").split(/,/)'],
    ["a match", 'File.readlines("names.txt").first =~ /x/'],
    ["two strings", '"Jürgen " + File.read("names.txt") + "\\u0141".encode("UTF-8")'],
  ])("text without a locale: %s", async (_what, code) => {
    const [first] = await caseFindings("x.rb", ruby(`print "${header}\\n\\n"\nputs ${code}`), { beside: names });
    expect(first).toMatchObject({ rule: "unicode-decode-error", fixes: ["set-encoding-environment"] });
    expect(first?.detail).toContain("`LANG`");
  });

  test("a body in bytes is not the locale's", async () => {
    const [first] = await caseFindings("x.rb", ruby('puts "Grüße " + "\\xFC".b'));
    expect(first?.rule).toBe("ruby-error");
  });

  test("with a locale the error is the file's", async () => {
    const beside = { "cgi-bin/names.txt": Buffer.from("Zo\xeb,Ada", "latin1") };
    const config = { variables: { LANG: "C.UTF-8" } };
    const [first] = await caseFindings("x.rb", ruby('File.read("names.txt").split(/,/)'), { beside, config });
    expect(first?.rule).toBe("ruby-error");
  });

  const removed = "class CGI\n  def self.escapeHTML(text) = text\nend\n";
  test.each([
    ["params", "puts CGI.new.params"],
    ["header", "print CGI.new.header"],
    ["a cookie", 'CGI::Cookie.new("a", "b")'],
  ])("the cgi library of Ruby 4.0: %s", async (_what, code) => {
    const [first] = await caseFindings("x.rb", ruby(`$LOAD_PATH.unshift "#{__dir__}/ruby4"\nrequire "cgi"\n${code}`), {
      beside: { "cgi-bin/ruby4/cgi.rb": removed },
    });
    expect(first).toMatchObject({ rule: "cgi-module-removed", fixes: [] });
  });
});

describe.skipIf(findProgram("php-cgi") === null)("PHP's post_max_size (needs php-cgi)", () => {
  const source = `<?php header('${header}'); print count($_POST);`;
  const form = (bytes: number): { body: string; headers: string[] } => ({
    body: `a=${"x".repeat(bytes)}`,
    headers: ["Content-Type: application/x-www-form-urlencoded"],
  });

  test.each([8_500_000, 12_000_000])("a form of %d bytes", async (bytes) => {
    const findings = await caseFindings("x.php", source, form(bytes));
    expect(findings.map(({ rule }) => rule)).toContain("post-limit-exceeded");
    expect(findings.map(({ rule }) => rule)).not.toContain("stderr-elsewhere");
    for (const told of [`${bytes + 2} bytes`, "8388608"]) expect(findings[0]?.detail).toContain(told);
  });

  test("a form of a million bytes", async () => {
    expect((await caseFindings("x.php", source, form(1_000_000))).map(({ rule }) => rule)).not.toContain(
      "post-limit-exceeded",
    );
  });
});

describe("process.exit behind a write", () => {
  const node = (code: string): string => `#!/usr/bin/env node\nconst text = "a line\\n".repeat(60000);\n${code}\n`;
  const write = `process.stdout.write("${header}\\n\\n" + text`;

  test.each([
    ["at once", `${write});\nprocess.exit(0);`],
    ["by console.log", `console.log("${header}\\n\\n" + text);\nprocess.exit();`],
    ["in a function", `${write});\nfunction end() { process.exit(0); }\nend();`],
  ])("%s", async (_what, code) => {
    expect((await caseFindings("x.js", node(code)))[0]).toMatchObject({
      rule: "output-cut-by-exit",
      severity: "warning",
    });
  });

  test("with a length: no header is removed", async () => {
    const code = `process.stdout.write("Content-Length: " + text.length + "\\n${header}\\n\\n" + text);\nprocess.exit(0);`;
    const findings = await caseFindings("x.js", node(code));
    expect(findings[0]).toMatchObject({ rule: "output-cut-by-exit", severity: "error", fixes: [] });
    expect(findings.map(({ rule }) => rule)).not.toContain("content-length-large");
  });

  test("another exit above the write is not named", async () => {
    const code = `if (!text) {\n  console.log("none");\n  process.exit(1);\n}\n${write});\nprocess.exit(0);`;
    const [first] = await caseFindings("x.js", node(code));
    expect(first?.rule).toBe("output-cut-by-exit");
    expect(first?.detail).toContain("on line 8 ");
  });

  test.each([
    ["in its callback", `${write}, () => process.exit(0));`],
    ["by its code", `${write});\nprocess.exitCode = 0;`],
  ])("%s it cuts nothing", async (_what, code) => {
    expect(await caseFindings("x.js", node(code))).toEqual([]);
  });

  const head = `${header}\\n\\n`;
  const whole = `process.stdout.write("${head}" + "x".repeat(${2 * 65_536 - header.length - 2})`;
  test.each([
    ["in the callback of a write", `${whole}, function () {\n  const code = 0;\n  process.exit(code);\n});`],
    ["in a callback with a name", `const end = () => process.exit(0);\n${whole}, end);`],
    ["for a signal", `${whole});\nprocess.on("SIGTERM", () => {\n  process.exit(1);\n});`],
    ["for an error", `async function main() {\n  ${whole});\n}\nmain().catch(() => process.exit(1));`],
    ["above the last write", `if (!text) {\n  console.log("none");\n  process.exit(1);\n}\n${whole});`],
  ])("an exit %s cuts no page that is as long as two pipes", async (_what, code) => {
    expect(await caseFindings("x.js", node(code))).toEqual([]);
  });

  test.each([
    ["once a promise is kept", `async function main() {\n  ${write});\n}\nmain().then(() => process.exit(0));`],
    ["behind a list", `${write});\n[1].map((one) => one + 1);\nprocess.exit(0);`],
  ])("an exit %s does", async (_what, code) => {
    expect((await caseFindings("x.js", node(code)))[0]?.rule).toBe("output-cut-by-exit");
  });
});

describe("a script that is stopped", () => {
  const config = { limits: { silenceMs: 2500 } };
  test.each([
    ["computes", "while :; do :; done", true],
    ["waits", "exec sleep 60", false],
  ])("it %s", async (_what, code, computes) => {
    const [first] = await caseFindings("x.sh", `#!/bin/sh\nprintf '${header}\\n\\n'\n${code}\n`, { config });
    expect(first?.rule).toBe("timeout");
    expect(wordsOf(first?.detail)?.includes("It computed for")).toBe(computes);
  });
});

describe("a relative path that leads somewhere from the folder above", () => {
  test.each([
    ["one above", "data/names.txt", "../data/names.txt"],
    ["another name", "list", "../list"],
  ])("%s", async (_what, path, right) => {
    const python = `#!/usr/bin/env python3\nprint(open("${path}").read())\n`;
    const [first] = await caseFindings("x.py", python, { beside: { [path]: "Ada\n" } });
    expect(first?.detail).toContain(`\`${right}\``);
    expect(first?.detail).toContain("__file__");
  });

  test("nowhere", async () => {
    const [first] = await caseFindings("x.py", '#!/usr/bin/env python3\nprint(open("no.txt").read())\n');
    expect(first?.detail).not.toContain("folder above");
  });
});
