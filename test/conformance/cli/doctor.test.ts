// `cgi-workbench doctor`: a folder's scripts checked, one script run, text and JSON, exit codes; and rules switched
// off.
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { doctorReport } from "../../../server/contract/command-output.js";
import { maxListedDepth } from "../../../server/contract/limits.js";
import { wordsOf } from "../../../server/contract/message.js";
import { trace as traceSchema } from "../../../server/contract/trace.js";
import { elsewhereLimits } from "../../../server/features/checks/files-elsewhere.js";
import { maxEntries } from "../../../server/workspace/files/file-list.js";
import { maxTextBytes } from "../../../server/workspace/files/text-file.js";
import { commandLine } from "../../support/command-line.js";
import { repositoryRoot } from "../../support/repository.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const healthy = "#!/bin/sh\nprintf 'Content-Type: text/plain; charset=utf-8\\n\\nhello\\n'\n";

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
  folder.makeFolder("cgi-bin");
});
afterEach(() => folder[Symbol.dispose]());

function script(name: string, text: string, mode = 0o755): void {
  folder.write(name, text);
  chmodSync(folder.file(name), mode);
}
async function json(...args: string[]) {
  const { stdout, exitCode, stderr } = await commandLine(["doctor", ...args, "--json"]);
  return { ...doctorReport.strict().parse(JSON.parse(stdout.toString())), exitCode, stderr };
}
const rulesOf = (findings: readonly { readonly rule: string }[]): string[] => findings.map(({ rule }) => rule);

test("what a script says cannot control the terminal (B9)", async () => {
  script("cgi-bin/a.sh", "#!/nonexistent/\x1b[31mRED\n");
  script("cgi-bin/b.sh", "#!/bin/sh\nprintf '\\033]0;OWNED\\007' >&2\nexit 3\n");
  folder.write("cgi-workbench.json", JSON.stringify({ "\x1b]0;OWNED\x07": 1 }));
  const checked = await commandLine(["doctor", folder.path]);
  const requested = await commandLine(["request", folder.path, "/cgi-bin/b.sh"]);
  const words = [checked.stdout.toString(), checked.stderr, requested.stderr].join("\n");
  expect(words).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f]/);
  expect(checked.stdout.toString()).toContain("\\x1b[31mRED");
  expect(checked.stderr).toContain("OWNED");
});

