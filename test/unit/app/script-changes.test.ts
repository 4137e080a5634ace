// The wrapper of a script and its mode in the configuration: both are written, or neither.
import { existsSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import "../../support/built-agents.js";
import { Workbench } from "../../../server/app/workbench.js";
import { ScriptChanges } from "../../../server/app/wrap/script-changes.js";
import { configFileName } from "../../../server/contract/config.js";
import { maxTextBytes } from "../../../server/workspace/files/text-file.js";
import { problem } from "../../support/coded.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
let workbench: Workbench;
const changes = new ScriptChanges();
const script = "cgi-bin/cart.py";
const wrapper = "cgi-bin/cart_wsgi.py";

beforeEach(async () => {
  folder = tempFolder();
  folder.makeFolder("cgi-bin");
  folder.write(script, '#!/usr/bin/env python3\nprint("Content-Type: text/plain\\n\\nhello")\n');
  folder.makeExecutable(script);
  workbench = await Workbench.create();
});
afterEach(async () => {
  await workbench.dispose();
  folder[Symbol.dispose]();
});

const wrap = async () => {
  await workbench.folder.open(folder.path, { port: 0, run: { host: null } });
  return changes.wrap(workbench.folder.workspace(), script);
};

describe.skipIf(program("python3") === null)("a wrapper (needs python3)", () => {
  test("comes with its mode; the undo removes both, and keeps what the configuration had", async () => {
    const before = '\uFEFF{\n  // mine\n  "variables": { "A": "é" },\n}\n';
    folder.write(configFileName, before);
    const { path, token } = await wrap();
    expect([path, existsSync(folder.file(wrapper))]).toEqual([wrapper, true]);
    expect(workbench.folder.workspace().config.scripts[wrapper]?.mode).toBe("wsgi");
    expect(folder.read(configFileName)).toMatch(/^\uFEFF\{\s+\/\/ mine\n/);
    await changes.undo(token);
    expect([folder.read(configFileName), existsSync(folder.file(wrapper))]).toEqual([before, false]);
  });

  test.each([
    ["that has a mistake in its syntax", '{ "variables": { "A": '],
    ["whose settings are none", '{ "variables": 3 }'],
  ])("is not made beside a configuration %s", async (_what, text) => {
    folder.write(configFileName, text);
    await expect(wrap()).rejects.toEqual(problem("configuration"));
    expect([folder.read(configFileName), existsSync(folder.file(wrapper))]).toEqual([text, false]);
  });

  test("is removed again if the configuration cannot be written", async () => {
    const text = `{} //${" ".repeat(maxTextBytes - 5)}`;
    folder.write(configFileName, text);
    await expect(wrap()).rejects.toEqual(problem("too-large"));
    expect([folder.read(configFileName) === text, existsSync(folder.file(wrapper))]).toEqual([true, false]);
  });
});
