// Interpreters that cannot be asked.
import { expect, test } from "vitest";
import { askForProgram, askForVersion } from "../../../server/workspace/interpreters/interpreter-questions.js";
import { tempFolder } from "../../support/temp-workspace.js";

test("an interpreter whose start is refused at once has no version, and a shim leads nowhere", async () => {
  using folder = tempFolder();
  folder.write("file", "");
  // A folder is expected there: Node throws ENOTDIR, where it reports most failures of a start later.
  const circumstances = { cwd: folder.file("file"), environment: {}, signal: new AbortController().signal };
  expect(await askForVersion("python3", process.execPath, circumstances)).toBeNull();
  expect(await askForProgram("python3", process.execPath, circumstances)).toBeNull();
});
