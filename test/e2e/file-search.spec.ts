// Find and replace in the folder's files: in each file's own encoding, shown as it comes, at the match with one press,
// and undone as a whole.
import { readFileSync } from "node:fs";
import type { TempFolder } from "../support/temp-workspace.js";
import { examine } from "./examine.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");
const files: Readonly<Record<string, string | Buffer>> = {
  "cgi-bin/kontakt.pl": latin1(
    '#!/usr/bin/perl\n# Formular f\xfcr das M\xf6belhaus\nprint "M\xf6belhaus: K\xfcche\\n";\n',
  ),
  "cgi-bin/cart.py": "#!/usr/bin/python3\nSHOP = 'Möbelhaus Krüger'\n",
  "htdocs/index.html": '<!doctype html>\n<meta charset="utf-8">\n<title>Möbelhaus</title>\n',
  "htdocs/old.html": "<title>Büro</title>\n",
  "htdocs/logo.bin": Buffer.concat([Buffer.of(0x89, 0, 1, 2), Buffer.from("Möbelhaus")]),
};

function site(folder: TempFolder): string {
  for (const name of ["site/cgi-bin", "site/htdocs"]) folder.makeFolder(name);
  for (const [name, content] of Object.entries(files)) folder.write(`site/${name}`, content);
  return folder.file("site");
}

const panelOf = (window: WorkbenchWindow) => window.page.getByRole("region", { name: "Find in files" });
const bytesOf = (folder: TempFolder, path: string): Buffer => readFileSync(folder.file(`site/${path}`));

test("a text is found in every encoding, and a press leads to the match", async ({ window, folder }) => {
  const { page } = window;
  await window.openFolder(site(folder));
  await page.keyboard.press("ControlOrMeta+Shift+F");
  const panel = panelOf(window);
  const field = panel.getByRole("textbox", { name: "Find", exact: true });
  await expect(field).toBeFocused();
  await field.fill("möbelhaus");
  await page.keyboard.press("Enter");
  const status = panel.getByRole("status");
  await expect(status).toContainText("4 matches in 3 files. 5 files searched in");
  await expect(status).toContainText("1 binary file left out.");
  const matches = panel.getByRole("tree", { name: "Matches" });
  await expect(matches.getByRole("treeitem", { name: /kontakt\.pl/ })).toContainText("ISO-8859-1");
  expect(await examine(page, "matches in files")).toEqual([]);

  await matches.getByRole("treeitem", { name: /Formular für/ }).click();
  await expect(window.editor).toContainText("Formular für das Möbelhaus");
  await expect(window.statusBar).toContainText("Ln 2, Col 29");

  await expect(window.files.getByRole("treeitem", { name: /kontakt\.pl/ })).toContainText("latin-1");

  // Case, path and expression narrow it; the keys lead to the match as well.
  await panel.getByRole("button", { name: "Aa: match case" }).click();
  await expect(status).toContainText("0 matches");
  await panel.getByRole("button", { name: "Aa: match case" }).click();
  await panel.getByRole("textbox", { name: "Files to exclude" }).fill("*.pl");
  await panel.getByRole("button", { name: ".*: regular expression" }).click();
  await field.fill("M\\S+haus\\b K");
  await field.press("Enter");
  await expect(status).toContainText("1 match in 1 file.");
  await matches.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(window.editor).toContainText("Möbelhaus Krüger");
  await expect(window.statusBar).toContainText("Ln 2, Col 20");

  await field.fill("(");
  await field.press("Enter");
  await expect(status).toContainText("This regular expression is not valid: missing closing )");
});

