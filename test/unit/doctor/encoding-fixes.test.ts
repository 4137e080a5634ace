// The two ways out for a script in Latin-1 that declares UTF-8: a real request, the fix, the request again, and undo.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import type { FixId } from "../../../server/contract/doctor-contract.js";
import { FixService } from "../../../server/doctor/fixes/fix-service.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const name = "cgi-bin/latin.sh";
const script = Buffer.from("#!/bin/sh\nprintf 'Content-Type: text/html; charset=utf-8\\n\\nf\xfcr'\n", "latin1");
const fixes = new FixService();
let folder: TempFolder;
let workbench: Workbench;
beforeAll(async () => {
  folder = tempFolder();
  folder.makeFolder("cgi-bin");
  folder.write(name, script);
  folder.makeExecutable(name);
  workbench = await Workbench.create();
  await workbench.folder.open(folder.path, { port: 0 });
});
afterAll(async () => {
  await workbench.dispose();
  folder[Symbol.dispose]();
});

/** The declared charset and the page, as bytes. */
async function ask(): Promise<readonly [charset: string, body: string]> {
  const request = { method: byteString("GET"), target: byteString(`/${name}`), headers: [], body: null };
  const { response } = await workbench.sender.deliver(request, { from: "cli" });
  const type = response?.headers.find(([key]) => key.toLowerCase() === "content-type")?.[1] ?? "";
  return [type.replace(/^.*=/, ""), Buffer.from(response?.body?.read(0, 100) ?? []).toString("latin1")];
}

test.each<readonly [FixId, string, string]>([
  ["convert-to-utf-8", "utf-8", "f\xc3\xbcr"],
  ["declare-latin-1", "iso-8859-1", "f\xfcr"],
])("%s", async (fix, charset, body) => {
  const workspace = workbench.folder.workspace();
  expect(await ask()).toEqual(["utf-8", "f\xfcr"]);
  const { changes } = await fixes.preview(workspace, name, fix);
  expect(changes).toMatchObject([
    { kind: "text", before: script.toString("latin1"), after: expect.stringContaining("für") },
  ]);
  const encodings = changes.map((change) => change.kind === "text" && change.encoding);
  expect(encodings).toEqual([fix === "convert-to-utf-8" ? { before: "iso-8859-1", after: "utf-8" } : undefined]);
  const expected = changes.flatMap((change) => (change.kind === "text" ? [{ path: name, hash: change.hash }] : []));
  const token = await fixes.apply(workspace, name, fix, expected, []);
  expect(await ask()).toEqual([charset, body]);
  await expect(fixes.preview(workspace, name, fix)).rejects.toMatchObject({ problem: { code: "nothing-to-change" } });
  await fixes.undo(token);
  expect(readFileSync(folder.file(name))).toEqual(script);
});
