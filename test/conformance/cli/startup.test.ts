// `startup` as a user calls it: what real interpreters report of their imports.
import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startupReport } from "../../../server/contract/command-output.js";
import { commandLine } from "../../support/command-line.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
beforeAll(() => {
  folder = tempFolder();
  folder.makeFolder("cgi-bin");
  const scripts = {
    "x.py":
      '#!/usr/bin/env python3\nimport os\nimport email.message, shop\nprint("Content-Type: text/plain\\n\\nhello")\n',
    "shop.py": "import decimal\n",
    "x.pl": '#!/usr/bin/perl\nuse strict;\nuse Shop;\nuse POSIX ();\nprint "Content-Type: text/plain\\n\\nhello";\n',
    "Shop.pm": "package Shop;\nuse Data::Dumper;\n1;\n",
    "taint.pl": '#!/usr/bin/perl -T\nuse POSIX ();\nprint "Content-Type: text/plain\\n\\nhello";\n',
    "isolated.py": '#!/usr/bin/python3 -I\nimport decimal\nprint("Content-Type: text/plain\\n\\nhello")\n',
    "asks.pl":
      '#!/usr/bin/perl\nprint "Content-Type: text/plain\\n\\nhello"; exit 3 if $INC{"CGIWorkbenchImportTimes.pm"};\n',
    "x.sh": "#!/bin/sh\necho 'Content-Type: text/plain'; echo; echo hello\n",
  };
  for (const [name, text] of Object.entries(scripts)) {
    folder.write(`cgi-bin/${name}`, text.replace("use Shop;", `use lib "${folder.path}/cgi-bin"; use Shop;`));
    folder.makeExecutable(`cgi-bin/${name}`);
  }
});
afterAll(() => folder[Symbol.dispose]());

const startup = async (target: string, { path } = folder) => {
  const { exitCode, stdout, stderr } = await commandLine(["startup", path, target, "--json"]);
  expect(exitCode, stderr).toBe(0);
  return startupReport.parse(JSON.parse(stdout.toString()));
};

describe("startup", () => {
  test.skipIf(program("python3") === null)(
    "Python: each import, its line, and whose it is (needs python3)",
    async () => {
      const report = await startup("/cgi-bin/x.py");
      expect(report).toMatchObject({ target: "/cgi-bin/x.py", language: "python" });
      const own = report.imports.filter(({ depth }) => depth === 0);
      expect(own.map(({ name, line, isOwn }) => [name, line, isOwn])).toEqual([
        ["email.message", 3, false],
        ["shop", 3, true],
      ]);
      expect(report.imports.find(({ name }) => name === "decimal")).toMatchObject({ depth: 1, line: null });
      const { totalMs, interpreterMs, importsMs, scriptMs } = report;
      expect(interpreterMs + importsMs + scriptMs).toBeCloseTo(totalMs, 6);
      for (const ms of [totalMs, interpreterMs, importsMs]) expect(ms).toBeGreaterThan(0);
      expect(scriptMs).toBeGreaterThanOrEqual(0);
    },
  );

  test.skipIf(program("perl") === null)("Perl: the same, by a hook (needs perl)", async () => {
    const { language, imports } = await startup("/cgi-bin/x.pl");
    expect(language).toBe("perl");
    expect(imports.find(({ name }) => name === "Shop")).toMatchObject({ depth: 0, line: 3, isOwn: true });
    expect(imports.find(({ name }) => name === "POSIX")).toMatchObject({ depth: 0, line: 4, isOwn: false });
    expect(imports.find(({ name }) => name === "Data::Dumper")).toMatchObject({ depth: 1, line: null });
  });

  test.skipIf(program("perl") === null)("Perl: PERL5LIB and PERL5OPT of the folder stay (needs perl)", async () => {
    using other = tempFolder();
    other.makeFolder("cgi-bin");
    other.makeFolder("lib");
    other.write("lib/Shop.pm", "package Shop;\nuse Data::Dumper;\n1;\n");
    other.write("lib/First.pm", "package First;\nour $seen = 1;\n1;\n");
    other.write(
      "cgi-bin/x.pl",
      '#!/usr/bin/perl\nuse Shop;\ndie if !$First::seen;\nprint "Content-Type: text/plain\\n\\nhello";\n',
    );
    other.makeExecutable("cgi-bin/x.pl");
    const variables = { PERL5LIB: other.file("lib"), PERL5OPT: "-MFirst" };
    other.write("cgi-workbench.json", JSON.stringify({ variables }));
    const { imports } = await startup("/cgi-bin/x.pl", other);
    expect(imports.map(({ name, depth }) => [name, depth])).toContainEqual(["Shop", 0]);
    expect(imports.map(({ name, depth }) => [name, depth])).toContainEqual(["Data::Dumper", 1]);
  });

  test.skipIf(program("perl") === null || !existsSync("/usr/bin/python3")).each([
    ["taint.pl", /What cgi-bin\/taint\.pl imports is not known/],
    ["isolated.py", /What cgi-bin\/isolated\.py imports is not known/],
    ["asks.pl", /cgi-bin\/asks\.pl ended with the exit code 3/],
  ])("%s: imports that nothing reports are not 0 ms (needs perl and python3)", async (name, why) => {
    const { exitCode, stdout, stderr } = await commandLine(["startup", folder.path, `/cgi-bin/${name}`]);
    expect([exitCode, stdout.toString(), stderr]).toEqual([1, "", expect.stringMatching(why)]);
  });

  test("for people: the parts, the modules", async () => {
    const { exitCode, stdout } = await commandLine(["startup", folder.path, "/cgi-bin/x.py"]);
    expect(exitCode).toBe(0);
    expect(stdout.toString()).toMatch(/ms {2}cold start\n.*ms {2}interpreter\n.*ms {2}imports\n.*ms {2}script\n/);
  });

  test.each([
    [["/cgi-bin/x.sh"], 1, /not a Python or Perl script/],
    [["/no-such.py"], 1, /leads to no script/],
    [["/a.sh", "/b.sh"], 2, /startup takes \[DIR\] TARGET/],
  ])("what cannot be examined is refused: %j", async (args, code, why) => {
    const { exitCode, stdout, stderr } = await commandLine(["startup", folder.path, ...args]);
    expect([exitCode, stdout.toString(), stderr]).toEqual([code, "", expect.stringMatching(why)]);
  });
});
