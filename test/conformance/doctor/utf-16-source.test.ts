// Scripts that are saved as UTF-16, with and without a mark, in both orders: one finding that says so.
import { expect, test } from "vitest";
import { caseFindings } from "../../support/case-findings.js";
import { findProgram } from "../../support/run/find-program.mjs";

const little = (text: string): Buffer => Buffer.from(text, "utf16le");
const big = (text: string): Buffer => little(text).swap16();
const page = "Content-Type: text/plain; charset=utf-8\\n\\nhello\\n";
const shell = `#!/bin/sh\nprintf '${page}'\n`;

const scripts: [what: string, needs: string, name: string, source: Buffer][] = [
  ["big-endian with a mark, started by the system", "sh", "x.cgi", big(`\ufeff${shell}`)],
  [
    "little-endian with a mark, started by the system",
    "sh",
    "x.cgi",
    little(`\ufeff${shell.replaceAll("\n", "\r\n")}`),
  ],
  ["little-endian without a mark, with a handler", "sh", "x.sh", little(shell)],
  ["big-endian without a mark, with a handler", "python3", "x.py", big(`#!/usr/bin/env python3\nprint("${page}")\n`)],
  ["no first line, with a mark", "perl", "x.pl", little(`\ufeffprint "${page}";\n`)],
];
for (const [what, needs, name, source] of scripts)
  test.skipIf(findProgram(needs) === null)(`${what} (needs ${needs})`, async () => {
    const findings = await caseFindings(name, source);
    expect(findings.filter(({ severity }) => severity !== "hint")).toMatchObject([
      { rule: "utf-16-source", fixes: ["convert-to-utf-8"] },
    ]);
  });

test("a script that only prints NUL bytes is none", async () => {
  const source = "#!/bin/sh\nprintf 'Content-Type: application/octet-stream\\n\\n\\377\\376a\\000'\n";
  expect(await caseFindings("x.sh", source)).toEqual([]);
});

test.each([
  ["a table", "prices.csv", "\ufeffname;price\r\n"],
  ["notes", "notes", "\ufeffBuy milk\r\n"],
  ["settings", "shop.reg", "\ufeffWindows Registry Editor\r\n"],
])("%s in UTF-16 among scripts is no script, and is not converted", async (_what, name, text) => {
  expect(await caseFindings(name, little(text))).toMatchObject([{ rule: "data-among-scripts", fixes: [] }]);
});
