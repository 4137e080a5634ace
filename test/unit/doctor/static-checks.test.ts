// Checks of a script before it runs, by its file and by real interpreters that
// only parse it. No part of the script runs.
import { chmodSync, existsSync, symlinkSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Config } from "../../../server/contract/config.js";
import { wordsOf } from "../../../server/contract/message.js";
import { createExaminer } from "../../../server/doctor/engine/examiner.js";
import type { Unsaved } from "../../../server/doctor/fixes/fix-service.js";
import { FixService } from "../../../server/doctor/fixes/fix-service.js";
import { checkHtaccess } from "../../../server/doctor/static-checks/htaccess.js";
import { StaticChecker } from "../../../server/doctor/static-checks/static-checker.js";
import { syntaxCheckFor } from "../../../server/doctor/static-checks/syntax-checks.js";
import { utf8 } from "../../../server/protocol/byte-string.js";
import { configuredVariables } from "../../../server/routing/variables.js";
import { createStarter } from "../../../server/spawn/create-starter.js";
import type { Starter } from "../../../server/spawn/start.js";
import { Workspace } from "../../../server/workspace/workspace.js";
import { coded, problem } from "../../support/coded.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
let workspace: Workspace;
let starter: Starter;
let before: StaticChecker;
beforeAll(async () => {
  folder = tempFolder();
  folder.makeFolder("cgi-bin");
  workspace = await Workspace.open(folder.path, { lockFolder: folder.path, trashFolder: folder.path });
  ({ starter } = await createStarter("auto"));
  before = new StaticChecker(starter, createExaminer());
});
afterAll(async () => {
  await workspace.dispose();
  await starter.dispose();
  folder[Symbol.dispose]();
});

let count = 0;
async function check(
  extension: string,
  text: string,
  { mode = 0o755, place = "cgi-bin/", unsaved = null }: { mode?: number; place?: string; unsaved?: Unsaved } = {},
) {
  const name = `${place}script-${++count}${extension}`;
  folder.write(name, text);
  chmodSync(folder.file(name), mode);
  const { diagnostics, unchecked } = await before.check(
    workspace,
    await new FixService().toFix(workspace, name, unsaved),
  );
  expect(diagnostics.filter(({ title, detail }) => `${wordsOf(title)}${wordsOf(detail)}`.includes("[object "))).toEqual(
    [],
  );
  return {
    unchecked,
    diagnostics,
    told: diagnostics.map(({ rule, severity, line, column }) => `${severity} ${rule} ${line}:${column}`),
  };
}
/** A script of this name, which may be there already. */
async function checkNamed(name: string, text: string) {
  folder.write(name, text);
  folder.makeExecutable(name);
  const { diagnostics } = await before.check(workspace, await new FixService().toFix(workspace, name, null));
  return diagnostics.map(({ rule, line }) => `${rule} ${line}`);
}
const needs = (name: string) => test.skipIf(!program(name));

