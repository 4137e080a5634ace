// The stage, and pages that are shown or kept away: what a teacher's room sees, and what a stranger's tab sees.
import { expect, type Locator } from "@playwright/test";
import { expectPreview } from "../previewed-page.js";
import type { Scene, Stage } from "./scene.js";
import { openExamplesQuietly } from "./steps.js";

const shown = ({ page }: Stage): Locator => page.getByRole("main", { name: "Presentation" });
const half = async (stage: Stage, name: "Page" | "Script"): Promise<void> => {
  await shown(stage).getByText(name, { exact: true }).click();
};

export const present: Scene = {
  name: "present",
  shell: "browser",
  prepare: async (stage) => {
    await openExamplesQuietly(stage);
    await stage.window.openFile("cgi-bin/guestbook.py");
    await stage.window.editor.locator(".view-line").first().waitFor();
    await stage.window.send("/cgi-bin/guestbook.py");
    await stage.window.runCommand("Present");
    const form = await expectPreview(stage.app, "Nobody has signed yet.");
    await form.getByLabel("Name").fill("Jürgen");
    await form.getByLabel("Message").fill("Grüße from Dortmund!");
    await form.getByRole("button", { name: "Sign" }).press("Enter");
    await expect(shown(stage).getByRole("heading", { level: 2, name: / POST / })).toBeVisible();
  },
  views: [
    {
      name: "stage",
      show: async (stage) => {
        await shown(stage).getByRole("heading", { level: 2 }).click();
        await expectPreview(stage.app, "Nobody has signed yet.");
      },
    },
    {
      name: "stage-keys-to-page",
      isPointing: true,
      show: async (stage) => {
        const frame = await shown(stage).locator("iframe").boundingBox();
        await stage.page.mouse.click((frame?.x ?? 0) + 300, (frame?.y ?? 0) + 10);
        await expect(shown(stage).getByText("Keys go to the page.")).toBeVisible();
      },
    },
    {
      name: "stage-script",
      show: async (stage) => {
        await shown(stage).getByRole("button", { name: "Back to the presentation" }).click();
        await half(stage, "Script");
        const words = shown(stage).locator('.view-line [class^="mtk"]');
        await expect
          .poll(() => words.evaluateAll((found) => new Set(found.map(({ className }) => className)).size))
          .toBeGreaterThan(1); // the syntax colours come after the text
      },
    },
    {
      name: "stage-tour",
      show: async (stage) => {
        await half(stage, "Page");
        await shown(stage)
          .getByRole("button", { name: /^Explain #/ })
          .click();
        for (let step = 1; step < 4; step++)
          await shown(stage).getByRole("region", { name: "Tour" }).getByRole("button", { name: /^Next/ }).click();
        await expect(shown(stage).getByText("4 of 8")).toBeVisible();
      },
    },
  ],
};

/** A tab without the secret of the window's link: somebody else's, or one whose server has ended. */
export const refused: Scene = {
  name: "refused",
  shell: "browser",
  prepare: ({ window }) => window.isReady(),
  views: [
    {
      name: "refused",
      show: async ({ page }) => {
        await page.evaluate(() => sessionStorage.clear());
        await page.reload();
        await expect(page.getByRole("alert").filter({ hasText: "not connected" })).toBeVisible();
      },
    },
  ],
};
