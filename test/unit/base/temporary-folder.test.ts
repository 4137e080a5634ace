// A folder for the time of one piece of work.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { inTemporaryFolder } from "../../../server/base/temporary-folder.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let place: TempFolder;
beforeEach(() => {
  place = tempFolder();
  vi.stubEnv("TMPDIR", place.path);
});
afterEach(() => {
  vi.unstubAllEnvs();
  place[Symbol.dispose]();
});

test.skipIf(process.platform === "win32")("it is removed with what is in it, though the work fails", async () => {
  let made = "";
  const work = async (folder: string) => {
    made = folder;
    writeFileSync(join(folder, "left"), "");
    throw new Error("failed");
  };
  await expect(inTemporaryFolder("test", work)).rejects.toThrow("failed");
  expect([made.startsWith(`${place.path}/cgi-workbench-test-`), existsSync(made)]).toEqual([true, false]);
});

test.skipIf(process.platform === "win32")("if it cannot be made, a problem names the place", async () => {
  vi.stubEnv("TMPDIR", place.file("missing"));
  await expect(inTemporaryFolder("test", async () => {})).rejects.toMatchObject({
    problem: { code: "no-temporary-folder", data: { path: place.file("missing") } },
  });
});
