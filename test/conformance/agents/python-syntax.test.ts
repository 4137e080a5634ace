// The Python agent runs on Python 3.8: its syntax is held to that version, module by module and joined.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { joinAgent } from "../../../electron/launch/join-agents.mjs";
import { interpreterPath } from "../../support/agents/interpreter.js";
import { repositoryRoot } from "../../support/repository.js";
import { program } from "../../support/temp-workspace.js";

const folder = join(repositoryRoot, "server/agents/python");
const read = (name: string): string => readFileSync(join(folder, name), "utf8");
const modules = read("modules.txt")
  .split("\n")
  .filter((name) => name !== "");

/** Names that came after Python 3.8, with the release. */
const tooNew = [
  /\bremoveprefix\(|\bremovesuffix\(|\bwaitstatus_to_exitcode\b|\bimportlib\.resources\.files\b/, // 3.9
  /\bzip\([^)]*strict=|\bsys\.orig_argv\b|\bsys\.stdlib_module_names\b/, // 3.10
  /\bExceptionGroup\b|\badd_note\(|\bsys\.exception\(/, // 3.11
  /\bitertools\.batched\b|\bos\.unshare\b/, // 3.12
];

const check = "import ast, json, sys; [ast.parse(one, feature_version=(3, 8)) for one in json.loads(sys.stdin.read())]";
const parse = (sources: readonly string[]) =>
  spawnSync(interpreterPath("python3"), ["-c", check], { input: JSON.stringify(sources), encoding: "utf8" });

describe("the Python agent", () => {
  test("consists of modules of at most 150 lines without long lines", () => {
    expect(modules.length).toBeGreaterThan(10);
    expect(modules.filter((name) => read(name).split("\n").length > 151)).toEqual([]);
    expect(
      modules.filter((name) =>
        read(name)
          .split("\n")
          .some((line) => line.length > 120),
      ),
    ).toEqual([]);
  });

  test("says at the top of each module what it is", () => {
    expect(modules.filter((name) => !/^#( |!)/.test(read(name)))).toEqual([]);
  });

  test.skipIf(program("python3") === null)("has the syntax of Python 3.8 (needs python3)", () => {
    expect(parse([...modules.map(read), joinAgent("python")])).toMatchObject({ stderr: "", status: 0 });
    expect(parse(["match 1:\n  case 1: pass"]).status).not.toBe(0);
  });

  test("calls nothing that came later", () => {
    expect(tooNew.filter((name) => name.test(joinAgent("python")))).toEqual([]);
  });
});
