// Headers that came too late: behind the blank line, or in one line with two characters in place of a line end.
import { describe, expect, test } from "vitest";
import { caseFindings } from "../../support/case-findings.js";
import { findProgram } from "../../support/run/find-program.mjs";

const python = (code: string): string => `#!/usr/bin/env python3\n${code}\n`;
const perl = (code: string): string => `#!/usr/bin/env perl\n${code}\n`;
const shell = (code: string): string => `#!/bin/sh\n${code}\n`;
const type = "Content-Type: text/html; charset=utf-8";

type Case = readonly [what: string, needs: string, source: string, named: string];
const behind: readonly Case[] = [
  ["a cookie", "python3", python(`print("${type}\\n")\nprint("Set-Cookie: id=1; Path=/\\n\\n<p>in")`), "Set-Cookie"],
  [
    "a redirect of Perl",
    "perl",
    perl(`print "${type}\\n\\n"; print "Location: http://a.test/done\\n\\n";`),
    "Location",
  ],
  ["a status", "sh", shell(`printf '${type}\\n\\nStatus: 404 Not Found\\n\\n<p>no'`), "Status"],
  [
    "two of them, with carriage returns",
    "sh",
    shell(`printf '${type}\\r\\n\\r\\nSet-Cookie: a=1\\r\\nX-A: b\\r\\n\\r\\nx'`),
    "Set-Cookie",
  ],
  ["a second type", "sh", shell(`printf '${type}\\n\\nContent-Type: text/html\\n\\n<p>x'`), "Content-Type"],
];
describe("headers behind the blank line", () => {
  for (const [what, needs, source, named] of behind)
    test.skipIf(findProgram(needs) === null)(`${what} (needs ${needs})`, async () => {
      const found = (await caseFindings("x.cgi", source)).filter(({ severity }) => severity !== "hint");
      expect(found).toMatchObject([{ rule: "headers-in-body", severity: "warning" }]);
      expect(found[0]?.detail).toContain(named);
    });

  test.each([
    ["a letter", "Location: Berlin\\nDear Ada,\\n\\nit rains"],
    ["a note", "Note: read this\\n\\nfirst"],
    ["a status in words", "Status: all is well\\n\\nBye"],
    ["a header with no blank line", "Set-Cookie: id=1\\nand more"],
  ])("%s has none", async (_what, body) => {
    const plain = type.replace("html", "plain");
    expect(await caseFindings("x.cgi", shell(`printf '${plain}\\n\\n${body}'`))).toEqual([]);
  });
});

const escaped: readonly Case[] = [
  ["bash's echo", "bash", `#!/usr/bin/env bash\necho "${type}\\n\\n<p>x"\n`, "\\n"],
  ["Perl's single quotes", "perl", perl(`print '${type}\\n\\n'; print "<p>x\\n";`), "\\n"],
  ["a raw string", "python3", python(`print(r"${type}\\n\\n")\nprint("<p>x")`), "\\n"],
  ["both characters", "bash", `#!/usr/bin/env bash\necho '${type}\\r\\n\\r\\n'\necho x\n`, "\\r\\n"],
];
describe("a backslash and an n for a line end", () => {
  for (const [what, needs, source, written] of escaped)
    test.skipIf(findProgram(needs) === null)(`${what} (needs ${needs})`, async () => {
      const [first, ...others] = await caseFindings("x.cgi", source);
      expect([first?.rule, others]).toEqual(["line-end-escaped", []]);
      expect(first?.detail).toContain(written);
    });

  test("a file name with a backslash has none", async () => {
    const named = `Content-Disposition: attachment; filename="a\\\\nb.txt"`;
    expect(await caseFindings("x.cgi", shell(`printf '${type}\\n${named}\\n\\nx'`))).toEqual([]);
  });
});

test("a blank line that comes first is one finding", async () => {
  const found = await caseFindings("x.cgi", shell("printf '\\nUnknown terminal\\n'"));
  expect(found.map(({ rule }) => rule)).toEqual(["empty-line-first"]);
});
