// A script that becomes a FastCGI application: the menu of modes, its processes, its records, what it gains.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../support/repository.js";
import { copyWorkspace } from "../../support/temp-workspace.js";
import type { Scene, Stage } from "./scene.js";
import { writeScript } from "./steps.js";

const source = readFileSync(join(repositoryRoot, "test/fixtures/fastcgi/search.pl"), "utf8");
const badge = ({ page }: Stage) => page.getByRole("region", { name: "Editor" }).locator('[data-part="mode"]');

export const fastcgi: Scene = {
  name: "fastcgi",
  shell: "browser",
  prepare: async ({ window, folder }) => {
    using workspace = copyWorkspace("basic");
    folder.copyIn("shop", workspace.path);
    writeScript(folder, "shop/cgi-bin/search.pl", source);
    await window.openFolder(folder.file("shop"));
    await window.setSendOnSave(false);
    await window.openFile("cgi-bin/search.pl");
    for (let n = 0; n < 4; n++) await window.send();
  },
  views: [
    { name: "workers-none", show: ({ window }) => window.runCommand("Show workers") },
    {
      name: "mode-menu",
      staysOpen: true,
      show: async (stage) => {
        await stage.page.getByRole("tab", { name: /^Traces/ }).click();
        await badge(stage).click();
      },
    },
    {
      name: "latency-modes",
      show: async ({ window, page }) => {
        await page.getByRole("menuitemradio", { name: /^FastCGI / }).click();
        await page.getByRole("button", { name: "Undo" }).waitFor();
        await page.getByRole("button", { name: "Dismiss" }).first().click();
        for (let n = 0; n < 4; n++) await window.send();
        await window.latency();
      },
    },
    { name: "timing-fastcgi", show: async ({ window }) => void (await window.tab("Timing")) },
    {
      name: "records",
      show: async ({ window, page }) => {
        await window.setMethod("POST");
        await window.setBody("q=M%C3%BCller&page=2");
        await window.send();
        const records = await window.tab("Records");
        await records.getByRole("grid", { name: "Records" }).focus();
        await page.keyboard.press("ArrowDown");
      },
    },
    {
      name: "records-bytes",
      show: async ({ page }) => {
        await page.keyboard.press("End");
        for (let n = 0; n < 2; n++) await page.keyboard.press("ArrowUp");
      },
    },
    { name: "workers", show: ({ window }) => window.runCommand("Show workers") },
  ],
};
