// A measured version that another server put beside a script: it stays while that server runs, or may run.
import { createHash } from "node:crypto";
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
  place.makeFolder("cgi-workbench/versions-beside");
});
afterEach(() => {
  vi.unstubAllEnvs();
  place[Symbol.dispose]();
});

function putNote(start: string | null): string {
  const [file, text] = [place.file("version.cgi"), "text"];
  place.write("version.cgi", text);
  const hash = createHash("sha256").update(text).digest("hex");
  const note = { file, bytes: text.length, hash, pid: process.pid, start };
  place.write("cgi-workbench/versions-beside/x.json", JSON.stringify(note));
  return file;
}

test.runIf(process.platform === "linux")("whose server cannot be asked about: it stays", async () => {
  const file = putNote(await processStart(process.pid));
  await withUnreadProcesses(removeAbandonedVersions);
  expect(existsSync(file)).toBe(true);
});

test("whose server has gone: it goes", async () => {
  const file = putNote("another time");
  await removeAbandonedVersions();
  expect(existsSync(file)).toBe(false);
});
