// Another mode for a script and its Undo, on a real server: the configuration is as it was, in the folder that had it.
import { existsSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { switchMode } from "../../../../../renderer/features/modes/switch-mode.js";
import { useFiles } from "../../../../../renderer/model/folder/file-store.js";
import { useNotices } from "../../../../../renderer/platform/notices.js";
import { configFileName } from "../../../../../server/contract/config.js";
import type { Mode } from "../../../../../server/contract/modes.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";
import { tempFolder } from "../../../../support/temp-workspace.js";
import { waitFor } from "../../../../support/wait-for.js";

const configured = '{ "scripts": { "./x.py": { "mode": "persistent" } } }';

let served: ServedPage;
beforeEach(async () => {
  served = await servePage();
  served.folder.write("x.py", "#!/usr/bin/env python3\n");
  served.folder.makeExecutable("x.py");
  served.folder.write(configFileName, configured);
  await served.workbench.folder.open(served.folder.path, { port: 0 });
});
afterEach(() => served[Symbol.asyncDispose]());

async function switchTo(mode: Mode): Promise<void> {
  const { entries } = await served.workbench.folder.workspace().list();
  useFiles.setState({ byPath: new Map(entries.map((entry) => [entry.path, entry])) });
  await switchMode("x.py", mode);
  expect(served.folder.read(configFileName)).toContain(`"${mode}"`);
}

async function undo(): Promise<void> {
  const [notice] = useNotices.getState().notices.filter(({ action }) => action !== null);
  useNotices.setState({ notices: [] });
  notice?.action?.run();
  await waitFor("what came of it", () => useNotices.getState().notices.length > 0);
}

test("a key that is spelt otherwise keeps its mode", async () => {
  await switchTo("prefork");
  await undo();
  expect(served.folder.read(configFileName)).toBe(configured);
});

test("in another folder nothing changes", async () => {
  using other = tempFolder();
  await switchTo("prefork");
  await served.workbench.folder.open(other.path, { port: 0 });
  await undo();
  expect(existsSync(other.file(configFileName))).toBe(false);
  expect(served.folder.read(configFileName)).toBe(configured);
});
