// Files that are not UTF-8: opened, edited and saved without changing a byte that was not edited; read and saved with
// another encoding by choice.
import { readFileSync } from "node:fs";
import type { TempFolder } from "../support/temp-workspace.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");
const bytesOf = (folder: TempFolder, path: string): Buffer => readFileSync(folder.file(path));

function site(folder: TempFolder, files: Readonly<Record<string, Buffer>>): string {
  for (const name of ["site", "site/cgi-bin"]) folder.makeFolder(name);
  for (const [name, bytes] of Object.entries(files)) folder.write(`site/cgi-bin/${name}`, bytes);
  return folder.file("site");
}

const encodingButton = (window: WorkbenchWindow) => window.statusBar.getByRole("button", { name: /^Encoding: / });

async function choose(window: WorkbenchWindow, submenu: string, encoding: string): Promise<void> {
  await encodingButton(window).click();
  // By its key: a pointer that comes while the menu opens is not noticed.
  await window.page.getByRole("menuitem", { name: submenu }).press("ArrowRight");
  await window.page.getByRole("menuitemradio", { name: new RegExp(`^${encoding}\\b`) }).click();
}

test("a Latin-1 script keeps its bytes, refuses what Latin-1 does not have, and becomes UTF-8", async ({
  window,
  folder,
}) => {
  const script = latin1("#!/usr/bin/perl\r\n# Formular f\xfcr R\xfcckfragen\n\nprint 'K\xfcche';\n");
  await window.openFolder(site(folder, { "kontakt.cgi": script }));
  await window.openFile("cgi-bin/kontakt.cgi");
  await expect(window.editor).toContainText("Formular für Rückfragen");
  await expect(encodingButton(window)).toHaveAccessibleName("Encoding: ISO-8859-1, line endings: mixed or CR");
  await window.type("# Küche\n");
  await window.page.keyboard.press("ControlOrMeta+S");
  await expect
    .poll(() => bytesOf(folder, "site/cgi-bin/kontakt.cgi"))
    .toEqual(Buffer.concat([latin1("# K\xfcche\n"), script]));
  await expect(window.page.getByRole("tab", { name: "kontakt.cgi", exact: true })).toBeVisible(); // saved for the window, too

  await window.type("# 5 €\n");
  await window.page.keyboard.press("ControlOrMeta+S");
  await expect(window.failure(/ISO-8859-1 does not have “€”, which is in line 1/)).toBeVisible();
  await encodingButton(window).click();
  await window.page.getByRole("menuitem", { name: "Convert to UTF-8" }).click();
  await expect(encodingButton(window)).toHaveAccessibleName("Encoding: UTF-8, line endings: mixed or CR");
  await expect(window.failure(/does not have/)).toHaveCount(0);
  expect(bytesOf(folder, "site/cgi-bin/kontakt.cgi").toString("utf8")).toBe(
    `# 5 €\n# Küche\n${script.toString("latin1")}`,
  );
});

test("read with another encoding by choice, which is remembered, and saved with another one", async ({
  app,
  window,
  folder,
}) => {
  const text = "# Привет\n";
  const koi8 = latin1("# \xf0\xd2\xc9\xd7\xc5\xd4\n");
  await window.openFolder(site(folder, { "a.pl": koi8 }));
  await window.openFile("cgi-bin/a.pl");
  await expect(window.editor).toContainText("# ðÒÉ×ÅÔ");
  await choose(window, "Reopen with encoding", "KOI8-R");
  await expect(window.editor).toContainText("# Привет");
  await app.page.reload();
  await expect(window.editor).toContainText("# Привет");
  await expect(encodingButton(window)).toHaveAccessibleName("Encoding: KOI8-R");
  await choose(window, "Save with encoding", "windows-1251");
  await expect.poll(() => bytesOf(folder, "site/cgi-bin/a.pl")).toEqual(latin1("# \xcf\xf0\xe8\xe2\xe5\xf2\n"));
  await choose(window, "Save with encoding", "UTF-16 LE");
  await expect(encodingButton(window)).toHaveAccessibleName("Encoding: UTF-16 LE with BOM");
  await expect.poll(() => bytesOf(folder, "site/cgi-bin/a.pl")).toEqual(Buffer.from(`\uFEFF${text}`, "utf16le"));
});

test("a line that the encoding cannot decode is read only, and the others are not", async ({ window, folder }) => {
  const mixed = Buffer.concat([Buffer.from("# Möbel\n"), latin1("# K\xfcche\n"), Buffer.from("# Büro\n")]);
  await window.openFolder(site(folder, { "b.sh": mixed }));
  await window.openFile("cgi-bin/b.sh");
  await choose(window, "Reopen with encoding", "UTF-8");
  await expect(window.editor).toContainText("Büro");
  await window.editor.getByText(/K.che/).click();
  await window.page.keyboard.press("x");
  await expect(window.editor.getByText("UTF-8 cannot decode this line.")).toBeVisible();
  await window.page.keyboard.press("ControlOrMeta+End");
  await window.page.keyboard.insertText("# ende");
  await window.page.keyboard.press("ControlOrMeta+S");
  await expect.poll(() => bytesOf(folder, "site/cgi-bin/b.sh")).toEqual(Buffer.concat([mixed, Buffer.from("# ende")]));
});
