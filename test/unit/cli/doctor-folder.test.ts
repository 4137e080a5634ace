// Which folder `doctor SCRIPT` opens: that decides whether the script is run, and by which URL.
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { doctor } from "../../../server/cli/doctor.js";
import { doctorReport } from "../../../server/contract/command-output.js";
import { fingerprintOf } from "../../../server/routing/trusted-settings.js";
import { TrustedFolders } from "../../../server/workspace/trust/trusted-folders.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let place: TempFolder;
let printed = "";
beforeEach(() => {
  place = tempFolder();
  vi.stubEnv("XDG_DATA_HOME", place.file("data"));
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  for (const folder of ["site/tools/deep", "site/cgi-bin"]) place.makeFolder(folder);
  for (const name of ["site/tools/deep/x.sh", "site/cgi-bin/x.sh"]) {
    place.write(name, "#!/bin/sh\nprintf 'Content-Type: text/plain; charset=utf-8\\n\\nhello\\n'\n");
    chmodSync(place.file(name), 0o755);
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  place[Symbol.dispose]();
});

const trust = (name: string) => new TrustedFolders().grant(join(place.path, name), fingerprintOf([]));
async function examined(name: string) {
  printed = "";
  const exitCode = await doctor([place.file(name), "--json"]);
  const { folder, scripts } = doctorReport.parse(JSON.parse(printed));
  return [exitCode, folder, scripts[0]?.request?.target];
}

test("the nearest one above it that the user trusted, though that has no configuration", async () => {
  for (const name of ["", "site"]) await trust(name);
  expect(await examined("site/tools/deep/x.sh")).toEqual([0, place.file("site"), "/tools/deep/x.sh"]);
});

test("one with a configuration, if that is nearer", async () => {
  await trust("site");
  place.write("site/tools/cgi-workbench.json", "{}");
  expect(await examined("site/tools/deep/x.sh")).toEqual([1, place.file("site/tools"), undefined]);
});

test("not one above the folder that contains cgi-bin", async () => {
  await trust("");
  expect(await examined("site/cgi-bin/x.sh")).toEqual([1, place.file("site"), undefined]);
});

test("else the one with cgi-bin, else its own; whatever else is trusted below a place", async () => {
  place.makeFolder("data/cgi-workbench");
  place.write(
    "data/cgi-workbench/trusted-folders.json",
    JSON.stringify({ schema: 1, folders: {}, below: [place.path] }),
  );
  expect(await examined("site/cgi-bin/x.sh")).toEqual([0, place.file("site"), "/cgi-bin/x.sh"]);
  expect(await examined("site/tools/deep/x.sh")).toEqual([0, place.file("site/tools/deep"), "/x.sh"]);
});
