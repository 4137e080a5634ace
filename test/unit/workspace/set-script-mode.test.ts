// How a script runs is not written into a configuration that the server does not take.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { setScriptMode } from "../../../server/workspace/config/set-script-mode.js";
import { Workspace } from "../../../server/workspace/workspace.js";
import { problem } from "../../support/coded.js";
import { tempFolder } from "../../support/temp-workspace.js";

test.each([
  ["that is not UTF-8", Buffer.from('{ /* gr\xfcn */ "handlers": { ".py": { "interpreter": ["./x"] } } }', "latin1")],
  ["that is nested too deeply", `{ "a": ${"[".repeat(5000)}${"]".repeat(5000)} }`],
  ["that watches a place outside", '{ "scripts": { "b.py": { "watch": ["../lib"] } } }'],
])("not into a file %s", async (_what, text) => {
  using folder = tempFolder();
  folder.write("cgi-workbench.json", text);
  const workspace = await Workspace.open(folder.path, { lockFolder: folder.path });
  try {
    await expect(setScriptMode(workspace, "a.py", "cgi")).rejects.toEqual(problem("configuration"));
    expect(readFileSync(folder.file("cgi-workbench.json"))).toEqual(Buffer.from(text));
  } finally {
    await workspace.dispose();
  }
});
