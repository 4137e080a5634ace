// A page's bytes in another encoding come from a file beside the script: that file is named, and its
// conversion is offered, not the script's.
import { expect, test } from "vitest";
import { caseFindings } from "../../support/case-findings.js";

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");
const head = "#!/bin/sh\nprintf 'Content-Type: text/html; charset=utf-8\\n\\n'\n";

test.each([
  ["a template, in a mixed page", `${head}echo '<p>Köln'\ncat tmpl/danke.html\n`, "tmpl/danke.html", "encodings-mixed"],
  ["a template", `${head}cat tmpl/danke.html\n`, "tmpl/danke.html", "not-utf-8"],
  ["a library", `${head}. ./words.sh\necho "<p>$name"\n`, "words.sh", "not-utf-8"],
  ["a list", `${head}sed 's/^/<li>/' list.txt\n`, "list.txt", "not-utf-8"],
])("%s", async (_what, script, name, rule) => {
  const content = latin1(name.endsWith(".sh") ? "# names\nname=Jürgen\n" : "<p>\nMüller\n");
  const [first] = await caseFindings("x.sh", script, { beside: { [`cgi-bin/${name}`]: content } });
  expect(first).toMatchObject({ rule, fixes: ["convert-to-utf-8"], evidence: [{ kind: "file", line: 2 }] });
  expect(first?.detail).toContain(`\`${name}\`, line 2`);
});

test.each([
  ["the script's own", latin1(`${head}echo '<p>Müller'\n`), { "cgi-bin/other.txt": latin1("Müller") }],
  ["in two files", `${head}cat a.txt\n`, { "cgi-bin/a.txt": latin1("Müller\n"), "cgi-bin/b.txt": latin1("Müller\n") }],
  ["one letter", `${head}printf '<b>\\374</b>'\n`, { "cgi-bin/a.txt": latin1("Möller, Grüße\n") }],
  ["in a picture", `${head}printf 'M\\374ller'\n`, { "cgi-bin/a.png": latin1("\0\0Müller\n") }],
  ["written by an escape", `${head}printf 'M\\374ller'\n`, { "cgi-bin/a.txt": latin1("Müller\n") }],
  [
    "perhaps in a large file",
    `${head}cat a.txt\n`,
    { "cgi-bin/a.txt": latin1("Müller\n"), "cgi-bin/b.txt": Buffer.alloc(300 << 10, 97) },
  ],
  ["in no file", `${head}printf 'M\\374ller'\n`, { "cgi-bin/a.txt": latin1("Möller\n") }],
])("bytes that are %s are not another file's", async (_what, script, beside) => {
  const [first] = await caseFindings("x.sh", script, { beside });
  expect(first).toMatchObject({ rule: "not-utf-8", fixes: ["convert-to-utf-8", "declare-latin-1"] });
  expect(first?.detail).not.toContain("The same bytes");
});
