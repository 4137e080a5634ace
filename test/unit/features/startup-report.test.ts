// Where a cold start goes: from what interpreters report, and from real scripts.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import type { StartupReport } from "../../../server/contract/command-output.js";
import { scriptAt } from "../../../server/features/bench/run-bench.js";
import { runStartup } from "../../../server/features/startup/run-startup.js";
import { reportOf } from "../../../server/features/startup/startup-report.js";
import { coded } from "../../support/coded.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

/** As an interpreter writes it. */
const block = (...imports: readonly (readonly [name: string, ms: number])[]): string =>
  [
    "import time: self [us] | cumulative | imported package\n",
    ...imports.map(([name, ms]) => `import time: ${1000 * ms} | ${1000 * ms} | ${name}\n`),
  ].join("");
const report = (stderr: string, change: Partial<Parameters<typeof reportOf>[0]> = {}): StartupReport =>
  reportOf({
    ...{ target: "/x", language: "python", totalMs: 100, interpreterMs: 20, stderr, source: "", isOwn: () => false },
    ...{ preloaded: [], isOff: false },
    ...change,
  });
const names = ({ imports }: StartupReport) => imports.map(({ name }) => name);

test("an import that took longer than the cold starts is reduced with the parts, in the list and the advice, too", () => {
  const { imports, importsMs, interpreterMs, scriptMs, totalMs } = report(block(["site", 9], ["sqlite3", 180]));
  expect([interpreterMs, importsMs, scriptMs, totalMs]).toEqual([10, 90, 0, 100]);
  expect(imports).toMatchObject([{ name: "sqlite3", totalMs: 90, selfMs: 90 }]);
  expect(imports[0]?.advice).toEqual(coded("preload-or-lazy", { name: "sqlite3", percent: 90 }));
});

test("the imports of another Python that the script starts are not the script's, and a remark says so", () => {
  const own = report(block(["site", 9], ["sqlite3", 12]));
  const both = report(`${block(["site", 9], ["sqlite3", 12])}warning\n${block(["site", 9], ["csv", 30])}`);
  expect(both).toMatchObject({ imports: own.imports, importsMs: 12 });
  expect(both.remarks).toEqual([coded("another-interpreter")]);
  expect(own.remarks).toEqual([]);
});

test("the imports are those of the Python that a script executes in its place", () => {
  const [first, second] = [block(["site", 9]), block(["site", 9], ["sqlite3", 12])];
  const source = 'if "VENV" not in os.environ: os.execle(python, python, __file__, environment)\n';
  expect(report(`${first}${second}`, { source })).toMatchObject({ importsMs: 12, remarks: [] });
  const third = report(`${first}${second}${second}`, { source });
  expect(third).toMatchObject({ importsMs: 12, remarks: [coded("another-interpreter")] });
  const started = report(`${first}${second}`, { source: 'os.system("python3 report.py")' });
  expect(started).toMatchObject({ importsMs: 0, remarks: [coded("another-interpreter")] });
});

test("what is preloaded already is not advised, nor a package of which a module is; the report has the list", () => {
  const preloaded = ["sqlite3", "email.message"];
  const { imports, ...found } = report(block(["sqlite3", 20], ["email", 20], ["decimal", 20]), { preloaded });
  expect(imports.map(({ name, advice }) => [name, advice?.code])).toEqual([
    ["sqlite3", undefined],
    ["email", undefined],
    ["decimal", "preload-or-lazy"],
  ]);
  expect(found.preloaded).toEqual(preloaded);
});

test("Python: prefork loads what is imported at the top by itself, up to the first module of the script's own", () => {
  const found = (source: string, isOff = false) =>
    report(block(["csv", 20], ["email", 20], ["shop", 20], ["wave", 20]), {
      ...{ source, isOff, isOwn: (name) => name === "shop" },
    }).imports.flatMap(({ name, isPreloaded }) => (isPreloaded ? [name] : []));
  const top =
    '#!/usr/bin/python3\n# About\n"""import wave\n"""\nimport os, csv as c # wave\nfrom email.message import (\n  A, # B\n  B)';
  expect(found(`${top}\nimport wave\n`)).toEqual(["csv", "email", "wave"]);
  expect(found(`${top}; import wave\nimport shop\n`)).toEqual(["csv", "email", "wave"]);
  expect(found(`${top}\nfrom shop import x\nimport wave\n`)).toEqual(["csv", "email"]);
  expect(found(`${top}; print(1)\nimport wave\n`)).toEqual(["csv", "email"]);
  expect(found(`${top}\nimport wave\n`, true)).toEqual([]);
});

test("Perl: prefork has compiled the script, so what a `use` line loads is not worth preloading", () => {
  const source = "use CGI;\nuse Shop;\nsub late { require JSON; }\n";
  const { imports } = report(block(["CGI", 30], ["Shop", 20], ["JSON", 20]), {
    ...{ language: "perl", source, isOwn: (name) => name === "Shop" },
  });
  expect(imports.map(({ name, advice }) => [name, advice?.code])).toEqual([
    ["CGI", undefined],
    ["Shop", "own-module"],
    ["JSON", "preload-or-lazy"],
  ]);
});

const python = `#!/usr/bin/env python3
import colorsys, subprocess, sys
subprocess.run([sys.executable, "-c", "import csv"])
import wave
print("Content-Type: text/plain\\n\\nhello")
`;
const perl = `#!/usr/bin/perl
use Text::Tabs ();
system $^X, '-e', 'use Text::Wrap ();';
if (my $child = fork) { waitpid $child, 0 } else { require Text::Balanced; exit }
require Text::ParseWords;
print "Content-Type: text/plain\\n\\n", $ENV{PERL5OPT} // '';
`;

describe("a script that starts another process of its interpreter", () => {
  let folder: TempFolder;
  let workbench: Workbench;
  beforeAll(async () => {
    folder = tempFolder();
    folder.makeFolder("cgi-bin");
    for (const [name, text] of Object.entries({ "x.py": python, "x.pl": perl })) {
      folder.write(`cgi-bin/${name}`, text);
      folder.makeExecutable(`cgi-bin/${name}`);
    }
    workbench = await Workbench.create();
    await workbench.folder.open(folder.path, { port: 0, run: { host: null } });
  });
  afterAll(async () => {
    await workbench.dispose();
    folder[Symbol.dispose]();
  });
  const startup = (target: string) =>
    runStartup(workbench, scriptAt(workbench, target), target, new AbortController().signal);

  test.skipIf(program("python3") === null)("Python: its own imports until then (needs python3)", async () => {
    const found = await startup("/cgi-bin/x.py");
    expect(names(found)).toEqual(expect.arrayContaining(["colorsys", "subprocess"]));
    for (const other of ["csv", "wave"]) expect(names(found)).not.toContain(other);
    expect(found.remarks).toEqual([coded("another-interpreter")]);
  });

  test.skipIf(program("perl") === null)("Perl: all of its own imports (needs perl)", async () => {
    const found = await startup("/cgi-bin/x.pl");
    expect(names(found)).toEqual(expect.arrayContaining(["Text::Tabs", "Text::ParseWords"]));
    for (const other of ["Text::Wrap", "Text::Balanced"]) expect(names(found)).not.toContain(other);
    expect(found.remarks).toEqual([]);
  });
});
