// What holds the works of other people, by a command that tries to get out.
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { confined } from "../../../server/lessons/class/confined.js";
import { tempFolder } from "../../support/temp-workspace.js";

test("a confined command writes into its folder alone, and has its limits (needs user namespaces)", async ({
  skip,
}) => {
  using folder = tempFolder();
  folder.makeFolder("own");
  const { command, held } = await confined(folder.file("own"));
  skip(held.length < 3, "needs user namespaces and prlimit");
  const tries = `echo a > ${folder.file("own/a")}; echo b > ${folder.file("b")}; ulimit -f; grep -c : /proc/net/dev`;
  const [program = "", ...args] = [...command, "sh", "-c", tries];
  const { stdout } = spawnSync(program, args, { encoding: "utf8" });
  expect(stdout).toMatch(/131072|65536/);
  expect(stdout.trim().split("\n").at(-1)).toBe("1"); // the loopback
  expect(folder.read("own/a")).toBe("a\n");
  expect(() => folder.read("b")).toThrow();
});
