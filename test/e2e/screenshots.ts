// Pictures of the window, healthy and failing, light and dark, at two sizes, with real data in it: into test-results/screenshots,
// and when SCREENSHOTS_FOR_DOCS is set into docs/ as well. Run by `node test/run.mjs screenshots [--docs]`.
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../support/repository.js";
import { copyWorkspace } from "../support/temp-workspace.js";
import { expect, test } from "./shell.js";

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];
const results = join(repositoryRoot, "test-results/screenshots");
/** What the README shows. */
const forDocs = ["main-window-light-1280x800", "failing-request-dark-1280x800"];

for (const theme of ["light", "dark"] as const) {
  for (const size of sizes) {
    test(`${theme} ${size.width}x${size.height}`, async ({ app, window }) => {
      const { page } = app;
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      const shoot = async (view: string): Promise<void> => {
        const name = `${view}-${theme}-${size.width}x${size.height}`;
        mkdirSync(results, { recursive: true });
        const path = join(results, `${name}.png`);
        await page.screenshot({ path, animations: "disabled", caret: "hide" });
        if (process.env["SCREENSHOTS_FOR_DOCS"] && forDocs.includes(name)) {
          mkdirSync(join(repositoryRoot, "docs"), { recursive: true });
          copyFileSync(path, join(repositoryRoot, "docs", `${name}.png`));
        }
      };
      await page
        .getByRole("main", { name: "Welcome" })
        .getByRole("button", { name: /^Open folder/ })
        .waitFor();
      await shoot("first-page");

      using workspace = copyWorkspace("basic", "first-scripts");
      await window.openFolder(workspace.path);
      await window.setSendOnSave(false);
      await shoot("folder-open");
      await window.openFile("cgi-bin/sum.py");
      await window.send("/cgi-bin/upper.pl/some/path");
      await window.send("/index.html");
      for (const name of ["Ada", "Grace", "Linus", "Barbara", "Ken"]) await window.send(`/cgi-bin/hello.py?name=${name}`);
      await window.openFile("cgi-bin/hello.py");
      await window.editor.locator(".view-line").first().waitFor();
      await window.send("/cgi-bin/hello.py/from/here?name=Ada%20Lovelace");
      await window.tab("X-ray");
      await expect(window.status).toContainText("200");
      await shoot("main-window");
      for (const tab of ["Env", "Stdout", "Response", "Timing"] as const) {
        await window.tab(tab);
        await shoot(`tab-${tab.toLowerCase()}`);
      }

      await window.rewrite(workspace.read("cgi-bin/hello.py").replace("query = ", "query = no_such_name or "));
      await expect.poll(() => workspace.read("cgi-bin/hello.py")).toContain("no_such_name");
      await window.send();
      await window.tab("X-ray");
      await expect(window.status).toContainText("500");
      await shoot("failing-request");
    });
  }
}
