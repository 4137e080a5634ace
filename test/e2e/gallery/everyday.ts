// What the header, the menus and the dialogs have; a list after a long day; a folder that is not trusted yet.
import { expect } from "@playwright/test";
import { copyWorkspace } from "../../support/temp-workspace.js";
import { expectPreview } from "../previewed-page.js";
import type { Scene, Stage } from "./scene.js";
import { responseAs, visit, writeScript } from "./steps.js";

/** A page of a browser that was loaded again, with a cookie: sixteen headers. */
async function requestOfBrowser({ window, page }: Stage): Promise<void> {
  const url = `${await window.serverAddress()}/cgi-bin/hello.py?name=J%C3%BCrgen`;
  const tab = await page.context().newPage();
  await page.context().addCookies([{ name: "visits", value: "2", url }]);
  await tab.goto(url);
  await tab.reload();
  await tab.close();
  await page.bringToFront();
  await window.rows.filter({ hasText: "hello.py" }).first().click(); // the last one may be for the page's icon
  const xray = await window.tab("X-ray");
  await expect(xray.getByRole("region", { name: "Request" })).toContainText("16 headers");
}

const longName = "statistik_der_besucher_je_abteilung_und_monat_mit_vorjahresvergleich.pl";
const traceDialog = (item: string, within?: string) => async (stage: Stage) => {
  await stage.window.chooseForTrace(item, within);
  await expect(stage.page.getByRole("dialog")).toBeVisible();
};

export const everyday: Scene = {
  name: "everyday",
  shell: "browser",
  prepare: async (stage) => {
    const { window, folder } = stage;
    using workspace = copyWorkspace("basic");
    folder.copyIn("shop", workspace.path);
    writeScript(folder, `shop/cgi-bin/${longName}`, "#!/usr/bin/perl\nprint qq(Content-Type: text/plain\\n\\n1\\n);\n");
    await window.openFolder(folder.file("shop"));
    await window.setSendOnSave(false);
    await window.openFile(`cgi-bin/${longName}`);
    await window.send(`/cgi-bin/${longName}?abteilung=K%C3%BCchen&von=2025-01-01&bis=2026-12-31&sort=umsatz`);
    await window.openFile("cgi-bin/hello.py");
    await window.send("/cgi-bin/hello.py?name=J%C3%BCrgen");
    await responseAs(stage, "Rendered");
    await expectPreview(stage.app, "Hello");
  },
  views: [
    { name: "browser-request", show: requestOfBrowser },
    {
      name: "long-name",
      show: async ({ window }) => {
        await window.openFile(`cgi-bin/${longName}`);
        await window.row(1).click();
      },
    },
    { name: "folder-menu", show: ({ page }) => page.getByRole("button", { name: /^Folder / }).click() },
    { name: "help-menu", show: ({ page }) => page.getByRole("button", { name: "Help" }).click() },
    { name: "view-menu", show: ({ page }) => page.getByRole("button", { name: "View" }).click() },
    { name: "dialog-shortcuts", show: ({ window }) => window.runCommand("Show keyboard shortcuts…") },
    { name: "dialog-documentation", show: ({ window }) => window.runCommand("Open documentation…") },
    { name: "dialog-about", show: ({ window }) => window.runCommand("About CGI Workbench") },
    { name: "dialog-paste-curl", show: ({ window }) => window.runCommand("Paste cURL command…") },
    { name: "dialog-open-link", show: ({ window }) => window.runCommand("Open link…") },
    { name: "dialog-open-traces", show: ({ window }) => window.runCommand("Open capsule, HAR file or collection…") },
    { name: "dialog-annotate", show: traceDialog("Name, note and tags…") },
    { name: "dialog-capsule", show: traceDialog("Export as capsule…", "Export") },
    { name: "dialog-export-page", show: traceDialog("Export page…", "Export") },
    {
      name: "columns-menu",
      show: async ({ window }) => (await window.inListMenu("Columns")).press("ArrowRight"),
    },
    { name: "list-menu", show: ({ page }) => page.getByRole("button", { name: "More for this list" }).click() },
    {
      name: "many-traces",
      show: async ({ window, page }) => {
        await page.getByRole("combobox", { name: "Filter traces" }).fill("");
        const targets = ["/", "/missing", "/style.css", "/cgi-bin/hello.py?name=Ada"];
        await visit(
          window,
          ...Array.from({ length: 400 }, (_, index) => targets[index % 40 === 3 ? 3 : index % 3] ?? "/"),
        );
        await expect(page.getByRole("tab", { name: /^Traces 40\d/ })).toBeVisible();
      },
    },
    {
      name: "body-search",
      show: async ({ page, window }) => {
        await page.getByRole("combobox", { name: "Filter traces" }).fill("body:Hello");
        await expect(window.traces.locator(".trace-hit").first()).toBeVisible();
      },
    },
    {
      name: "nothing-found",
      show: async ({ page }) => {
        await page.getByRole("combobox", { name: "Filter traces" }).fill("status:418");
        await expect(page.getByRole("button", { name: "Clear filter" })).toBeVisible();
      },
    },
    {
      name: "server-log",
      show: async ({ page, window }) => {
        await page.getByRole("combobox", { name: "Filter traces" }).fill("");
        await window.runCommand("Show log");
      },
    },
  ],
};

export const untrusted: Scene = {
  name: "untrusted",
  shell: "browser",
  trusts: false,
  prepare: async ({ window, folder }) => {
    folder.makeFolder("fremd/cgi-bin");
    writeScript(folder, "fremd/cgi-bin/hello.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhello\\n'\n");
    folder.write(
      "fremd/cgi-workbench.json",
      JSON.stringify(
        { handlers: { ".py": { interpreter: ["./bin/python3"] } }, routes: [{ path: "/disk/", dir: "/etc" }] },
        null,
        2,
      ),
    );
    await window.openFolder(folder.file("fremd"));
    await window.waitUntilServing();
    await window.openFile("cgi-bin/hello.sh");
    await window.send();
  },
  views: [
    { name: "untrusted", show: async () => undefined },
    {
      name: "untrusted-server",
      show: ({ window }) => window.runCommand("Show server"),
    },
  ],
};
