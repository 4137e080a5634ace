// `untrust` finds a folder in the record by any path that leads to it, also when the folder is gone.
import { renameSync, symlinkSync } from "node:fs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { untrust } from "../../../server/cli/untrust.js";
import { TrustedFolders } from "../../../server/workspace/trust/trusted-folders.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let place: TempFolder;
beforeEach(() => {
  place = tempFolder();
  place.makeFolder("real/site");
  symlinkSync("real", place.file("link"));
  vi.stubEnv("XDG_DATA_HOME", place.file("data"));
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  place[Symbol.dispose]();
});

test.each([
  ["is there", () => undefined],
  ["was moved", () => renameSync(place.file("real/site"), place.file("real/elsewhere"))],
])("a folder behind a link that %s", async (_, change) => {
  await new TrustedFolders().grant(place.file("real/site"), "its settings");
  change();
  expect(await untrust([place.file("link/site")])).toBe(0);
  expect(await new TrustedFolders().recordOf(place.file("real/site"))).toBeNull();
});
