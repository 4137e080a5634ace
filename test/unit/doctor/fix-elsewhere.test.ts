// A fix of another file than the script: the finding's fixes name it, and change it alone. And one fix of several
// scripts: one preview, one undo.
import { afterAll, beforeAll, expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import type { FixId } from "../../../server/contract/doctor-contract.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import { problem } from "../../support/coded.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let workbench: Workbench;
let folder: TempFolder;
beforeAll(async () => {
  folder = tempFolder();
  for (const name of ["cgi-bin", "cgi-bin/tmpl"]) folder.makeFolder(name);
  workbench = await Workbench.create();
  await workbench.folder.open(folder.path, { port: 0 });
});
afterAll(async () => {
  await workbench.dispose();
  folder[Symbol.dispose]();
});

function write(name: string, source: string): void {
  folder.write(name, Buffer.from(source, "latin1"));
  if (/\.(?:sh|cgi)$/.test(name)) folder.makeExecutable(name);
}
async function findingsOf(name: string) {
  const request = { method: byteString("GET"), target: byteString(`/${name}`), headers: [], body: null };
  const { id } = await workbench.sender.deliver(request, { from: "cli" });
  return workbench.scripts.fixesOf(id);
}
async function apply(path: string, fix: FixId, others: readonly string[] = []) {
  const { changes } = await workbench.scripts.previewFix(path, fix, null, others);
  const expected = changes.flatMap((change) => (change.kind === "text" ? [change] : []));
  const token = await workbench.scripts.applyFix(path, fix, null, expected, [], others);
  return { changed: changes.map((change) => change.path), undo: () => workbench.scripts.undoFix(token) };
}

const head = "#!/bin/sh\nprintf 'Content-Type: text/html; charset=utf-8\\n\\n'\n";
test.each([
  [
    "a template",
    "page.sh",
    `${head}cat tmpl/thanks.html\n`,
    "cgi-bin/tmpl/thanks.html",
    "<p>\nM\xfcller\n",
    "not-utf-8",
  ],
  [
    "a template of a mixed page",
    "mixed.sh",
    `${head}echo '<p>K\xc3\xb6ln'\ncat tmpl/mixed.html\n`,
    "cgi-bin/tmpl/mixed.html",
    "<p>\nMei\xdfner\n",
    "encodings-mixed",
  ],
  [
    "a library",
    "names.sh",
    `${head}. ./words.lib\necho "<p>$name"\n`,
    "cgi-bin/words.lib",
    "name=J\xfcrgen\n",
    "not-utf-8",
  ],
])("%s that is not UTF-8 is converted in place of the script", async (_what, name, source, other, content, rule) => {
  write(`cgi-bin/${name}`, source);
  write(other, content);
  const { rules, fixes, markers } = await findingsOf(`cgi-bin/${name}`);
  expect(fixes[rules.indexOf(rule)]).toEqual([{ id: "convert-to-utf-8", title: expect.any(String), path: other }]);
  expect(markers.flatMap((marker) => marker.fixes)).toEqual([]);
  const { changed, undo } = await apply(other, "convert-to-utf-8");
  expect(changed).toEqual([other]);
  expect((await findingsOf(`cgi-bin/${name}`)).rules).toEqual([]);
  await undo();
  expect((await findingsOf(`cgi-bin/${name}`)).rules).toEqual([rule]);
});

test.skipIf(!program("perl"))(
  "the library that requires a bare name is changed, not the script (needs perl)",
  async () => {
    write("cgi-bin/shop.cgi", '#!/usr/bin/env perl\nrequire "./shop-lib.pl";\n');
    write("cgi-bin/shop-lib.pl", 'require "prices.pl";\n1;\n');
    write("cgi-bin/prices.pl", 'print "Content-Type: text/plain; charset=utf-8\\n\\nprices\\n";\n1;\n');
    const { rules, fixes } = await findingsOf("cgi-bin/shop.cgi");
    expect([rules, fixes]).toMatchObject([
      ["perl-file-missing"],
      [[{ id: "require-from-folder", path: "cgi-bin/shop-lib.pl" }]],
    ]);
    await apply("cgi-bin/shop-lib.pl", "require-from-folder");
    expect((await findingsOf("cgi-bin/shop.cgi")).rules).toEqual([]);
  },
);

test("a script that holds the bytes itself is changed", async () => {
  write("cgi-bin/own.sh", `${head}echo '<p>M\xf6ller'\n`);
  const { fixes } = await findingsOf("cgi-bin/own.sh");
  expect(fixes.flat().map(({ id, path }) => [id, path])).toEqual([
    ["convert-to-utf-8", undefined],
    ["declare-latin-1", undefined],
  ]);
});

test("one fix of several scripts has one preview and one undo, and changes all or none", async () => {
  const [first = "", ...others] = ["a", "b", "c"].map((name) => `cgi-bin/all-${name}.cgi`);
  const old = '#!/usr/bin/env perl\nrequire "prices.pl";\n';
  const texts = () => [first, ...others].map((name) => folder.read(name));
  for (const name of [first, ...others]) write(name, old);
  const { changed, undo } = await apply(first, "require-from-folder", others);
  expect(changed).toEqual([first, ...others]);
  expect(texts()).toEqual(changed.map(() => old.replace('"prices', '"./prices')));
  await undo();
  expect(texts()).toEqual(changed.map(() => old));

  const { changes } = await workbench.scripts.previewFix(first, "require-from-folder", null, others);
  const expected = changes.flatMap((change) => (change.kind === "text" ? [change] : []));
  write(others[1] ?? "", `${old}# typed\n`);
  const again = workbench.scripts.applyFix(first, "require-from-folder", null, expected, [], others);
  await expect(again).rejects.toEqual(problem("changed-since-preview"));
  expect(texts().slice(0, 2)).toEqual([old, old]);
});