describe("a folder", () => {
  test("every script is checked and none is run", async () => {
    script("cgi-bin/good.sh", healthy);
    script("cgi-bin/windows.sh", healthy.replaceAll("\n", "\r\n"));
    script("cgi-bin/locked.cgi", healthy, 0o644);
    script("cgi-bin/ran.sh", `${healthy}touch ran\n`);
    folder.write("index.html", "<p>hello</p>\n");
    const { scripts, exitCode } = await json(folder.path);
    const rules = Object.fromEntries(scripts.map(({ path, before, request }) => [path, [...rulesOf(before), request]]));
    expect(rules).toMatchObject({
      "cgi-bin/good.sh": [null],
      "cgi-bin/locked.cgi": ["not-executable", null],
      "cgi-bin/ran.sh": [null],
      "index.html": [null],
    });
    expect(rules["cgi-bin/windows.sh"]).toContain("shebang-carriage-return");
    expect(exitCode).toBe(1);
    expect(() => folder.read("cgi-bin/ran")).toThrow("ENOENT");
  });

  test("with the files that its routes lead to, wherever they lie, and none twice", async () => {
    using outside = tempFolder();
    for (const name of ["cgi", "cgi/sub", "text"]) outside.makeFolder(name);
    const write = (name: string, mode: number, text = healthy): void => {
      outside.write(name, text);
      chmodSync(outside.file(name), mode);
    };
    write("one.sh", 0o644);
    write("cgi/good", 0o755);
    write("cgi/sub/locked", 0o644);
    write("cgi/style.css", 0o644, "p {}");
    write("cgi/copy.cgi~", 0o644);
    write("text/also-locked.cgi", 0o644);
    folder.write("own.txt", "own\n");
    const routes = [
      { path: "/one", file: outside.file("one.sh") },
      { path: "/cgi-bin/", dir: outside.file("cgi") },
      { path: "/cgi-bin/again/", dir: outside.file("cgi/sub") },
      { path: "/text/", dir: outside.file("text"), run: false },
      { path: "/nowhere", file: outside.file("nowhere") },
      { path: "/own", dir: "." },
    ];
    folder.write("cgi-workbench.json", JSON.stringify({ routes }));
    const { scripts } = await json(folder.path, "--trust");
    expect(Object.fromEntries(scripts.map(({ path, before }) => [path, rulesOf(before)]))).toEqual({
      "cgi-workbench.json": [],
      "own.txt": [],
      [outside.file("one.sh")]: ["handler-used"],
      [outside.file("cgi/good")]: [],
      [outside.file("cgi/sub/locked")]: ["not-executable"],
      [outside.file("cgi/style.css")]: ["data-among-scripts"],
    });
    expect(scripts.flatMap(({ before }) => before.flatMap(({ fixes }) => fixes))).toEqual([]);
  });

  test("but of what its routes lead to no more than a bound, empty folders too, and it says so", async () => {
    using outside = tempFolder();
    for (let n = 0; n <= elsewhereLimits.folders; n++) outside.makeFolder(`f${n}`);
    outside.makeFolder("f0/below");
    for (const name of ["f0/below/late.sh", "top.sh"]) outside.write(name, healthy);
    folder.write("cgi-workbench.json", JSON.stringify({ routes: [{ path: "/x/", dir: outside.path }] }));
    const { scripts, stderr } = await json(folder.path, "--trust");
    expect(scripts.map(({ path }) => path)).toEqual(["cgi-workbench.json", outside.file("top.sh")]);
    expect(stderr).toContain("more than 2000 files or 2000 folders");
  });

  test("but of its own files no more than are listed, and it says so", async () => {
    script("cgi-bin/good.sh", healthy);
    folder.makeFolder(
      Array(maxListedDepth + 1)
        .fill("d")
        .join("/"),
    );
    const { scripts, stderr } = await json(folder.path);
    expect(scripts.map(({ path }) => path)).toEqual(["cgi-bin/good.sh"]);
    expect(stderr).toContain(`${maxListedDepth} deep`);
  });

  test("with its .htaccess files: that they have no effect, and what they ask for", async () => {
    folder.makeFolder("conf");
    folder.write("conf/.htaccess", "# secret\nRequire all denied\n<IfModule mod_x>\nphp_value a b\n</IfModule>\n");
    folder.write(".htaccess", "# nothing\n");
    const { scripts, exitCode } = await json(folder.path);
    expect(scripts).toMatchObject([
      { path: "conf/.htaccess", before: [{ rule: "htaccess-not-read", severity: "hint", line: 2 }] },
    ]);
    expect(scripts[0]?.before[0]?.detail).toContain("It asks for: `Require all denied`; `php_value a b`.");
    expect(exitCode).toBe(0);
  });

  test("a file that cannot be checked has the reason's code and data beside the sentence", async () => {
    const large = `${healthy}# ${"x".repeat(maxTextBytes)}\n`;
    script("cgi-bin/large.sh", large);
    script("cgi-bin/check.pl", "#!/usr/bin/perl\nprint 1;\n");
    const { scripts } = await json(folder.path);
    const reasons = Object.fromEntries(scripts.map(({ path, ...script }) => [path, script]));
    expect(reasons["cgi-bin/large.sh"]?.uncheckedWhy).toEqual({
      code: "too-large",
      data: { path: "cgi-bin/large.sh", sizeBytes: large.length, maxBytes: maxTextBytes },
      text: reasons["cgi-bin/large.sh"]?.unchecked,
    });
    expect(reasons["cgi-bin/check.pl"]?.uncheckedWhy).toEqual({
      code: "perl-not-checked",
      data: null,
      text: reasons["cgi-bin/check.pl"]?.unchecked,
    });
    const text = (await commandLine(["doctor", folder.path])).stdout.toString();
    expect(text).toMatch(/^cgi-bin\/large\.sh: /m);
    expect(text).toContain(": 0 errors, 0 warnings, 0 hints, 1 without a syntax check.\n");
  });

  test("why the syntax of several scripts is not checked is said once", async () => {
    for (const name of ["a.pl", "b.pl"]) script(`cgi-bin/${name}`, '#!/usr/bin/perl\nrequire "bare.pl";\n');
    const text = (await commandLine(["doctor", folder.path])).stdout.toString();
    const { scripts } = await json(folder.path);
    expect(text.split(wordsOf(scripts[0]?.unchecked ?? "")).length).toBe(2);
    expect(text).toContain("2 files: ");
  });

  test("without anything above a hint the exit code is 0", async () => {
    script("cgi-bin/good.sh", healthy);
    const { stdout, exitCode } = await commandLine(["doctor", folder.path]);
    expect(stdout.toString()).toBe("1 file: 0 errors, 0 warnings, 0 hints.\n");
    expect(exitCode).toBe(0);
  });
});

