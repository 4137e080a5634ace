// A folder whose configuration is written again and again, while windows follow its list:
// no file is missing from it for a moment.
import { setImmediate as turn } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { setScriptMode } from "../../../server/workspace/config/set-script-mode.js";
import { Workspace } from "../../../server/workspace/workspace.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
let workspace: Workspace;
beforeAll(async () => {
  folder = tempFolder();
  folder.makeFolder("cgi-bin");
  folder.write("cgi-bin/x.py", "#!/usr/bin/env python3\n");
  folder.makeExecutable("cgi-bin/x.py");
  workspace = await Workspace.open(folder.path);
  await workspace.list();
  await workspace.watching;
});
afterAll(async () => {
  await workspace.dispose();
  folder[Symbol.dispose]();
});

test("while its mode is switched", async () => {
  let isOver = false;
  const missing: string[] = [];
  const follow = async (): Promise<void> => {
    const { version: first } = await workspace.list();
    for (let version = first; !isOver; ) {
      const change = await workspace.listChanges(version);
      version = change.version;
      if (
        change.kind === "some" ? change.removed.length > 0 : !change.entries.some(({ path }) => path === "cgi-bin/x.py")
      )
        missing.push(JSON.stringify(change));
      await turn();
    }
  };
  const following = [follow(), follow()];
  for (let nth = 0; nth < 40; nth++) await setScriptMode(workspace, "cgi-bin/x.py", nth % 2 === 0 ? "prefork" : null);
  isOver = true;
  await Promise.all(following);
  expect(missing).toEqual([]);
});
