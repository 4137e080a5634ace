// Sixty old scripts in Latin-1: files in any encoding, what is found in them, what is
// wrong with them, requests that are kept.
import { expect, type Locator } from "@playwright/test";
import type { TempFolder } from "../../support/temp-workspace.js";
import type { WorkbenchWindow } from "../workbench-window.js";
import type { Scene, Stage } from "./scene.js";
import { writeScript } from "./steps.js";

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");
const contact = (index: number): Buffer =>
  latin1(`#!/usr/bin/perl
use strict;
use warnings;
# Formular für Möbel, Abteilung ${index}
my $shop = "Möbelhaus Grünwald";
print "Content-Type: text/html; charset=${index % 2 ? "iso-8859-1" : "utf-8"}\\n\\n";
print "<h1>$shop</h1>\\n";
print "<p>Küche, Büro und Gärten, Seite ${index}</p>\\n";
`);
const requests = `@host = http://127.0.0.1

### Kontakt zeigen
# @assert status == 200
# @assert body contains Möbelhaus
GET {{host}}/cgi-bin/kontakt_01.pl HTTP/1.1

### Kontakt als UTF-8
# @assert field Content-Type contains utf-8
GET {{host}}/cgi-bin/kontakt_03.pl HTTP/1.1

### Bestellung absenden
# @assert status == 303
POST {{host}}/cgi-bin/bestellung.pl HTTP/1.1
Content-Type: application/x-www-form-urlencoded

artikel=K%FCchentisch&menge=2
`;

function moebelhaus(folder: TempFolder): string {
  for (const name of ["moebelhaus/cgi-bin", "moebelhaus/htdocs", "moebelhaus/lib"]) folder.makeFolder(name);
  for (let index = 1; index <= 60; index++) {
    const path = `moebelhaus/cgi-bin/kontakt_${String(index).padStart(2, "0")}.pl`;
    folder.write(path, contact(index));
    folder.makeExecutable(path);
  }
  writeScript(folder, "moebelhaus/cgi-bin/bestellung.pl", '#!/usr/bin/perl\r\nprint "Status: 303\\n\\n";\n');
  writeScript(folder, "moebelhaus/cgi-bin/suche.py", "#!/usr/bin/env python3\nif True\n    print('x')\n");
  folder.write(
    "moebelhaus/lib/Kopf.pm",
    latin1("package Kopf;\n# Kopf für jede Seite\nsub titel { 'Möbelhaus' }\n1;\n"),
  );
  folder.write("moebelhaus/htdocs/index.html", '<!doctype html>\n<meta charset="utf-8">\n<title>Möbelhaus</title>\n');
  folder.write(
    "moebelhaus/htdocs/gemischt.html",
    Buffer.concat([Buffer.from("<p>Küche</p>\n"), latin1("<p>Büro</p>\n")]),
  );
  folder.write(
    "moebelhaus/htdocs/logo.png",
    Buffer.from("89504e470d0a1a0a0000000d49484452000000100000001008060000", "hex"),
  );
  folder.write("moebelhaus/anfragen.http", requests);
  folder.write("moebelhaus/http-client.env.json", '{ "test": { "host": "http://127.0.0.1" }, "live": {} }\n');
  return folder.file("moebelhaus");
}

const dialog = ({ page }: Pick<Stage, "page">): Locator => page.getByRole("dialog");
const search = ({ page }: Stage): Locator => page.getByRole("region", { name: "Find in files" });
const encodings = async (stage: Stage): Promise<void> => {
  await stage.window.runCommand("Show encodings of all files…");
  await expect(dialog(stage).getByRole("row", { name: /kontakt_01/ })).toBeVisible();
};

/** Files below a long folder are not in the tree's visible part. */
async function openByName({ page }: WorkbenchWindow, name: string): Promise<void> {
  await page.keyboard.press("ControlOrMeta+P");
  await page.getByRole("combobox").last().fill(name);
  await page.getByRole("option", { name }).first().click();
}

const site = `ScriptAlias /cgi-bin/ /usr/lib/cgi-bin/
Alias /wiki /srv/wiki
SetEnv DB_PASSWORD secret
ErrorDocument 404 /missing.html
Header set X-Frame-Options DENY
RewriteRule ^/u/(\\d+)$ /users.cgi?id=$1 [L]
<Directory /srv/wiki>
  Options +ExecCGI
  AddHandler cgi-script .cgi .pl
  Require ip 10.0.0.0/8 127.0.0.1
</Directory>
`;

