// The encodings of all files: a folder of old scripts becomes UTF-8 without leaving the window, and back.
import { readFileSync } from "node:fs";
import { fixTitle } from "../support/fix-title.js";
import type { TempFolder } from "../support/temp-workspace.js";
import { examine } from "./examine.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");
const scriptNames = Array.from({ length: 60 }, (_, index) => `cgi-bin/s${String(index + 1).padStart(2, "0")}.pl`);
/** Every other script declares what it is not. */
const scriptOf = (index: number): Buffer =>
  latin1(
    `#!/usr/bin/perl\n# Formular f\xfcr M\xf6bel ${index}\nprint "Content-Type: text/html; charset=${index % 2 ? "iso-8859-1" : "utf-8"}\\n\\n";\nprint "K\xfcche\\n";\n`,
  );

function site(folder: TempFolder): string {
  for (const name of ["site/cgi-bin", "site/htdocs"]) folder.makeFolder(name);
  for (const [index, name] of scriptNames.entries()) folder.write(`site/${name}`, scriptOf(index));
  folder.write("site/htdocs/index.html", '<!doctype html>\n<meta charset="utf-8">\n<p>Küche</p>\n');
  folder.write("site/htdocs/plain.html", '<!doctype html>\n<meta charset="utf-8">\n<p>Office</p>\n');
  return folder.file("site");
}

const dialogOf = (window: WorkbenchWindow) => window.page.getByRole("dialog");

async function expectCounts(window: WorkbenchWindow, counts: readonly string[]): Promise<void> {
  const chips = dialogOf(window).getByRole("radiogroup", { name: "Files to show" });
  for (const name of counts) await expect(chips.getByRole("radio", { name, exact: true })).toBeAttached();
}

test("60 Latin-1 scripts among UTF-8 pages become UTF-8, and one undo restores them", async ({ window, folder }) => {
  await window.openFolder(site(folder));
  await window.openFile("cgi-bin/s01.pl");
  const encoding = window.statusBar.getByRole("button", { name: /^Encoding: / });
  await expect(encoding).toHaveAccessibleName("Encoding: ISO-8859-1");
  await window.runCommand("Show encodings of all files…");
  const dialog = dialogOf(window);
  await expectCounts(window, ["All 62", "Not UTF-8 60", "Contradictions 30", "Undeclared 0", "Mixed 0"]);
  const row = dialog.getByRole("row", { name: /s01\.pl/ });
  await expect(row).toContainText("ISO-8859-1");
  await expect(row).toContainText("utf-8 header, line 3");
  await expect(row).toContainText("# Formular ffcr Mf6bel 0");
  await expect(row).toContainText("contradicts");

  await dialog.getByRole("checkbox", { name: "Select all files that can be converted" }).check();
  await dialog.getByRole("button", { name: "Convert 60 to UTF-8…" }).click();
  const change = dialog.getByRole("article", { name: "cgi-bin/s02.pl" });
  await expect(change).toContainText("ISO-8859-1 → UTF-8");
  await expect(change.getByRole("list", { name: "Characters of cgi-bin/s02.pl" })).toContainText("ü fc → c3 bc ×2");
  await expect(change.getByRole("insertion")).toContainText("charset=utf-8");
  await dialog.getByRole("button", { name: "Convert 60 files" }).click();
  await expect(dialog.getByText("Converted 60 files to UTF-8.")).toBeVisible();
  await expectCounts(window, ["All 62", "Not UTF-8 0", "Contradictions 0", "Undeclared 0", "Mixed 0"]);
  for (const [index, name] of scriptNames.entries())
    expect(readFileSync(folder.file(`site/${name}`), "utf8")).toBe(
      scriptOf(index).toString("latin1").replace("iso-8859-1", "utf-8"),
    );
  // Behind the dialog, where roles are hidden.
  await expect(window.page.getByLabel("Encoding: UTF-8", { exact: true })).toBeVisible();

  await dialog.getByRole("button", { name: "Undo" }).click();
  await expect(dialog.getByText("Restored 60 files.")).toBeVisible();
  await expectCounts(window, ["Not UTF-8 60"]);
  for (const [index, name] of scriptNames.entries())
    expect(readFileSync(folder.file(`site/${name}`))).toEqual(scriptOf(index));
});

