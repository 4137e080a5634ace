// A measured version that another server put beside a script: it stays while that server runs, or may run.
import { existsSync } from "node:fs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { removeAbandonedVersions } from "../../../server/features/measure/version-beside.js";
import { processStart } from "../../../server/workspace/lock/process-identity.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { withUnreadProcesses } from "../../support/unread-processes.js";

let place: TempFolder;
beforeEach(() => {
  place = tempFolder();
  vi.stubEnv("XDG_DATA_HOME", place.path);
});
afterEach(() => {
  vi.unstubAllEnvs();
  place[Symbol.dispose]();
});

function putVersion(start: string | null): string {
  const folder = `cgi-workbench/versions-beside/${process.pid}-${encodeURIComponent(start ?? "")}-x`;
  const file = place.file("version.cgi");
  place.makeFolder(folder);
  place.write(`${folder}/path`, file);
  for (const path of [`${folder}/bytes`, "version.cgi"]) place.write(path, "text");
  return file;
}

test.runIf(process.platform === "linux")("whose server cannot be asked about: it stays", async () => {
  const file = putVersion(await processStart(process.pid));
  await withUnreadProcesses(removeAbandonedVersions);
  expect(existsSync(file)).toBe(true);
});

test("whose server has gone: it goes", async () => {
  const file = putVersion("another time");
  await removeAbandonedVersions();
  expect(existsSync(file)).toBe(false);
});
