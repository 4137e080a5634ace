// The file that a verb writes: a new or a replaced one, the target of a link, a pipe.
import { execFileSync, spawn } from "node:child_process";
import { lstatSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeOutput } from "../../../server/cli/output-file.js";
import { problem } from "../../support/coded.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const bytes = Buffer.from("secret\n");
let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder[Symbol.dispose]());

test("a link stays one: its target is replaced, and is the user's alone", async () => {
  folder.write("old.har", "old");
  symlinkSync("old.har", folder.file("link.har"));
  expect(await writeOutput(folder.file("link.har"), bytes)).toBe(0);
  expect(lstatSync(folder.file("link.har")).isSymbolicLink()).toBe(true);
  expect([folder.read("old.har"), statSync(folder.file("old.har")).mode & 0o777]).toEqual(["secret\n", 0o600]);
  symlinkSync("new.har", folder.file("ahead.har"));
  expect(await writeOutput(folder.file("ahead.har"), bytes)).toBe(0);
  expect(folder.read("new.har")).toBe("secret\n");
  expect(readdirSync(folder.path)).toEqual(["ahead.har", "link.har", "new.har", "old.har"]);
});

test.skipIf(program("mkfifo") === null)("a pipe stays one, and its reader gets the text (needs mkfifo)", async () => {
  const pipe = folder.file("pipe");
  execFileSync("mkfifo", [pipe]);
  const reader = spawn("cat", [pipe], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    expect(await writeOutput(pipe, bytes)).toBe(0);
    expect(lstatSync(pipe).isFIFO()).toBe(true);
    expect(await text(reader.stdout)).toBe("secret\n");
  } finally {
    reader.kill(); // of a file in the pipe's place nothing comes
  }
});

test("what cannot be written is a problem with the system's reason", async () => {
  folder.write("file", "");
  for (const [path, errno] of [
    [folder.path, "EISDIR"],
    [folder.file("missing/a.har"), "ENOENT"],
    [folder.file("file/a.har"), "ENOTDIR"],
  ] as const)
    await expect(writeOutput(path, bytes)).rejects.toEqual(
      problem("not-written", { path, systemText: expect.stringMatching(errno) }),
    );
});
