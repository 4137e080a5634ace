// The runner behind `npm test`: its commands, and the form of its last line, which other programs read.
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { manifest, repositoryRoot } from "../../support/repository.js";
import { withoutShims } from "../../support/run/find-program.mjs";
import { tempFolder } from "../../support/temp-workspace.js";

const node = (...args: string[]) => spawnSync(process.execPath, args, { cwd: repositoryRoot, encoding: "utf8" });

describe("the runner", () => {
  test("names its commands, and every one that package.json calls is among them", () => {
    const { status, stdout } = node("test/run.mjs", "help");
    expect(status).toBe(0);
    const called = Object.values(manifest.scripts).flatMap((script) =>
      [...script.matchAll(/node test\/run\.mjs (\w+)/g)].map(([, command = ""]) => command),
    );
    expect(called.length).toBeGreaterThan(4);
    for (const command of called) expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
  });

  test("refuses an unknown command", () => {
    const { status, stdout, stderr } = node("test/run.mjs", "no-such-command");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("unit");
  });

  test("leads to the interpreter behind a shim, and to no other", () => {
    using folder = tempFolder();
    for (const name of ["bin", "shims"]) folder.makeFolder(name);
    for (const [path, prints] of [
      ["shims/python3", folder.file("real/python3")],
      ["shims/perl", folder.file("shims/perl")],
      ["bin/ruby", folder.file("elsewhere/ruby")],
    ] as const) {
      folder.write(path, `#!/bin/sh\necho "${prints}"\n`);
      folder.makeExecutable(path);
    }
    const path = `${folder.file("bin")}:${folder.file("shims")}`;
    expect(withoutShims(path)).toBe(`${folder.file("real")}:${path}`);
  });

  const counts = { passed: 0, failed: [], skipped: [], notApplicable: 0, retried: [], remarks: [] };
  const suite = (its: Readonly<Record<string, unknown>>, ok: boolean): string =>
    `totals.suite("unit", ${JSON.stringify({ ...counts, ...its })}, { ok: ${ok}, seconds: 1 })`;

  test.each([
    [
      "all is well",
      suite({ passed: 3, skipped: [{ name: "a", why: "needs perl" }], notApplicable: 2 }, true),
      "3 passed, 0 failed, 1 skipped",
      0,
    ],
    ["a test fails", suite({ passed: 1, failed: ["b"] }, false), "1 passed, 1 failed, 0 skipped", 1],
    ["a suite ends badly without a failed test", suite({ passed: 1 }, false), "1 passed, 1 failed, 0 skipped", 1],
    ["a step fails", 'totals.step("types", { ok: false, seconds: 1 })', "0 passed, 1 failed, 0 skipped", 1],
    ["a test is retried", suite({ passed: 1, retried: ["c"] }, true), "1 passed, 0 failed, 0 skipped", 0],
  ])("ends with the counts: %s", (_, statement, lastLine, exitCode) => {
    const { status, stdout } = finish(statement);
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(lastLine);
    expect(status).toBe(exitCode);
  });

  test("names the parts with their seconds, and everything that did not simply pass", () => {
    const { stdout } = finish(
      suite(
        { passed: 4, failed: ["b"], skipped: [{ name: "a", why: "needs perl" }], retried: ["c"], remarks: ["d"] },
        false,
      ),
    );
    expect(stdout).toContain("    1.0  unit: 4 passed, 1 failed, 1 skipped, 1 retried");
    expect(stdout).toContain("Skipped, needs perl:\n  unit: a");
    expect(stdout).toContain("1 retried: a defect to fix:\n  unit: c");
    expect(stdout).toContain("Failed:\n  unit: b");
    expect(stdout).toContain("Remarks:\n  d");
  });

  const part = (name: string, its: string): string =>
    `{ name: "${name}", seconds: 100, run: async () => console.log("ran ${name}"), ${its} }`;
  const parts = `[${part("plain", "")}, ${part("built", "needsBuild: true")}]`;
  /** `its`: the state of the build. */
  const runParts = (its: string, limitSeconds: number) => {
    const times = `elapsedSeconds: () => 100, usualSeconds: 50, limitSeconds: ${limitSeconds}`;
    return finish(`await runParts(totals, ${parts}, { ${times}, ${its} })`);
  };

  test.each([
    ["all is well", "isReady: true, isBuilt: () => true", 1000, ["plain", "built"], "0 passed, 0 failed, 0 skipped"],
    [
      "the sources changed since the build",
      "isReady: true, isBuilt: () => false",
      1000,
      ["plain"],
      "0 passed, 1 failed, 0 skipped",
    ],
    ["the build failed", "isReady: false, isBuilt: () => false", 1000, ["plain"], "0 passed, 0 failed, 1 skipped"],
    ["a slow machine", "isReady: true, isBuilt: () => true", 299, [], "0 passed, 0 failed, 2 skipped"],
  ])("runs, fails or names every part of a long run: %s", (_, its, limitSeconds, ran, lastLine) => {
    const { stdout, status } = runParts(its, limitSeconds);
    expect([...stdout.matchAll(/^ran (\w+)$/gm)].map(([, name]) => name)).toEqual(ran);
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(lastLine);
    expect(status).toBe(lastLine.includes("1 failed") ? 1 : 0);
  });
});

describe("continuous integration's script", () => {
  test("can be executed", () => {
    expect(() => accessSync(join(repositoryRoot, ".ci/run"), constants.X_OK)).not.toThrow();
  });

  test.each([
    ["prepared", "echo /an/electron", "/an/electron"],
    ["not prepared", "exit 1", ""],
  ])("runs the tests whether Electron can be prepared or not: %s", (_, prepare, electron) => {
    using folder = tempFolder();
    folder.copyIn("project/.ci/run", join(repositoryRoot, ".ci/run"));
    for (const name of ["bin", "shared/electron"]) folder.makeFolder(name);
    folder.write("bin/npm", '#!/bin/sh\necho "$* with $ELECTRON_OVERRIDE_DIST_PATH"\n');
    folder.makeExecutable("bin/npm");
    folder.write("shared/electron/prepare", prepare);
    const env = { PATH: `${folder.file("bin")}:${process.env["PATH"]}` };
    const { stdout } = spawnSync("bash", [folder.file("project/.ci/run")], { encoding: "utf8", env });
    expect(stdout).toBe(`run ci --silent with ${electron}\n`);
  });
});

/** Runs a statement on the totals of a run, and ends that run. */
function finish(statement: string) {
  const code = `
    import { runParts } from "./test/support/run/parts.mjs";
    import { Totals } from "./test/support/run/totals.mjs";
    const totals = new Totals();
    ${statement};
    totals.finish();`;
  return node("--input-type=module", "-e", code);
}