describe("the text", () => {
  test.each([
    [".sh", "#!/bin/sh\n\neval `echo $QUERY_STRING | tr '&' ';'`\n", 3],
    [".sh", '#!/bin/sh\neval "$(echo "$HTTP_COOKIE" | sed s/x/y/)"\n', 2],
    [".pl", "#!/usr/bin/perl\nmy $x = eval $ENV{'QUERY_STRING'};\n", 2],
    [".pl", '#!/usr/bin/perl\neval "\\$v = $ENV{QUERY_STRING}";\n', 2],
    [".pl", "#!/usr/bin/perl\nuse CGI;\nprint eval($q->param('sum'));\n", 3],
    [".php", "<?php\neval($_GET['code']);\n", 2],
    [".rb", "#!/usr/bin/ruby\nputs eval(ENV['QUERY_STRING'])\n", 2],
    [".py", '#!/usr/bin/python3\nimport os\nprint(eval(os.environ["QUERY_STRING"]))\n', 3],
  ])("what the client sends is evaluated: %s %j", async (extension, text, line) => {
    expect((await check(extension, text)).told).toContain(`warning input-evaluated ${line}:1`);
  });

  test.each([
    [".sh", "#!/bin/sh\neval set -- x\neval 'echo $QUERY_STRING'\n# eval $QUERY_STRING\necho eval; echo $PATH_INFO\n"],
    [".pl", "#!/usr/bin/perl\neval { param('x') };\neval 'use CGI';\nprint $ENV{QUERY_STRING};\n"],
    [".php", "<?php\n$x = floatval($_GET['x']);\n"],
    [".rb", "#!/usr/bin/ruby\nputs ENV['QUERY_STRING']\n"],
    [".py", "#!/usr/bin/python3\nimport ast, os\nprint(ast.literal_eval(os.environ['QUERY_STRING']))\n"],
  ])("ordinary code is left in peace: %s %j", async (extension, text) => {
    expect((await check(extension, text)).told.filter((line) => !line.includes("no-shebang"))).toEqual([]);
  });

  test("a part of other scripts is none that servers would run", async () => {
    const told = async (name: string, text: string) => {
      folder.write(`parts/${name}`, text);
      const { diagnostics } = await before.check(
        workspace,
        await new FixService().toFix(workspace, `parts/${name}`, null),
      );
      return diagnostics.map(({ rule }) => rule);
    };
    folder.makeFolder("parts");
    folder.write("parts/shop.pl", '#!/usr/bin/perl\nrequire "./konfig.pl";\n');
    folder.write("parts/shop.py", "#!/usr/bin/python3\nfrom form_fields import FieldStorage\n");
    folder.write("parts/shop.sh", "#!/bin/sh\n. ./words.sh\n");
    expect(await told("lib.pl", "sub a { 1 }\n1;\n")).toEqual([]);
    expect(await told("konfig.pl", "$a = 1;\n")).toEqual([]);
    expect(await told("form_fields.py", "class FieldStorage: pass\n")).toEqual([]);
    expect(await told("words.sh", "hello=hi\n")).toEqual([]);
    for (const name of ["other.pl", "other.py", "other.sh"])
      expect([name, await told(name, "exit\n")]).toEqual([name, ["handler-used"]]);
  });

  test("a bare name that Perl requires from its own folder", async () => {
    folder.write("cgi-bin/shop-lib.pl", "1;\n");
    const script = (line: string) => `#!/usr/bin/perl\nuse strict;\n${line}\n`;
    expect((await check(".pl", script('require "shop-lib.pl";'))).told).toEqual(["warning perl-file-missing 3:1"]);
    expect((await check(".pl", script("do 'shop-lib.pl' or die;"))).told).toEqual(["warning perl-file-missing 3:1"]);
    for (const line of ['require "./shop-lib.pl";', 'require "other.pl";', 'use lib "."; require "shop-lib.pl";'])
      expect([line, (await check(".pl", script(line))).told]).toEqual([line, []]);
  });

  test("Shift_JIS characters whose second byte is a backslash; not German, not Russian, not kana", async () => {
    const script = (hex: string) =>
      `#!/usr/bin/perl\nprint "Content-Type: text/html\\n\\n";\nprint "${Buffer.from(hex, "hex").toString("latin1")}";\n`;
    const told = async (hex: string) => {
      const name = `cgi-bin/sjis-${++count}.pl`;
      writeFileSync(folder.file(name), Buffer.from(script(hex), "latin1"), { mode: 0o755 });
      const text = await new FixService().toFix(workspace, name, null);
      return (await before.check(workspace, text)).diagnostics.map(({ rule, line, title }) => [rule, line, title]);
    };
    expect(await told("92 69 82 cc 95 5c".replaceAll(" ", ""))).toEqual([
      ["shift-jis-source", 3, "The second byte of “\u8868” is a backslash"],
    ]);
    expect(await told("925a82cc82c882e9")).toEqual([]);
    expect(await told(Buffer.from("f\u00fcr Gr\u00f6\u00dfe \u00e4\u005c", "latin1").toString("hex"))).toEqual([]);
    expect(await told("cff0e8e2e5f25c")).toEqual([]);
    expect(await told(Buffer.from("\u8868\u8868\u5c5e", "utf8").toString("hex"))).toEqual([]);
  });
});

