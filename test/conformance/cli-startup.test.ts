// `startup` as a user calls it: what real interpreters report of their imports.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startupReport } from "../../server/contract/command-output.js";
import { commandLine } from "../support/command-line.js";
import { program, type TempFolder, tempFolder } from "../support/temp-workspace.js";

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
    "x.sh": "#!/bin/sh\necho 'Content-Type: text/plain'; echo; echo hello\n",
  };
  for (const [name, text] of Object.entries(scripts)) {
    folder.write(`cgi-bin/${name}`, text.replace("use Shop;", `use lib "${folder.path}/cgi-bin"; use Shop;`));
    folder.makeExecutable(`cgi-bin/${name}`);
  }
});
afterAll(() => folder[Symbol.dispose]());

const startup = async (target: string) => {
  const { exitCode, stdout, stderr } = await commandLine(["startup", folder.path, target, "--json"]);
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
