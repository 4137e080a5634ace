// Before a folder is open: the first page, its dialogs, and what can be done without one.
import { expect } from "@playwright/test";
import type { Scene } from "./scene.js";

export const firstPage: Scene = {
  name: "first page",
  shell: "browser",
  prepare: async ({ page }) => {
    await page
      .getByRole("main", { name: "Welcome" })
      .getByRole("button", { name: /^Open folder/ })
      .waitFor();
    await expect(page.getByRole("list", { name: "Interpreters found" })).toContainText("Python 3");
  },
  views: [
    { name: "first-page", show: async () => undefined },
    {
      name: "dialog-open-folder",
      show: async ({ page }) => {
        await page.getByRole("button", { name: "Open folder…" }).click();
        await expect(page.getByRole("list", { name: "Folders" }).getByRole("button").first()).toBeVisible();
      },
    },
    {
      name: "dialog-try-examples",
      show: ({ page }) => page.getByRole("button", { name: "Try the examples…" }).click(),
    },
    { name: "dialog-new-script", show: ({ window }) => window.runCommand("New script…") },
    {
      name: "dialog-settings",
      show: async ({ page }) => {
        await page.keyboard.press("ControlOrMeta+,");
        await expect(page.getByRole("dialog", { name: "Settings" })).toBeVisible();
      },
    },
    {
      name: "folder-open",
      show: async ({ window, folder }) => {
        folder.makeFolder("legacy/cgi-bin");
        folder.makeFolder("legacy/static");
        folder.write("legacy/cgi-bin/counter.pl", "#!/usr/bin/perl\nprint qq(Content-Type: text/plain\\n\\n1\\n);\n");
        folder.write("legacy/index.html", "<!doctype html>\n<title>Shop</title>\n<h1>Shop</h1>\n");
        await window.openFolder(folder.file("legacy"));
        await window.waitUntilServing();
      },
    },
    {
      name: "first-page-recent",
      show: async ({ window, page }) => {
        await window.runCommand("Close folder");
        await page.getByRole("region", { name: "Recent folders" }).waitFor();
      },
    },
  ],
};
