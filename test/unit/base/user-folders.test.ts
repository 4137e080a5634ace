// Folders of the user never depend on where the workbench starts.
import { homedir } from "node:os";
import { isAbsolute } from "node:path";
import { expect, test, vi } from "vitest";
import { homeFolder, temporaryRoot } from "../../../server/base/user-folders.js";

test.each(["", ".", "home", "../x"])("%j as HOME or TMPDIR is ignored (C5)", (name) => {
  expect(isAbsolute(homeFolder({ HOME: name }))).toBe(true);
  vi.stubEnv("TMPDIR", name);
  expect(isAbsolute(temporaryRoot())).toBe(true);
  vi.unstubAllEnvs();
});
test("an absolute HOME is the home", () => {
  expect([homeFolder({ HOME: "/home/ada" }), homeFolder()]).toEqual(["/home/ada", homedir()]);
});