describe("the file", () => {
  const cases: readonly (readonly [string, string, string, Parameters<typeof check>[2], readonly string[]])[] = [
    ["a healthy script", ".sh", "#!/bin/sh\necho\n", {}, []],
    ["no execute bit where one is needed", ".cgi", "#!/bin/sh\n", { mode: 0o644 }, ["error not-executable 1:1"]],
    [
      "no execute bit where the extension has an interpreter",
      ".sh",
      "#!/bin/sh\n",
      { mode: 0o644 },
      ["hint handler-used 1:1"],
    ],
    [
      "a script that would be sent as text",
      "",
      "#!/bin/sh\n",
      { mode: 0o644, place: "" },
      ["warning not-executable 1:1"],
    ],
    ["no shebang", ".cgi", "echo\n", {}, ["error no-shebang 1:1"]],
    ["notes in UTF-16 that may run", "", "\u00ff\u00feA\0d\0a\0", {}, ["hint data-among-scripts 1:1"]],
    ["UTF-16", ".cgi", "\0#\0!\0/", {}, ["error utf-16-source 1:1"]],
    [
      "a table in UTF-16 beside scripts",
      ".csv",
      "\u00ff\u00fea\0;\0",
      { mode: 0o644 },
      ["hint data-among-scripts 1:1"],
    ],
    ["what a program reads in UTF-16", ".ini", "\u00ff\u00fea\0=\0", { mode: 0o644 }, []],
    ["a carriage return in it", ".cgi", "#!/bin/sh\r\necho\r\n", {}, ["error shebang-carriage-return 1:1"]],
    ["a picture among scripts", ".gif", "GIF89a\r\n", { mode: 0o644 }, ["hint data-among-scripts 1:1"]],
    ["a picture with an execute bit", ".png", "\u0089PNG\r\n\0", {}, ["hint data-among-scripts 1:1"]],
    ["what a program reads beside it", ".conf", "colour = blue\n", { mode: 0o644 }, []],
    ["a program's source beside it", ".c", "int main(void) {}\r\n", { mode: 0o644 }, []],
    ["a module beside it", ".pm", "1;\n", { mode: 0o644 }, []],
    ["an interpreter that is not there", ".cgi", "#!/opt/none/perl -w\n", {}, ["error interpreter-missing 1:3"]],
    ["data of no kind", ".dat", "Ada|1|hello\n", { mode: 0o644 }, ["hint data-among-scripts 1:1"]],
    ["a text of no extension", "", "Read this first.\n", { mode: 0o644 }, ["hint data-among-scripts 1:1"]],
    ["the same with an execute bit", "", "Read this first.\n", {}, ["error no-shebang 1:1"]],
    [
      "text that is called a script",
      ".cgi",
      "?\n",
      { mode: 0o644 },
      ["error not-executable 1:1", "error no-shebang 1:1"],
    ],
    ["an argument behind env", ".cgi", "#!/usr/bin/env sh -e\n", {}, ["warning interpreter-missing 1:16"]],
    ["arguments that env splits", ".cgi", "#!/usr/bin/env -S sh -e\n", {}, []],
    ["one that env does not find", ".cgi", "#!/usr/bin/env no-such-thing\n", {}, ["error interpreter-missing 1:16"]],
    ["a byte order mark", ".cgi", "\uFEFF#!/bin/sh\n", {}, ["error byte-order-mark 1:1"]],
    [
      "Windows line ends after a good first line",
      ".sh",
      "#!/bin/sh\necho hello\r\n",
      {},
      ["error windows-line-ends 2:1"],
    ],
    ["neither a page nor a picture is a script", ".html", "<p>\r\n", { mode: 0o644, place: "" }, []],
  ];
  for (const [what, extension, text, options, expected] of cases) {
    test(what, async () => expect((await check(extension, text, options)).told).toEqual(expected));
  }

  describe("in a folder that may not be searched", () => {
    const isRoot = process.getuid?.() === 0;
    const read = () => new FixService().toFix(workspace, "closed/cgi-bin/x.cgi", null);
    beforeAll(() => {
      folder.makeFolder("closed/cgi-bin");
      folder.write("closed/cgi-bin/x.cgi", "#!/bin/sh\n");
      folder.makeExecutable("closed/cgi-bin/x.cgi");
      chmodSync(folder.file("closed"), 0o600);
    });
    afterAll(() => chmodSync(folder.file("closed"), 0o755));

    test.skipIf(!isRoot)("is told to who gets past that (needs root)", async () => {
      const { diagnostics } = await before.check(workspace, await read());
      expect(diagnostics).toMatchObject([{ rule: "not-permitted", severity: "error" }]);
    });

    test.skipIf(isRoot)("cannot be read by others (needs a user who is not root)", async () => {
      await expect(read()).rejects.toEqual(problem("no-permission"));
    });
  });

  test("the editor's text counts, not the disk's", async () => {
    const { told } = await check(".cgi", "#!/bin/sh\r\n", {
      unsaved: { text: "#!/bin/sh\n", bom: false, encoding: "utf-8" },
    });
    expect(told).toEqual([]);
  });
});

