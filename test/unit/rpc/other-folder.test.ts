// A change of files that a window asked for before another folder was opened changes nothing in that one.
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { coded } from "../../support/coded.js";
import { type RpcClient, rpcWindows } from "../../support/rpc-windows.js";
import { tempFolder } from "../../support/temp-workspace.js";

const path = "a.py";
const query = { kind: "text", text: "x", matchesCase: true, wholeWord: false, isRegex: false } as const;

test.each<[string, (client: RpcClient, root: string) => Promise<unknown>]>([
  ["remove", ({ files }, root) => files.remove({ root, path, forGood: true })],
  ["move", ({ files }, root) => files.move({ root, from: path, to: "b.py" })],
  ["copy", ({ files }, root) => files.copy({ root, from: path, to: "new.py" })],
  ["create", ({ files }, root) => files.create({ root, path: "new.py", text: "", executable: true })],
  ["write", ({ files }, root) => files.write({ root, path: "new.py", text: "", bom: false, expectedHash: null })],
  ["create a folder", ({ files }, root) => files.createFolder({ root, path: "new.py" })],
  ["set executable", ({ files }, root) => files.setExecutable({ root, path, executable: true })],
  ["restore", ({ files }, root) => files.restore({ root, token: crypto.randomUUID() })],
  ["preview a replacement", ({ search }, root) => search.preview({ root, query, replacement: "", files: [] })],
  ["replace", ({ search }, root) => search.replace({ root, query, replacement: "", files: [] })],
  ["preview a conversion", ({ encodings }, root) => encodings.preview({ root, files: [] })],
  ["convert", ({ encodings }, root) => encodings.convert({ root, files: [] })],
  ["reset the examples", ({ samples }, root) => samples.reset({ root })],
  ["compile", ({ samples }, root) => samples.compile({ root, path: "c/sum.c" })],
])("%s", async (_, change) => {
  using before = tempFolder();
  using opened = tempFolder();
  opened.write(path, "");
  const workbench = await Workbench.create();
  await using windows = await rpcWindows(workbench, "port");
  try {
    const { client } = await windows.open();
    await client.workspace.open({ path: opened.path });
    const { root } = workbench.folder.workspace();
    await expect(change(client, before.path)).rejects.toMatchObject({ data: coded("other-folder") });
    expect([existsSync(opened.file(path)), existsSync(opened.file("new.py"))]).toEqual([true, false]);
    await client.files.remove({ root, path, forGood: true });
    expect(existsSync(opened.file(path))).toBe(false);
  } finally {
    await workbench.dispose();
  }
});