export const maintainer: Scene = {
  name: "maintainer",
  shell: "browser",
  prepare: async ({ window, folder }) => {
    await window.openFolder(moebelhaus(folder));
    await window.setSendOnSave(false);
    await window.openFile("cgi-bin/kontakt_02.pl");
    await window.editor.locator(".view-line").first().waitFor();
    await window.send();
  },
  views: [
    { name: "latin1-script", show: async ({ window }) => void (await window.tab("Doctor")) },
    {
      name: "encoding-menu",
      show: ({ window }) => window.statusBar.getByRole("button", { name: /^Encoding: / }).click(),
    },
    { name: "files-encodings", show: encodings },
    {
      name: "files-encodings-change",
      show: async (stage) => {
        await encodings(stage);
        await dialog(stage).getByRole("checkbox", { name: "Select all files that can be converted" }).check();
        await dialog(stage)
          .getByRole("button", { name: /^Convert \d+ to UTF-8…/ })
          .click();
        await dialog(stage).getByRole("article").first().waitFor();
      },
    },
    {
      name: "files-find",
      show: async (stage) => {
        await stage.page.keyboard.press("ControlOrMeta+Shift+F");
        await search(stage).getByRole("textbox", { name: "Find", exact: true }).fill("möbelhaus");
        await stage.page.keyboard.press("Enter");
        await expect(search(stage).getByRole("status")).toContainText("files searched");
      },
    },
    {
      name: "files-replace",
      show: async (stage) => {
        await stage.page.keyboard.press("ControlOrMeta+Shift+H");
        await search(stage).getByRole("textbox", { name: "Replacement" }).fill("Möbelhaus Nord");
        await search(stage).getByRole("textbox", { name: "Find", exact: true }).press("Enter");
        await expect(search(stage).getByRole("status")).toContainText("files searched");
      },
    },
    {
      name: "problems-all",
      show: async (stage) => {
        await stage.window.runCommand("Show problems in all scripts…");
        await expect(dialog(stage).getByRole("status")).toContainText("checked");
      },
    },
    {
      name: "file-binary",
      show: async ({ window, page }) => {
        await openByName(window, "logo.png");
        await expect(page.getByRole("region", { name: "Editor" })).toContainText("89");
      },
    },
    {
      name: "file-mixed",
      show: async ({ window }) => {
        await openByName(window, "gemischt.html");
        await expect(window.editor).toContainText("Büro"); // and “Küche” as Latin-1 reads it
      },
    },
    {
      name: "request-file",
      show: async ({ window }) => {
        await openByName(window, "anfragen.http");
        await window.editor.locator(".editor-requests-send").first().waitFor();
      },
    },
    {
      name: "saved-requests",
      show: async (stage) => {
        await stage.window.runCommand("Show saved requests");
        const saved = stage.page.getByRole("region", { name: "Saved requests" });
        await saved.getByRole("button", { name: "Run all" }).click();
        await expect(saved.getByRole("status")).toContainText(/passed|failed/);
      },
    },
    {
      name: "environment-menu",
      show: async ({ page, window }) => {
        await openByName(window, "kontakt_02.pl");
        await page
          .locator(".composer-line")
          .getByRole("button", { name: /^Environment: / })
          .click();
      },
    },
    { name: "dialog-save-request", show: ({ window }) => window.runCommand("Save request…") },
    { name: "dialog-vary", show: ({ window }) => window.runCommand("Try values…") },
    {
      name: "variations",
      show: async ({ window, page }) => {
        await window.target.fill("/cgi-bin/kontakt_02.pl?name=M%C3%B6bel");
        await page.getByRole("button", { name: "Try values for name…" }).click();
        await dialog({ page }).getByRole("combobox", { name: "Values" }).selectOption({ label: "Injection" });
        await dialog({ page }).getByRole("button", { name: "Start" }).click();
        const table = page.getByRole("region", { name: "Variations" });
        await expect(table.getByRole("status")).toContainText("sent");
        await table.getByRole("row", { name: /expr/ }).first().click();
      },
    },
    {
      name: "dialog-adopt",
      show: async ({ window, page, folder }) => {
        folder.write("site.conf", site);
        await window.runCommand("Open a server’s configuration…");
        await dialog({ page }).getByLabel("File or folder").fill(folder.file("site.conf"));
        await dialog({ page }).getByRole("button", { name: "Read" }).click();
        await expect(dialog({ page }).getByRole("region", { name: /^Left out/ })).toBeVisible();
      },
    },
    { name: "dialog-figures", show: ({ window }) => window.runCommand("Show figures of this script") },
    { name: "dialog-new-script", show: ({ window }) => window.runCommand("New script…") },
    {
      name: "editor-menu",
      show: ({ window }) => window.editor.locator(".view-line").nth(3).click({ button: "right" }),
    },
    {
      name: "tab-menu",
      show: ({ page }) =>
        page.getByRole("tablist", { name: "Open files" }).getByRole("tab").last().click({ button: "right" }),
    },
    {
      name: "split",
      show: async ({ window, page }) => {
        await window.runCommand("Split editor");
        await expect(page.locator(".editor-code:not([hidden])")).toHaveCount(2);
      },
    },
    {
      name: "completion",
      show: async ({ window, page }) => {
        await window.runCommand("Join editor groups");
        await window.editor.locator(".view-lines").click();
        await page.keyboard.press("ControlOrMeta+End");
        await page.keyboard.type("my $query = $ENV{'REQ");
        await expect(page.locator(".suggest-widget.visible .monaco-list-row.focused")).toBeVisible();
      },
    },
  ],
};
