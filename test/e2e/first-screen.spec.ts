// How much a beginner has to look at: the controls that are in sight once the examples are open and a request was sent.
import type { Page } from "@playwright/test";
import { expect, test } from "./shell.js";

const roles = [
  "button",
  "tab",
  "textbox",
  "searchbox",
  "combobox",
  "checkbox",
  "radio",
  "switch",
  "link",
  "spinbutton",
  "slider",
] as const;

/** What is in sight of each role: its names, as a screen reader says them. */
async function controls(page: Page, includeHidden: boolean): Promise<string[]> {
  const found: string[] = [];
  for (const role of roles) {
    const names = await page.getByRole(role, { includeHidden }).evaluateAll(namesInSight);
    found.push(...names.map((name) => `${role} ${name}`));
  }
  return found;
}

/** It runs in the page. */
const namesInSight = (elements: readonly Element[]): string[] =>
  elements.flatMap((element) => {
    const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
    if (element.classList.contains("ime-text-area")) return []; // the editor's own, seen while an input method types
    const isSeen = element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const isInside = width > 1 && height > 1 && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
    return isSeen && isInside ? [element.getAttribute("aria-label") ?? element.textContent ?? ""] : [];
  });

const most = 45;

test("the first screen has few controls, and a screen reader knows all of them", async ({ window, folder }) => {
  const { page } = window;
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("button", { name: "Try the examples…" }).click();
  await page.getByRole("textbox", { name: "Folder for the examples" }).fill(folder.file("examples"));
  await page.getByRole("button", { name: "Copy and open" }).click();
  await expect(window.status).toContainText("200", { timeout: 60_000 }); // copied, opened, served and sent
  let seen: string[] = [];
  // Again while parts are still coming: both counts are of the same window then.
  await expect(async () => {
    seen = await controls(page, false);
    expect(await controls(page, true)).toEqual(seen);
    expect(await controls(page, false)).toEqual(seen);
  }).toPass();
  console.log(`${seen.length} controls: ${seen.join(", ")}`);
  expect(seen.length).toBeLessThanOrEqual(most);
});
