// Headers that come later than other output: they waited in a buffer, or something stands before them in their line.
import { describe, expect, test } from "vitest";
import { caseFindings } from "../../support/case-findings.js";
import { findProgram } from "../../support/run/find-program.mjs";

const python = (code: string): string => `#!/usr/bin/env python3\n${code}\n`;
const png = String.raw`b"\x89PNG\r\n\x1a\n" + bytes(range(14, 60)) * 2000`;

const buffered: [what: string, needs: string, name: string, source: string][] = [
  [
    "a picture past the buffer",
    "python3",
    "x.py",
    python(`import sys\nprint("Content-Type: image/png\\n")\nsys.stdout.buffer.write(${png})`),
  ],
  [
    "bytes by os.write",
    "python3",
    "x.py",
    python('import os\nprint("Content-Type: text/plain\\n")\nos.write(1, bytes([65, 32, 67]))'),
  ],
  [
    "a program of subprocess",
    "python3",
    "x.py",
    python('import subprocess\nprint("Content-Type: text/plain\\n")\nsubprocess.run(["date"])'),
  ],
  [
    "a program of os.system",
    "python3",
    "x.py",
    python('import os\nprint("Status: 200 OK\\nContent-Type: text/plain\\n")\nos.system("echo a; echo b")'),
  ],
  [
    "a program of system",
    "cc",
    "x.c",
    '#include <stdio.h>\n#include <stdlib.h>\nint main(void) { printf("Content-Type: text/plain\\n\\nToday:\\n"); return system("echo Monday") != 0; }\n',
  ],
];
describe("headers that waited in a buffer", () => {
  for (const [what, needs, name, source] of buffered)
    test.skipIf(findProgram(needs) === null)(`${what} (needs ${needs})`, async () => {
      const [first] = await caseFindings(name, source);
      expect(first).toMatchObject({ rule: "text-before-header", title: "The headers waited in a buffer" });
      expect(first?.detail).toContain("lush");
    });
});

const inLine: [what: string, name: string, source: string, text: string][] = [
  ["a greeting", "x.sh", "#!/bin/sh\nprintf 'Hello '\nprintf 'Content-Type: text/plain\\n\\nworld\\n'\n", "“Hello ”"],
  [
    "a status",
    "x.sh",
    "#!/bin/sh\nprintf 'ok 'Status: 404 Nope\\nContent-Type: text/plain\\n\\nno'".replace("'Status", "Status"),
    "“ok ”",
  ],
  ["a redirect", "x.sh", "#!/bin/sh\nprintf 'moved;'; printf 'Location: http://a.test/\\n\\n'\n", "“moved;”"],
];
describe("text before a header in its line", () => {
  test.each(inLine)("%s", async (_what, name, source, text) => {
    const [first] = await caseFindings(name, source);
    expect(first).toMatchObject({ rule: "text-before-header", fixes: [] });
    expect(first?.detail).toContain(`${text} stands before the header in its line`);
  });

  test.skipIf(findProgram("python3") === null)("the question of input() (needs python3)", async () => {
    const source = python('name = input("Your name? ")\nprint("Content-Type: text/plain\\n")\nprint("Hello", name)');
    const [first] = await caseFindings("x.py", source, { body: "Ada" });
    expect(first?.detail).toContain("`input()`");
  });
});

const onPurpose: [what: string, name: string, source: string][] = [
  [
    "a message",
    "x.py",
    python('print("debug here")\nprint("Content-Type: text/plain\\n")\nimport os; os.system("true")'),
  ],
  [
    "a program before",
    "x.py",
    python('import subprocess\nsubprocess.run(["date"])\nprint("Content-Type: text/plain\\n")'),
  ],
  [
    "a message with a value",
    "x.py",
    python('import subprocess\nprint(f"user={1}")\nprint("Content-Type: text/plain\\n")\nsubprocess.run(["true"])'),
  ],
  [
    "a message of a module, with a flush before the program",
    "x.py",
    python(
      'import os, sys\nos.write(1, bytes([65, 10]))\nprint("Content-Type: text/plain\\n", flush=True)\nos.system("true")',
    ),
  ],
  ["a program, in a shell", "x.sh", "#!/bin/sh\ndate\nprintf 'Content-Type: text/plain\\n\\n'\n"],
];
test.each(onPurpose)("%s that the script printed first keeps its finding", async (_what, name, source) => {
  const [first] = await caseFindings(name, source);
  expect(first).toMatchObject({
    rule: "text-before-header",
    title: "Something was printed before the headers",
    fixes: [],
  });
});

test.each([
  ["Backup done.\\nFile location: /var/backups/x.tar\\n\\nBye\\n"],
  ["Backup done.\\nwith HTTP status: 404\\n\\nTry again\\n"],
  ["Done. Status: 200\\n\\nBye\\n"],
  ["Our shop\\nLocation: http://a.test/ in the cellar\\nOpen at 8\\n\\nBye\\n"],
  ["Log\\nstatus: 200\\nstatus: 404\\n"],
])("a text that speaks of a status or a location has no headers: %s", async (text) => {
  const [first] = await caseFindings("x.sh", `#!/bin/sh\nprintf '${text}'\n`);
  expect(first).toMatchObject({ rule: "header-missing", fixes: ["add-content-type"] });
});

test("a page that shows a header has no headers", async () => {
  const [first] = await caseFindings(
    "x.sh",
    "#!/bin/sh\nprintf 'Write <b>Content-Type: text/html\\n\\n</b> first.\\n'\n",
  );
  expect(first?.rule).toBe("header-missing");
});

test("a header that follows text without a blank is one of another name", async () => {
  const [first] = await caseFindings(
    "x.sh",
    "#!/bin/sh\nprintf 'picture'; printf 'Content-Type: text/plain\\n\\nx\\n'\n",
  );
  expect(first).toMatchObject({ rule: "cgi-field-missing", fixes: [] });
  expect(first?.detail).toContain("“picture” stands before the header in its line");
});