describe("a script", () => {
  test("is run once, and the report has the evidence", async () => {
    script("cgi-bin/x.py", '#!/usr/bin/env python3\nprint("Content-Type: text/plain")\nprint()\nprint(1 / 0)\n');
    const { stdout, exitCode } = await commandLine(["doctor", folder.file("cgi-bin/x.py")]);
    const text = stdout.toString();
    expect(text).toContain("GET /cgi-bin/x.py: 200 (crashed)\n");
    expect(text).toMatch(/^cgi-bin\/x\.py:4: error: .+ \[python-error\]\n {2}.+\n/m);
    expect(text).toMatch(
      / {2}- stderr, bytes \d+ to \d+\n {2}- stderr: ZeroDivisionError: division by zero\n {2}- .*\/cgi-bin\/x\.py:4\n {2}- exit code 1\n/,
    );
    expect(exitCode).toBe(1);
  });

  test("a healthy one has no findings, with exit code 0", async () => {
    script("cgi-bin/good.sh", healthy);
    const { scripts, exitCode } = await json(folder.file("cgi-bin/good.sh"));
    expect(scripts).toMatchObject([
      {
        path: "cgi-bin/good.sh",
        before: [],
        request: { target: "/cgi-bin/good.sh", status: 200, outcome: "ok", findings: [] },
      },
    ]);
    expect(exitCode).toBe(0);
  });

  test("an exit code other than 0 after a whole response is a hint, with exit code 0", async () => {
    script("cgi-bin/grep.sh", `${healthy}grep -q pattern /dev/null\n`);
    const { scripts, exitCode } = await json(folder.file("cgi-bin/grep.sh"));
    expect(scripts[0]?.request?.findings).toMatchObject([{ rule: "ended-badly", severity: "hint" }]);
    expect(exitCode).toBe(0);
  });

  test("its folder is the one with the configuration, whose rules switched off are silent", async () => {
    script("cgi-bin/x.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain; charset=utf-8\\n\\nhello\\n'\nexit 3\n");
    expect(rulesOf((await json(folder.file("cgi-bin/x.sh"))).scripts[0]?.request?.findings ?? [])).toEqual([
      "ended-badly",
    ]);
    folder.write(
      "cgi-workbench.json",
      '{ "doctor": { "off": { "ended-badly": "exit codes are a part of the exercise" } } }',
    );
    const { scripts, exitCode, folder: root } = await json(folder.file("cgi-bin/x.sh"));
    expect([root, scripts[0]?.request?.findings, exitCode]).toEqual([folder.path, [], 0]);
  });
  test("the rest of its folder is not walked: nothing is said of how much is there", async () => {
    script("cgi-bin/good.sh", healthy);
    folder.write("cgi-workbench.json", "{}");
    folder.makeFolder("data");
    for (let n = 0; n <= maxEntries; n++) writeFileSync(folder.file(`data/${n}`), "");
    const { scripts, exitCode, stderr } = await json(folder.file("cgi-bin/good.sh"));
    expect([scripts.map(({ path }) => path), exitCode, stderr]).toEqual([["cgi-bin/good.sh"], 0, ""]);
  });
});

describe("wrong use", () => {
  test.each([[["/nowhere/at-all"]], [["a", "b"]], [["--no-such-option"]]])("%j: exit code 2", async (args) => {
    const { exitCode, stdout, stderr } = await commandLine(["doctor", ...args]);
    expect([exitCode, stdout.length]).toEqual([2, 0]);
    expect(stderr).toMatch(/^cgi-workbench: /);
  });

  test("help lists the exit codes", async () => {
    const { exitCode, stdout } = await commandLine(["doctor", "--help"]);
    expect(stdout.toString()).toContain("Exit code: 0 without an error or a warning");
    expect(exitCode).toBe(0);
  });
});

