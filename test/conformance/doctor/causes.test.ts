// What the doctor says of programs that print the cause of a failure among its
// consequences, and of healthy ones that look ill.
import { describe, expect, test } from "vitest";
import type { Finding } from "../../../server/contract/trace.js";
import { startGateway } from "../../support/gateway.js";
import { findProgram } from "../../support/run/find-program.mjs";
import { compile } from "../../support/temp-workspace.js";

const header = "Content-Type: text/html; charset=utf-8";
const perl = (code: string): string => `#!/usr/bin/env perl\nprint "${header}\\n\\n<p>page\\n"; ${code}\n`;
const shell = (code: string): string => `#!/bin/sh\nprintf '${header}\\n\\n<p>page\\n'\n${code}\n`;

/**
 * Beside the script lies `bad.pl`, which no Perl of today can read, and the
 * recording of an Octave that is not installed.
 */
async function findingsOf(name: string, script: string): Promise<readonly Finding[]> {
  await using gateway = await startGateway();
  gateway.file("cgi-bin/bad.pl", "$* = 1;\n1;\n");
  gateway.file(
    "octave-cli",
    "#!/bin/sh\nprintf \"error: 'prices' undefined\\nerror: called from\\n    x at line 2\\n\" >&2\nexit 1\n",
  );
  gateway.folder.makeExecutable("octave-cli");
  gateway.file("mailer", "#!/bin/sh\ncat > /no/such/folder/out\n");
  gateway.folder.makeExecutable("mailer");
  gateway.file(`cgi-bin/${name}`, script.replace("{folder}", gateway.folder.path));
  if (!name.endsWith(".gif")) gateway.folder.makeExecutable(`cgi-bin/${name}`);
  await gateway.get(`/cgi-bin/${name}`);
  return (await gateway.ended(1))[0]?.findings ?? [];
}

const healthy: [what: string, needs: string, name: string, script: string][] = [
  ["grep that finds nothing at the end of a page", "sh", "x.cgi", shell("grep -q pattern /dev/null")],
  [
    "an error page with an exit code",
    "sh",
    "x.cgi",
    "#!/bin/sh\nprintf 'Status: 404 Not Found\\nContent-Type: text/html; charset=utf-8\\n\\nno\\n'; exit 1",
  ],
  ["a warning, and an exit code of another reason", "perl", "x.cgi", perl('warn "cache is cold"; exit 1;')],
  [
    "an uninitialized value, and an exit code",
    "perl",
    "x.cgi",
    perl('use warnings; my $x; print STDERR "" . $x; exit 2;'),
  ],
  ["a relative Location", "sh", "x.cgi", "#!/bin/sh\nprintf 'Location: next.cgi\\n\\n'"],
  [
    "Pragma beside Cache-Control",
    "sh",
    "x.cgi",
    `#!/bin/sh\nprintf '${header}\\nCache-Control: max-age=60\\nPragma: no-cache\\n\\npage'`,
  ],
];
describe("healthy", () => {
  for (const [what, needs, name, script] of healthy)
    test.skipIf(findProgram(needs) === null)(`${what}: no more than a hint (needs ${needs})`, async () => {
      expect((await findingsOf(name, script)).filter(({ severity }) => severity !== "hint")).toEqual([]);
    });

  test.each([
    ["an empty body", `#!/bin/sh\nprintf '${header}\\n\\n'; exit 1`],
    ["a body shorter than its Content-Length", `#!/bin/sh\nprintf '${header}\\nContent-Length: 9\\n\\nbody'; exit 1`],
  ])("but with %s the exit code is a warning", async (_what, script) => {
    expect(await findingsOf("x.sh", script)).toContainEqual(
      expect.objectContaining({ rule: "ended-badly", severity: "warning" }),
    );
  });
});

test.each([
  ["sh", "shell-error", shell('echo "/srv/x.sh: line 3: broken" >&2; exit 1')],
  ["perl", "perl-error", perl('die "no list";')],
  ["tclsh", "tcl-error", `#!/usr/bin/env tclsh\nputs "${header}\\n\\n<p>page"\nerror broken\n`],
  ["node", "javascript-error", `#!/usr/bin/env node\nconsole.log("${header}\\n\\n<p>page");\nthrow new Error("no");\n`],
])("an error of %s that ended a page is one finding", async (needs, rule, script) => {
  if (findProgram(needs) !== null) expect((await findingsOf("x.cgi", script)).map((one) => one.rule)).toEqual([rule]);
});

test.skipIf(findProgram("python3") === null)(
  "a crash after the header is an error, although the client got 200 (needs python3)",
  async () => {
    const script =
      '#!/usr/bin/env python3\nprint("Content-Type: text/plain; charset=utf-8\\n\\nfirst half", flush=True)\nnext_half()\n';
    const [first] = await findingsOf("x.cgi", script);
    expect(first).toMatchObject({ rule: "python-error", severity: "error", line: 3 });
  },
);