test("a file with two encodings is left out; filters, keys and a row lead to the file", async ({ window, folder }) => {
  const root = site(folder);
  folder.write("site/cgi-bin/import.pl", Buffer.concat([Buffer.from("# Möbel\n"), latin1("# M\xf6bel\n")]));
  folder.write("site/news.txt", "\uFEFFNeuigkeiten im Herbst: Möbel\n");
  await window.openFolder(root);
  await window.runCommand("Show encodings of all files…");
  const dialog = dialogOf(window);
  await dialog.getByText("Mixed 1", { exact: true }).click();
  await expect(dialog.getByRole("row", { name: /import\.pl/ })).toContainText("two encodings");
  await expect(dialog.getByRole("checkbox", { name: "Convert cgi-bin/import.pl" })).toBeDisabled();
  expect(await examine(window.page, "Encodings of all files")).toEqual([]);

  await dialog.getByText("All 64", { exact: true }).click();
  await dialog.getByRole("searchbox", { name: "Filter paths" }).fill("S0");
  await expect(dialog.getByRole("row")).toHaveCount(10);
  await dialog.getByRole("checkbox", { name: "Convert cgi-bin/s02.pl" }).check();
  await dialog.getByRole("button", { name: "Convert 1 to UTF-8…" }).click();
  await expect(dialog.getByRole("article")).toContainText("ü fc → c3 bc ×2");
  expect(await examine(window.page, "conversion to UTF-8")).toEqual([]);
  await dialog.getByRole("button", { name: "Back" }).click();
  await dialog.getByRole("searchbox", { name: "Filter paths" }).fill("S0");
  await dialog.getByRole("button", { name: "cgi-bin/s01.pl" }).focus();
  await window.page.keyboard.press("ArrowDown");
  await expect(dialog.getByRole("button", { name: "cgi-bin/s02.pl" })).toBeFocused();
  await window.page.keyboard.press("End");
  await expect(dialog.getByRole("button", { name: "cgi-bin/s09.pl" })).toBeFocused();
  await window.page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(window.editor).toContainText("Formular für Möbel 8");
});

test("the doctor converts an open Latin-1 script that declares UTF-8, and undoes it", async ({ window, folder }) => {
  const script = latin1("#!/bin/sh\nprintf 'Content-Type: text/html; charset=utf-8\\n\\n<p>Gr\xfc\xdfe aus K\xf6ln'\n");
  folder.makeFolder("site/cgi-bin");
  folder.write("site/cgi-bin/hallo.sh", script);
  folder.makeExecutable("site/cgi-bin/hallo.sh");
  const bytes = (): Buffer => readFileSync(folder.file("site/cgi-bin/hallo.sh"));
  const { page } = window;
  await window.openFolder(folder.file("site"));
  await window.openFile("cgi-bin/hallo.sh");
  await window.send("/cgi-bin/hallo.sh");
  await window.tab("Doctor");
  await expect(page.getByRole("button", { name: `${fixTitle("declare-latin-1")}…` })).toBeVisible();
  await page.getByRole("button", { name: `${fixTitle("convert-to-utf-8")}…` }).click();
  const change = page.getByRole("group", { name: fixTitle("convert-to-utf-8") });
  await expect(change).toContainText("ISO-8859-1 → UTF-8");
  await change.getByRole("button", { name: "Apply and send again" }).click();
  const proof = page.locator("[data-proof]");
  await expect(proof).toHaveAttribute("data-proof", "gone");
  expect(bytes().toString("utf8")).toBe(script.toString("latin1"));
  await expect(page.getByRole("button", { name: "Encoding: UTF-8" })).toBeVisible();
  await proof.getByRole("button", { name: "Undo" }).click();
  await expect.poll(bytes).toEqual(script);
});