test("an .htaccess file’s settings are listed, at most twelve: first what protects; the rest is counted", () => {
  const settings = Array.from({ length: 13 }, (_, nth) => `SetEnv A${nth} x\n`).join("");
  const [hint] = checkHtaccess(utf8(`${settings}RewriteRule a \\\n  b\nRequire all denied\n`));
  expect(hint?.detail).toMatch(/: `Require all denied`;/);
  expect(hint?.detail).toMatch(/; and 3 more\./);
});

describe("the interpreter's own look", () => {
  needs("python3")("Python: a syntax error at its place", async () => {
    const { diagnostics } = await check(".py", "#!/usr/bin/env python3\nprint('a')\nif True\n    pass\n");
    expect(diagnostics).toMatchObject([
      {
        rule: "python-syntax-error",
        line: 3,
        severity: "error",
      },
    ]);
  });
  needs("python3")("Python 2 is recognised", async () => {
    const { diagnostics } = await check(".py", '#!/usr/bin/env python3\nprint "Content-Type: text/plain"\n');
    expect(diagnostics).toMatchObject([{ rule: "python2-syntax", line: 2, fixes: ["print-function"] }]);
  });
  needs("python3")("modules that are not there, and cgi which is or was", async () => {
    const { diagnostics } = await check(
      ".py",
      "#!/usr/bin/env python3\nimport os, cgi\nimport no_such_module\ntry:\n    import not_needed\nexcept ImportError:\n    pass\n",
    );
    expect(diagnostics.map(({ rule, line }) => `${rule} ${line}`).sort()).toEqual([
      "cgi-module-removed 2",
      "python-module-missing 3",
    ]);
  });
  needs("python3").each([
    ["a condition imports", "if sys.version_info[0] < 3:\n    import no_such_module\n"],
    ["may be in a folder that the script adds", "sys.path.insert(0, 'lib')\nimport no_such_module\n"],
    [
      "may be in one that it adds by another name",
      "from sys import path\npath.insert(0, 'lib')\nimport no_such_module\n",
    ],
    ["may be missing", "import contextlib\nwith contextlib.suppress(ImportError):\n    import no_such_module\n"],
  ])("modules that %s", async (_what, lines) => {
    const { diagnostics } = await check(".py", `#!/usr/bin/env python3\nimport sys\n${lines}`);
    expect(diagnostics).toEqual([]);
  });
  needs("python3")("a module that comes or goes is noticed, though the script stays as it is", async () => {
    const text = "#!/usr/bin/env python3\nimport comes_later\n";
    const missing = ["python-module-missing 2"];
    expect(await checkNamed("cgi-bin/same.py", text)).toEqual(missing);
    folder.write("cgi-bin/comes_later.py", "");
    expect(await checkNamed("cgi-bin/same.py", text)).toEqual([]);
    folder.remove("cgi-bin/comes_later.py");
    expect(await checkNamed("cgi-bin/same.py", text)).toEqual(missing);
  });
  needs("python3")("modules beside the file that a link leads to", async () => {
    folder.makeFolder("app");
    folder.write("app/of_app.py", "");
    folder.write("app/main.py", "#!/usr/bin/env python3\nimport of_app\n");
    folder.makeExecutable("app/main.py");
    symlinkSync("../app/main.py", folder.file("cgi-bin/link.py"));
    const script = await new FixService().toFix(workspace, "cgi-bin/link.py", null);
    expect((await before.check(workspace, script)).diagnostics).toEqual([]);
  });
  describe("modules in the folders that the configuration puts on Python's search path", () => {
    const missing = async (config: Partial<Config>, inherited: Readonly<Record<string, string>> = {}) => {
      folder.makeFolder("lib");
      folder.makeFolder("other");
      for (const place of ["lib", "other"]) folder.write(`${place}/of_lib.py`, "");
      folder.write("lib/cgi.py", "");
      folder.write("lib/sitecustomize.py", `open(${JSON.stringify(folder.file("was-run"))}, "w")\n`);
      folder.write("cgi-bin/uses.py", "#!/usr/bin/env python3\nimport of_lib, cgi\nimport not_there\n");
      folder.makeExecutable("cgi-bin/uses.py");
      const { diagnostics } = await before.check(
        {
          root: folder.path,
          config: { ...workspace.config, ...config },
          inherited: new Map([...workspace.inherited, ...configuredVariables(folder.path, inherited)]),
        },
        await new FixService().toFix(workspace, "cgi-bin/uses.py", null),
      );
      expect(existsSync(folder.file("was-run"))).toBe(false);
      return diagnostics.map(({ rule, line }) => `${rule} ${line}`).sort();
    };
    const found = ["python-module-missing 3"];
    const notFound = ["cgi-module-removed 2", "python-module-missing 2", "python-module-missing 3"];
    const lib = { PYTHONPATH: "./lib" };
    const none = { PYTHONPATH: "./none" };
    const route = (path: string, variables: Record<string, string>) => ({ path, variables });
    const cases: readonly (readonly [string, Partial<Config>, boolean])[] = [
      ["of every script", { variables: lib }, true],
      ["beside other folders, from the script's own", { variables: { PYTHONPATH: "/none:../lib" } }, true],
      ["of this script", { variables: none, scripts: { "cgi-bin/uses.py": { variables: lib } } }, true],
      ["of another script", { scripts: { "cgi-bin/other.py": { variables: lib } } }, false],
      ["of a route", { routes: [route("/", none), route("/cgi-bin/", lib)] }, true],
      ["of another route", { routes: [route("/cgi-bi", lib)] }, false],
      ["of a route to its folder", { routes: [{ ...route("/x", lib), dir: "cgi-bin" }] }, true],
      ["of a route to it", { routes: [{ ...route("/x", lib), file: "./cgi-bin/uses.py" }] }, true],
    ];
    for (const [what, config, isFound] of cases)
      needs("python3")(what, async () => expect(await missing(config)).toEqual(isFound ? found : notFound));
    needs("python3")("in place of those of the workbench's own environment", async () => {
      expect(await missing({ variables: none }, { PYTHONPATH: "./other" })).toEqual(notFound);
    });
  });
  test.each([
    ["ruby", "-:2: warning: key :a is duplicated and overwritten on line 2\n", "Syntax OK\n"],
    ["shell", "bash: line 3: warning: here-document at line 2 delimited by end-of-file (wanted `E')\n", ""],
  ] as const)("a warning of %s is no syntax error", (language, stderr, stdout) => {
    const text = "a\nb\nc\n";
    expect(syntaxCheckFor(language, language, "x", text)?.parse({ stdout, stderr, exitCode: 0 }, text)).toEqual([]);
  });
  test("the error behind a warning of Ruby is the one that counts", () => {
    const stderr = "-:1: warning: key :a is duplicated\n-:3: syntax error, unexpected end-of-input\n";
    const parsed = syntaxCheckFor("ruby", "ruby", "x", "a\nb\nc\n")?.parse(
      { stdout: "", stderr, exitCode: 1 },
      "a\nb\nc\n",
    );
    expect(parsed).toMatchObject([{ rule: "ruby-error", line: 3 }]);
  });
  needs("python3")(
    "nothing of the script runs, not even a module beside it that has the name of a library's",
    async () => {
      const trap = `open(${JSON.stringify(folder.file("was-run"))}, "w")\n`;
      for (const name of ["json", "ast", "sitecustomize", "os"]) folder.write(`cgi-bin/${name}.py`, trap);
      await check(".py", `#!/usr/bin/env python3\nimport json, ast\n${trap}`);
      for (const name of ["json", "ast", "sitecustomize", "os"]) folder.remove(`cgi-bin/${name}.py`);
      expect(existsSync(folder.file("was-run"))).toBe(false);
    },
  );
  needs("perl")("Perl is not run, and the result says why", async () => {
    const { told, unchecked } = await check(
      ".pl",
      `#!/usr/bin/perl\nBEGIN { open my $f, ">", "${folder.file("was-run")}" }\nprint (;\n`,
    );
    expect([told, unchecked, existsSync(folder.file("was-run"))]).toEqual([[], coded("perl-not-checked"), false]);
  });
  needs("sh")("the shell", async () => {
    expect((await check(".sh", "#!/bin/sh\nif true; then\n  echo a\n")).diagnostics).toMatchObject([
      { rule: "shell-error", severity: "error" },
    ]);
    expect((await check(".sh", "#!/bin/sh\necho a )\n")).diagnostics).toMatchObject([{ rule: "shell-error", line: 2 }]);
  });
  needs("php-cgi")("PHP", async () => {
    expect(
      (await check(".php", '<?php\necho "a"\necho 1;\n', { mode: 0o644 })).diagnostics.map(
        ({ rule, line }) => `${rule} ${line}`,
      ),
    ).toEqual(["php-error 3"]);
  });
  needs("sh")("data behind the end of a shell script is no code; an error before it is one", async () => {
    const script = (start: string): string => `#!/bin/sh\n${start}exit 0\n__DATA__\n<p>it's (text)\n`;
    expect((await check(".sh", script("sed '1,/^__DATA__$/d' \"$0\"\n"))).told).toEqual([]);
    expect((await check(".sh", script("if x; fi\n"))).told).toEqual(["error shell-error 2:1"]);
    expect((await check(".sh", script("if x; then\n"))).told).toHaveLength(1);
    for (const start of ["cat <<-'end'\n", "test x ||\n", "echo a \\\n"])
      expect((await check(".sh", `#!/bin/sh\n${start}exit 0\nend\nif x; fi\n`)).told).toEqual([
        "error shell-error 5:1",
      ]);
    expect((await check(".sh", script("cat <<end\nexit\nend\necho $((1 << 2))\n"))).told).toEqual([]);
  });
  needs("php-cgi")("PHP behind an XML declaration", async () => {
    const page = (code: string): string => `<?xml version="1.0" encoding="UTF-8"?>\n<rss><?php ${code} ?></rss>\n`;
    expect((await check(".php", page("echo 1;"), { mode: 0o644 })).told).toEqual([]);
    expect((await check(".php", page("echo ;"), { mode: 0o644 })).told).toEqual(["error php-error 2:1"]);
  });
  describe("the result says why the syntax was not checked:", () => {
    test("the interpreter lies in the folder", async () => {
      folder.makeFolder("venv/bin");
      folder.write("venv/bin/python", "#!/bin/sh\n");
      folder.makeExecutable("venv/bin/python");
      const program = folder.file("venv/bin/python");
      const { unchecked } = await check(".py", `#!${program}\nif True\n`);
      expect(unchecked).toEqual(coded("interpreter-in-folder", { program }));
    });
    test.each([
      ["the script is large", `#!/bin/sh\n# ${"x".repeat(1 << 20)}\n`, "script-too-large"],
      ["nothing checks the language", "#!/usr/bin/awk -f\n", "no-checker"],
      ["there is no interpreter", "#!/opt/none/python3\n", "no-checker"],
    ])("%s", async (_what, text, code) => expect((await check(".cgi", text)).unchecked).toEqual(coded(code)));
    test("the interpreter is too old for the check", () => {
      const output = { stdout: "", stderr: "AttributeError", exitCode: 1 };
      expect(syntaxCheckFor("python", "python", "x", "")?.parse(output, "")).toBeNull();
    });
  });
  needs("node")("Node, as a module and as a script", async () => {
    expect((await check(".mjs", '#!/usr/bin/env node\nimport "node:fs";\nconst a = ;\n')).told).toEqual([
      "error syntax-error 3:11",
    ]);
    expect((await check(".cgi", "#!/usr/bin/env node\nconst a = ;\n")).told).toEqual(["error syntax-error 2:11"]);
    expect((await check(".mjs", "#!/usr/bin/env node\nawait 1;\n")).told).toEqual([]);
    const { diagnostics } = await check(".mjs", "#!/usr/bin/env node\nconst a = /&lt;(/;\n");
    expect(diagnostics.map(({ detail }) => wordsOf(detail))).toEqual([expect.stringContaining("/&lt;(/")]);
  });
  test("a shebang into the folder itself is not followed: looking must not run what came along", async () => {
    folder.write("cgi-bin/python3", `#!/bin/sh\ntouch ${folder.file("was-run")}\n`);
    folder.makeExecutable("cgi-bin/python3");
    await check(".cgi", `#!${folder.file("cgi-bin/python3")}\nprint(1)\n`);
    expect(existsSync(folder.file("was-run"))).toBe(false);
  });
});