const failing: [
  what: string,
  needs: string,
  rule: string,
  says: string,
  line: number | null,
  name: string,
  script: string,
][] = [
  [
    "confess",
    "perl",
    "perl-error",
    "cannot read the price list",
    2,
    "x.cgi",
    '#!/usr/bin/env perl\nuse Carp "confess"; sub load { confess "cannot read the price list" } sub main { load() } main();\n',
  ],
  [
    "an error in a required file",
    "perl",
    "perl-error",
    "no longer supported",
    null,
    "x.cgi",
    '#!/usr/bin/env perl\nrequire "./bad.pl";\n',
  ],
  [
    "CGI::Carp's log line",
    "perl",
    "perl-error",
    "cannot open the list",
    2,
    "x.cgi",
    '#!/usr/bin/env perl\nprint STDERR "[Sat Nov 21 08:51:28 2026] x.cgi: cannot open the list at $0 line 2.\\n"; exit 2;\n',
  ],
  [
    "a call of what is not defined",
    "perl",
    "perl-error",
    "&main::price",
    2,
    "x.cgi",
    "#!/usr/bin/env perl\nprice();\n",
  ],
  [
    "die after a line was read",
    "perl",
    "perl-error",
    "no price list",
    3,
    "x.cgi",
    '#!/usr/bin/env perl\nopen my $list, "<", $0; my $line = <$list>;\ndie "no price list";\n',
  ],
  [
    "an error below two calls",
    "ruby",
    "ruby-error",
    "divided by 0",
    2,
    "x.cgi",
    "#!/usr/bin/env ruby\ndef price(n) = 1 / n\n\ndef page = price(0)\n\npage\n",
  ],
  [
    "an exception that wsgiref turns into the status 500",
    "python3",
    "python-error",
    "ValueError: no list",
    4,
    "x.cgi",
    '#!/usr/bin/env python3\nfrom wsgiref.handlers import CGIHandler\ndef application(environ, start_response):\n    raise ValueError("no list")\nCGIHandler().run(application)\n',
  ],
  [
    "a mailer that ends early",
    "perl",
    "pipe-closed",
    "SIGPIPE",
    null,
    "x.cgi",
    '#!/usr/bin/env perl\nopen(M, "|{folder}/mailer -t"); print M "x" x 200000; close M;\n',
  ],
  [
    "cgitb's page",
    "python3",
    "python-error",
    "ZeroDivisionError: division by zero",
    3,
    "x.cgi",
    "#!/usr/bin/env python3\nimport sys\nprint(\"Content-Type: text/html\\n\\n<!-- The above is a description of an error in a Python program, formatted\\n     for a web browser because the 'cgitb' module was enabled.\\n\\nTraceback (most recent call last):\\n  File &quot;x.cgi&quot;, line 3, in &lt;module&gt;\\n    1/0\\nZeroDivisionError: division by zero\\n\\n-->\")\nsys.exit(1)\n".replace(
      /&quot;/g,
      '\\"',
    ),
  ],
  [
    "a program that Python does not find",
    "python3",
    "command-not-found",
    "nothing-like-this",
    3,
    "x.cgi",
    '#!/usr/bin/env python3\nimport subprocess\nsubprocess.run(["nothing-like-this", "a.png"])\n',
  ],
  ["Octave", "sh", "octave-error", "'prices' undefined", null, "x.cgi", "#!{folder}/octave-cli\nprices(1)\n"],
  ["a picture among scripts", "sh", "data-among-scripts", "no script", null, "logo.gif", "GIF89a\0\0"],
];
for (const [what, needs, rule, says, line, name, script] of failing)
  test.skipIf(findProgram(needs) === null)(`${what}: the cause is named (needs ${needs})`, async () => {
    const [first] = await findingsOf(name, script);
    expect(first).toMatchObject({ rule, ...(line === null ? {} : { line }), fixes: [] });
    expect(first?.detail).toContain(says);
  });

describe("a variable that is set only for other requests", () => {
  test.each([
    ["CONTENT_LENGTH", "with a body"],
    ["HTTP_REFERER", "with the header Referer"],
    ["PATH_INFO", "continues after the script"],
    ["REMOTE_USER", "after a sign-in"],
  ])("%s under set -u", async (name, says) => {
    const [first] = await findingsOf("x.sh", `#!/bin/sh\nset -u\necho "$${name}"\n`);
    expect(first).toMatchObject({ rule: "variable-unset-for-request", severity: "error" });
    expect(first?.title).toContain(`${name} is not set for this GET`);
    expect(first?.detail).toContain(says);
  });

  test("one of a terminal is another matter", async () => {
    const [first] = await findingsOf("x.sh", '#!/bin/sh\nset -u\necho "$SHOP_HOME"\n');
    expect(first?.rule).toBe("variable-not-set");
  });

  test.skipIf(findProgram("cc") === null)("a compiled program that crashes over it (needs a C compiler)", async () => {
    await using gateway = await startGateway();
    gateway.file(
      "form.c",
      '#include <stdio.h>\n#include <stdlib.h>\nint main(void) { printf("Content-Type: text/plain\\n\\n%d", atoi(getenv("CONTENT_LENGTH"))); }\n',
    );
    gateway.folder.makeFolder("cgi-bin");
    compile(gateway.folder, "form.c", "cgi-bin/form");
    await gateway.get("/cgi-bin/form");
    const [trace] = await gateway.ended(1);
    expect(trace?.findings).toMatchObject([
      { rule: "crashed-before-output", severity: "error" },
      {
        rule: "variable-unset-for-request",
        severity: "warning",
        evidence: [
          { kind: "variable", name: "CONTENT_LENGTH", value: null },
          { kind: "process", signal: "SIGSEGV" },
        ],
      },
    ]);
  });
});
