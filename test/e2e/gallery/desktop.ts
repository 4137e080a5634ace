// The desktop app's own: the window as Electron draws it, and a page in its native view.
import { expect } from "@playwright/test";
import { expectPreview, isElectron } from "../previewed-page.js";
import type { Scene } from "./scene.js";
import { openExamplesQuietly, responseAs } from "./steps.js";

export const desktop: Scene = {
  name: "desktop",
  shell: "electron",
  prepare: async (stage) => {
    await openExamplesQuietly(stage);
    await stage.window.openFile("cgi-bin/guestbook.py");
    await stage.window.editor.locator(".view-line").first().waitFor();
    for (const page of [1, 2, 3]) await stage.window.send(`/cgi-bin/guestbook.py?page=${page}`);
  },
  views: [
    { name: "desktop-main-window", show: async ({ window }) => void (await window.tab("X-ray")) },
    {
      name: "desktop-preview",
      show: async (stage) => {
        await responseAs(stage, "Rendered");
        await expectPreview(stage.app, "Guestbook");
      },
    },
    {
      name: "desktop-preview-ended",
      show: async ({ app, window }) => {
        if (!isElectron(app)) throw new Error("a browser shows the page in a frame");
        const pid = await app.application.evaluate(({ webContents }) =>
          webContents
            .getAllWebContents()
            .find((contents) => contents.getURL().startsWith("http"))
            ?.getOSProcessId(),
        );
        if (pid === undefined) throw new Error("the page has a process");
        process.kill(pid, "SIGKILL");
        await expect(window.trace.getByRole("button", { name: "Show it again" })).toBeVisible();
      },
    },
  ],
};
