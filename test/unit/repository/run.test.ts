// The runner behind `npm test`: its commands, and the form of its last line, which other programs read.
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { manifest, repositoryRoot } from "../../support/repository.js";

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

  test.each([
    [
      "all is well",
      'totals.suite("unit", { passed: 3, failed: [], skipped: [{ name: "a", why: "perl is missing" }] }, true)',
      "3 passed, 0 failed, 1 skipped",
      0,
    ],
    [
      "a test fails",
      'totals.suite("unit", { passed: 1, failed: ["b"], skipped: [] }, false)',
      "1 passed, 1 failed, 0 skipped",
      1,
    ],
    [
      "a suite ends badly without a failed test",
      'totals.suite("unit", { passed: 1, failed: [], skipped: [] }, false)',
      "1 passed, 1 failed, 0 skipped",
      1,
    ],
    ["a step fails", 'totals.step("types", false)', "0 passed, 1 failed, 0 skipped", 1],
  ])("ends with the counts: %s", (_, statement, lastLine, exitCode) => {
    const totals = pathToFileURL(join(repositoryRoot, "test/support/run/totals.mjs")).href;
    const { status, stdout } = node(
      "--input-type=module",
      "-e",
      `import { Totals } from "${totals}"; const totals = new Totals(); ${statement}; totals.finish();`,
    );
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(lastLine);
    expect(status).toBe(exitCode);
  });

  test("continuous integration's script can be executed", () => {
    expect(() => accessSync(join(repositoryRoot, ".ci/run"), constants.X_OK)).not.toThrow();
  });
});