test("a replacement is shown first, keeps every other byte, and is undone at once", async ({ window, folder }) => {
  const { page } = window;
  await window.openFolder(site(folder));
  await page.keyboard.press("ControlOrMeta+Shift+H");
  const panel = panelOf(window);
  await panel.getByRole("textbox", { name: "Find", exact: true }).fill("Möbelhaus");
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("status")).toContainText("4 matches in 3 files");
  const replacement = panel.getByRole("textbox", { name: "Replacement" });
  await replacement.fill("Möbel 5 €");
  await replacement.press("Enter");
  const left = panel.getByRole("listitem").filter({ hasText: "cgi-bin/kontakt.pl" });
  await expect(left).toHaveText("cgi-bin/kontakt.pl: ISO-8859-1 does not have “€”, which is in line 2.");
  await panel.getByRole("button", { name: "Back" }).click();

  await replacement.fill("Küchenhaus");
  await panel.getByRole("button", { name: "Preview replacement…" }).click();
  const changes = panel.getByRole("tree", { name: "Changes" });
  await expect(changes.getByRole("deletion")).toHaveText(["Möbelhaus", "Möbelhaus", "Möbelhaus", "Möbelhaus"]);
  await expect(changes.getByRole("insertion").first()).toHaveText("Küchenhaus");
  expect(await examine(page, "changes of a replacement")).toEqual([]);
  await changes.getByRole("checkbox", { name: "Replace in htdocs/index.html" }).uncheck();
  await panel.getByRole("button", { name: "Replace 3 matches in 2 files" }).click();
  await expect(panel.getByRole("status")).toContainText("Replaced 3 matches in 2 files.");
  const before = (path: string): Buffer => Buffer.from(files[path] ?? "");
  expect(bytesOf(folder, "cgi-bin/kontakt.pl")).toEqual(
    latin1(before("cgi-bin/kontakt.pl").toString("latin1").replaceAll("M\xf6belhaus", "K\xfcchenhaus")),
  );
  expect(bytesOf(folder, "htdocs/index.html")).toEqual(before("htdocs/index.html"));

  await panel.getByRole("button", { name: "Undo" }).click();
  await expect(panel.getByRole("status")).toContainText("Restored 2 files.");
  for (const path of Object.keys(files)) expect(bytesOf(folder, path)).toEqual(before(path));
});

test("bytes are found in text and in other files", async ({ window, folder }) => {
  await window.openFolder(site(folder));
  await window.runCommand("Find in files…");
  const panel = panelOf(window);
  await panel.getByRole("button", { name: "0x: find bytes in hex" }).click();
  await panel.getByRole("textbox", { name: "Find", exact: true }).fill("4D C3 B6 ?? 65");
  await panel.getByRole("button", { name: "Find", exact: true }).click();
  await expect(panel.getByRole("status")).toContainText("3 matches in 3 files.");
  const logo = panel.getByRole("treeitem", { name: /^0x4 / });
  await expect(logo).toContainText("89 00 01 02 4d c3 b6 62 65 6c 68 61 75 73");

  // A file that is not text shows its bytes, those that were found selected.
  await logo.click();
  const bytes = window.page.getByRole("region", { name: "logo.bin bytes" });
  await expect(bytes.getByRole("status")).toContainText("5 bytes selected, 0x4 to 0x8");
  await expect(bytes.getByRole("group", { name: "logo.bin, hex" })).toContainText("89 00 01 02 4d c3 b6 62");
  expect(await examine(window.page, "a file as bytes")).toEqual([]);
  const index = panel.getByRole("treeitem", { name: /line 3$/ });
  await index.click();
  await expect(window.editor).toContainText("<title>Möbelhaus</title>");
  await expect(window.statusBar).toContainText("Ln 3, Col 1");
});

test("marked bytes of a response lead to the files that have them", async ({ window, folder }) => {
  const root = site(folder);
  folder.write("site/cgi-bin/cat.sh", "#!/bin/sh\nprintf 'Content-Type: text/html\\n\\n'\ncat ../htdocs/index.html\n");
  folder.makeExecutable("site/cgi-bin/cat.sh");
  await window.openFolder(root);
  await window.send("/cgi-bin/cat.sh");
  await window.tab("Stdout");
  const bytes = window.bytes("Stdout");
  await bytes
    .getByRole("group", { name: /^Stdout, / })
    .getByText("Möbelhaus")
    .dblclick();
  await bytes.getByRole("button", { name: "Find in files" }).click();
  const panel = panelOf(window);
  await expect(panel.getByRole("textbox", { name: "Find", exact: true })).toHaveValue(
    /^4d c3 b6 62 65 6c 68 61 75 73$/,
  );
  await expect(panel.getByRole("treeitem", { name: /index\.html/ })).toBeVisible();
  await expect(panel.getByRole("treeitem", { name: /logo\.bin/ })).toContainText("binary");
});
