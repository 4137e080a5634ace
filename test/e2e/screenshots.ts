// The gallery: every view, light and dark, at four sizes, with real data in it: into test-results/screenshots or the
// folder SCREENSHOTS_INTO, and when SCREENSHOTS_FOR_DOCS is set what the README shows into docs/ as well. Run by `node
// test/run.mjs screenshots [--docs]`. A view is one entry in gallery/*.ts. SCREENSHOTS_ONLY=name,name draws those alone
// (the ones before them are still gone through).
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../support/repository.js";
import { bytesAndTimes, server } from "./gallery/closer.js";
import { desktop } from "./gallery/desktop.js";
import { doors } from "./gallery/doors.js";
import { draw, resize, settled } from "./gallery/draw.js";
import { everyday, untrusted } from "./gallery/everyday.js";
import { fastcgi } from "./gallery/fastcgi.js";
import { firstPage } from "./gallery/first-page.js";
import { inside } from "./gallery/inside.js";
import { lessons } from "./gallery/lessons.js";
import { maintainer } from "./gallery/maintainer.js";
import type { Scene, Stage, View } from "./gallery/scene.js";
import { present, refused } from "./gallery/stage.js";
import { waysToRun } from "./gallery/ways-to-run.js";
import { examples, workbench } from "./gallery/workbench.js";
import { expect, test } from "./shell.js";

const scenes: readonly Scene[] = [
  firstPage,
  examples,
  workbench,
  everyday,
  maintainer,
  present,
  bytesAndTimes,
  fastcgi,
  waysToRun,
  server,
  inside,
  doors,
  lessons,
  untrusted,
  refused,
  desktop,
];

const themes = ["light", "dark"] as const;
const sizes = [
  { width: 1024, height: 700 },
  { width: 1280, height: 800 },
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
];
const results = process.env["SCREENSHOTS_INTO"] ?? join(repositoryRoot, "test-results/screenshots");
/** What the README shows. */
const forDocs = ["main-window-light-1280x800", "failing-request-dark-1280x800"];
const only = process.env["SCREENSHOTS_ONLY"]?.split(",") ?? null;

for (const scene of scenes)
  test.describe(scene.name, () => {
    test.use({ shell: scene.shell, trusts: scene.trusts ?? true });
    test("every view", async ({ app, window, folder }) => {
      test.setTimeout(1_200_000);
      app.page.setDefaultTimeout(15_000);
      const stage: Stage = { app, window, page: app.page, folder };
      await app.page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
      await resize(app, { width: 1280, height: 800 });
      await scene.prepare(stage);
      const failures: string[] = []; // one view that cannot be had keeps nobody from the others
      for (const view of scene.views)
        try {
          await view.show(stage);
          if (only === null || only.includes(view.name)) await drawEverywhere(stage, view);
          if (view.staysOpen !== true) await closeWhatIsOpen(stage);
        } catch (error) {
          failures.push(`${view.name}: ${String(error)}`);
          await app.page.screenshot({ path: join(results, `not-drawn-${view.name}.png`) });
          await app.page.keyboard.press("Escape");
        }
      expect(failures).toEqual([]);
      app.complaints.length = 0; // what a view shows may be a failure; the specs look at complaints
    });
  });

/** The same view in each theme and size: the window is not reloaded between them. */
async function drawEverywhere({ app, page }: Stage, { name, isPointing = false }: View): Promise<void> {
  mkdirSync(results, { recursive: true });
  if (!isPointing) await page.mouse.move(640, 2); // no hint of what was pressed last
  for (const size of sizes)
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await resize(app, size);
      await settled(page);
      const file = `${name}-${theme}-${size.width}x${size.height}`;
      const picture = await draw(app);
      writeFileSync(join(results, `${file}.png`), picture);
      if (!process.env["SCREENSHOTS_FOR_DOCS"] || !forDocs.includes(file)) continue;
      mkdirSync(join(repositoryRoot, "docs"), { recursive: true });
      writeFileSync(join(repositoryRoot, "docs", `${file}.png`), picture);
    }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await resize(app, { width: 1280, height: 800 });
}

async function closeWhatIsOpen({ page }: Stage): Promise<void> {
  const open = page.getByRole("dialog").or(page.getByRole("menu"));
  // A menu that has just been opened does not hear the key yet.
  await expect(async () => {
    if ((await open.count()) > 0) await page.keyboard.press("Escape");
    await expect(open).toHaveCount(0, { timeout: 500 });
  }).toPass({ timeout: 5000 });
}