/**
 * Root may enter every folder, so a test run by root has the program run as "nobody"; that user must be able to read
 * the checkout.
 */
const nobody = process.getuid?.() === 0 ? 65_534 : undefined;
const asNobody = nobody === undefined ? {} : { uid: nobody, gid: nobody };
const canRun =
  process.platform !== "win32" &&
  spawnSync(process.execPath, ["--eval", "require('node:fs').accessSync(process.argv[1])", repositoryRoot], {
    cwd: "/",
    ...asNobody,
  }).status === 0;

const give = (...paths: string[]): void => {
  for (const path of paths) if (nobody !== undefined) chownSync(path, nobody, nobody);
};
const runAsNobody = (...args: string[]) =>
  commandLine(args, {
    uid: nobody,
    cwd: "/",
    env: { PATH: process.env["PATH"], HOME: folder.path, XDG_RUNTIME_DIR: folder.path },
  });

test.skipIf(!canRun)(
  "files that may not be read are named, and the others checked (needs a checkout that others may read)",
  async () => {
    using outside = tempFolder();
    for (const name of ["closed.cgi", "open.cgi"]) outside.write(name, healthy);
    script("cgi-bin/closed.sh", healthy, 0);
    chmodSync(outside.file("closed.cgi"), 0);
    folder.write("cgi-workbench.json", JSON.stringify({ routes: [{ path: "/o", dir: outside.path }] }));
    give(folder.path, outside.path);
    const { stdout, exitCode } = await runAsNobody("doctor", folder.path, "--trust", "--json");
    const { scripts } = doctorReport.strict().parse(JSON.parse(stdout.toString()));
    const refused = ["cgi-bin/closed.sh", outside.file("closed.cgi")];
    expect(exitCode).toBe(1);
    expect(scripts.flatMap(({ path, uncheckedWhy }) => (uncheckedWhy ? [[path, uncheckedWhy.code]] : []))).toEqual(
      refused.map((path) => [path, "no-permission"]),
    );
    expect(scripts.map(({ path }) => path)).toContain(outside.file("open.cgi"));
    const text = (await runAsNobody("doctor", folder.path, "--trust")).stdout.toString().split("\n");
    for (const path of refused) expect(text.some((line) => line.startsWith(`${path}: `))).toBe(true);
  },
);

test.skipIf(!canRun).each([0o000, 0o400, 0o100])(
  "a folder with mode %o hides its scripts, so it is named (needs a checkout that others may read)",
  async (mode) => {
    script("cgi-bin/x.sh", healthy);
    give(folder.path, folder.file("cgi-bin"));
    chmodSync(folder.file("cgi-bin"), mode);
    const { stdout, exitCode } = await runAsNobody("doctor", folder.path, "--trust", "--json");
    chmodSync(folder.file("cgi-bin"), 0o755);
    const { scripts } = doctorReport.strict().parse(JSON.parse(stdout.toString()));
    expect(scripts).toContainEqual(
      expect.objectContaining({ path: "cgi-bin", uncheckedWhy: expect.objectContaining({ code: "no-permission" }) }),
    );
    expect(exitCode).toBe(1);
  },
);

test.skipIf(!canRun)(
  "a request below a folder without search permission gets that finding (needs a checkout that others may read)",
  async () => {
    script("cgi-bin/x.sh", healthy);
    give(folder.path, folder.file("cgi-bin"));
    chmodSync(folder.file("cgi-bin"), 0o600);
    const { stdout } = await runAsNobody("request", folder.path, "/cgi-bin/x.sh", "--json");
    const { findings } = traceSchema.parse(JSON.parse(stdout.toString()));
    chmodSync(folder.file("cgi-bin"), 0o755);
    expect(rulesOf(findings)).toEqual(["folder-not-searchable"]);
    expect(findings[0]?.evidence).toEqual([{ kind: "errno", errno: "EACCES" }]);
  },
);
