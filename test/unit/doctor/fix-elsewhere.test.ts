// A fix of another file than the script: the finding's fixes name it, and change it alone. And one fix of several
// scripts: one preview, one undo.
import { readFileSync } from "node:fs";
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
  for (const name of ["cgi-bin", "cgi-bin/tmpl", "sub"]) folder.makeFolder(name);
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
async function findingsOf(name: string, referer?: string) {
  const headers =
    referer === undefined
      ? []
      : [
          ["Host", "localhost"],
          ["Referer", `http://localhost${referer}`],
        ];
  const fields = headers.map(([key = "", value = ""]) => [byteString(key), byteString(value)] as const);
  const request = { method: byteString("GET"), target: byteString(`/${name}`), headers: fields, body: null };
  const { id } = await workbench.sender.deliver(request, { from: "cli" });
  return workbench.scripts.fixesOf(id);
}
async function apply(path: string, fix: FixId, others: readonly string[] = []) {
  const { changes } = await workbench.scripts.fixes.preview(workbench.folder.workspace(), path, fix, null, others);
  const expected = changes.flatMap((change) => (change.kind === "text" ? [change] : []));
  const token = await workbench.scripts.fixes.apply(
    workbench.folder.workspace(),
    path,
    fix,
    expected,
    [],
    null,
    others,
  );
  return { changed: changes.map((change) => change.path), undo: () => workbench.scripts.fixes.undo(token) };
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

test("a link that leads nowhere is corrected in the page that has it, and the others are left", async () => {
  const page = (add: string, help: string) =>
    `<form action="${add}"><a href="${help}">Hilfe f\xfcr</a> <a href="http://else.example/add.sh"> <a href='/none'>`;
  write("add.sh", `${head}echo x\n`);
  write("help.html", "<p>");
  write("sub/form.html", page("/cgi-bin/add.sh?a=1", "../help.htm#top"));
  const { path, rules, fixes } = await findingsOf("cgi-bin/add.sh?a=1", "/sub/form.html");
  expect([path, rules, fixes]).toEqual([
    null,
    ["file-not-found"],
    [[{ id: "correct-links", title: expect.any(String), path: "sub/form.html" }]],
  ]);
  const { changed, undo } = await apply("sub/form.html", "correct-links");
  expect(changed).toEqual(["sub/form.html"]);
  expect(readFileSync(folder.file("sub/form.html"), "latin1")).toBe(page("/add.sh?a=1", "../help.html#top"));
  await undo();
  folder.remove("sub/form.html");
  expect((await findingsOf("cgi-bin/add.sh", "/sub/form.html")).fixes).toEqual([[]]);
});

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

  const { changes } = await workbench.scripts.fixes.preview(
    workbench.folder.workspace(),
    first,
    "require-from-folder",
    null,
    others,
  );
  const expected = changes.flatMap((change) => (change.kind === "text" ? [change] : []));
  write(others[1] ?? "", `${old}# typed\n`);
  const again = workbench.scripts.fixes.apply(
    workbench.folder.workspace(),
    first,
    "require-from-folder",
    expected,
    [],
    null,
    others,
  );
  await expect(again).rejects.toEqual(problem("changed", { path: others[1] }));
  expect(texts().slice(0, 2)).toEqual([old, old]);
});
