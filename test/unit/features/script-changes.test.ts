// What the window changes for a script, and its undo. The wrapper and its mode: both are written, or neither.
import { existsSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import "../../support/built-agents.js";
import { Workbench } from "../../../server/app/workbench.js";
import { configFileName } from "../../../server/contract/config.js";
import { preloadOf, ScriptChanges } from "../../../server/features/wrap/script-changes.js";
import { byteString, utf8 } from "../../../server/protocol/byte-string.js";
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

const opened = async (path = folder.path) => {
  await workbench.folder.open(path, { port: 0, run: { host: null } });
  return workbench.folder.workspace();
};
const wrap = async () => changes.wrap(await opened(), script);

/** Of the wrapper's response, to a client that signs in. */
async function body(): Promise<string> {
  const request = {
    ...{ method: byteString("GET"), target: utf8(`/${wrapper}`), body: null },
    headers: [[byteString("Authorization"), byteString("Basic eDp5")]] as const,
  };
  const { response } = await workbench.sender.deliver(request, { from: "cli" });
  return Buffer.from(response?.body.read(0, 1000) ?? []).toString();
}

async function hash(): Promise<string | null> {
  const content = await workbench.folder.workspace().read(script);
  return content.kind === "text" ? content.hash : null;
}

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

  test("has the settings of the script; a module that is saved with the script runs in the next request", async () => {
    const source = (word: string) =>
      `#!/usr/bin/env python3\nimport os, shop\nprint("Content-Type: text/plain\\n\\n${word}", shop.NAME,\n` +
      '    os.environ.get("COLOUR"), os.environ.get("HTTP_AUTHORIZATION"))\n';
    folder.write("cgi-bin/shop.py", 'NAME = "shop"\n');
    folder.write(script, source("first"));
    const settings = { variables: { COLOUR: "red" }, passAuthorization: true, watch: ["data"] };
    folder.write(configFileName, JSON.stringify({ scripts: { [script]: settings } }));
    const { token } = await wrap();
    const { config } = workbench.folder.workspace();
    expect(config.scripts[wrapper]).toEqual({ ...settings, mode: "wsgi", watch: ["data", script] });
    expect(await body()).toBe("first shop red Basic eDp5\n");
    folder.write("cgi-bin/shop.py", 'NAME = "other shop"\n');
    await workbench.folder
      .workspace()
      .write(script, { text: source("second"), bom: false, expectedHash: await hash() });
    expect(await body()).toBe("second other shop red Basic eDp5\n");
    await changes.undo(token);
    expect(workbench.folder.workspace().config.scripts[wrapper]).toBeUndefined();
  });

  test.each([
    ["edited", () => folder.write(wrapper, "mine\n"), wrapper],
    ["removed", () => folder.remove(wrapper), wrapper],
    ["whose configuration was edited", () => folder.write(configFileName, "{}\n"), configFileName],
  ])("%s since: the undo does nothing, and says why", async (_what, change, path) => {
    const { token } = await wrap();
    change();
    const before = [folder.read(configFileName), existsSync(folder.file(wrapper)) && folder.read(wrapper)];
    await expect(changes.undo(token)).rejects.toEqual(problem("changed", { path }));
    expect([folder.read(configFileName), existsSync(folder.file(wrapper)) && folder.read(wrapper)]).toEqual(before);
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

describe("the undo of another mode", () => {
  const configured = `{\n  "scripts": { "./${script}": { "mode": "persistent", "watch": ["${wrapper}"] } }, // mine\n}\n`;

  test.each([
    ["with a key that is spelt otherwise", configured],
    ["without the script", '{ "scripts": { "other.py": { "watch": ["cgi-bin/cart.py"] } } }'],
    ["that is empty", ""],
  ])("a configuration %s is as it was before", async (_what, text) => {
    folder.write(configFileName, text);
    const token = await changes.setMode(await opened(), script, "prefork");
    expect(workbench.folder.workspace().routeOf(script)).toMatchObject({ mode: "prefork" });
    await changes.undo(token);
    expect(folder.read(configFileName)).toBe(text);
  });

  test("where there was no configuration, there is none again", async () => {
    const token = await changes.setMode(await opened(), script, "prefork");
    await changes.undo(token);
    expect(existsSync(folder.file(configFileName))).toBe(false);
  });

  test("after another folder was opened, it changes the folder that had the mode", async () => {
    using other = tempFolder();
    folder.write(configFileName, configured);
    const token = await changes.setMode(await opened(), script, "prefork");
    await opened(other.path);
    await changes.undo(token);
    expect([folder.read(configFileName), existsSync(other.file(configFileName))]).toEqual([configured, false]);
  });

  test("never drops another program's change: what was saved at the same moment stays", async () => {
    folder.write(configFileName, "{}");
    const workspace = await opened();
    const readBytes = workspace.readBytes.bind(workspace);
    vi.spyOn(workspace, "readBytes").mockImplementationOnce(async (path) => {
      const read = await readBytes(path);
      folder.write(configFileName, configured);
      return read;
    });
    await expect(changes.setMode(workspace, script, "prefork")).rejects.toEqual(problem("conflict"));
    expect(folder.read(configFileName)).toBe(configured);
  });
});

test("other modules that are preloaded stay, and the undo gives back the list", async () => {
  const before = JSON.stringify({ scripts: { [script]: { preload: ["html.entities", "json"] } } });
  folder.write(configFileName, before);
  const { modules, token } = await changes.setPreload(await opened(), script, { add: ["decimal"], remove: ["json"] });
  expect(modules).toEqual(["html.entities", "decimal"]);
  expect(workbench.folder.workspace().config.scripts[script]?.preload).toEqual(modules);
  await changes.undo(token);
  expect(folder.read(configFileName)).toBe(before);
});

test("without the last module nothing is preloaded, whatever the handler preloads", async () => {
  const before = JSON.stringify({ handlers: { ".py": { mode: "prefork", preload: ["json", "decimal"] } } });
  folder.write(configFileName, before);
  const change = { add: [], remove: ["json", "decimal"] };
  const { modules, token } = await changes.setPreload(await opened(), script, change);
  expect([modules, preloadOf(workbench.folder.workspace(), script)]).toEqual([[], []]);
  await changes.undo(token);
  expect(folder.read(configFileName)).toBe(before);
});
