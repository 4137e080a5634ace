// What a kept measurement no longer says of the script as it is now.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { startupReport } from "../../../server/contract/command-output.js";
import { configFileName } from "../../../server/contract/config.js";
import { diskHash } from "../../../server/features/measure/measure.js";
import { outdatedIn } from "../../../server/features/measure/outdated.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const [script, wrapper] = ["x.py", "x_wsgi.py"];
let folder: TempFolder;
let workbench: Workbench;

beforeAll(async () => {
  folder = tempFolder();
  folder.write(configFileName, JSON.stringify({ scripts: { [script]: { mode: "prefork", preload: ["json"] } } }));
  workbench = await Workbench.create();
  folder.write(script, "");
  folder.makeExecutable(script);
  await workbench.folder.open(folder.path, { port: 0, run: { host: null } });
});
beforeEach(() => {
  for (const path of [script, wrapper]) folder.write(path, "#!/usr/bin/env python3\n");
});
afterAll(async () => {
  await workbench.dispose();
  folder[Symbol.dispose]();
});

const figures = { target: "/x.py", language: "python", totalMs: 3, interpreterMs: 1, importsMs: 1, scriptMs: 1 };
const measured = async (hasChanged: boolean, startup: object = {}) => ({
  ...{ path: script, scriptHash: await diskHash(folder.file(script)), hasChanged },
  wrapper: { path: wrapper, hash: await diskHash(folder.file(wrapper)) },
  startup: startupReport.parse({ ...figures, imports: [], ...startup }),
});
const outdated = (measurement: Parameters<typeof outdatedIn>[1]) =>
  outdatedIn(workbench.folder.workspace(), measurement);

test.each([
  ["script", script],
  ["wrapper", wrapper],
])("a saved %s is named, also if it was saved during the measurement", async (what, path) => {
  for (const hasChanged of [false, true]) {
    const measurement = await measured(hasChanged);
    folder.write(path, `${folder.read(path)}# saved\n`);
    expect(await outdated(measurement)).toBe(what);
  }
});

test("other modules to preload are named, unless the measurement does not know which there were", async () => {
  expect(await outdated(await measured(false, { preloaded: ["json"] }))).toBeNull();
  expect(await outdated(await measured(false, { preloaded: [] }))).toBe("preload");
  expect(await outdated(await measured(false))).toBeNull(); // kept by an earlier version
});
