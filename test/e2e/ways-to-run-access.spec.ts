// The comparison of modes by keyboard alone, and what axe says of it before and after a measurement.
import { expect, type Page } from "@playwright/test";
import { program, tempFolder } from "../support/temp-workspace.js";
import { examine } from "./examine.js";
import { test } from "./shell.js";

const measuredMs = 150_000;
test.setTimeout(400_000);
test.skip(program("python3") === null, "needs python3");

const leaking =
  '#!/usr/bin/env python3\nimport json, decimal\nprint("Content-Type: text/plain\\n")\n' +
  'json.visits = getattr(json, "visits", 0) + 1\nprint(json.visits)\n';

/** The name of what has the focus, and whether it lies in the comparison. */
const focused = (page: Page): Promise<{ readonly name: string; readonly isInside: boolean }> =>
  page.evaluate(() => {
    const element = document.activeElement;
    const label = element?.getAttribute("aria-label") ?? element?.textContent ?? "";
    return { name: label.trim(), isInside: element?.closest(".ways") !== null };
  });

/** Everything that Tab reaches in the comparison, from its beginning. */
async function stopsOfTab(page: Page): Promise<readonly string[]> {
  await page.locator(".ways").focus();
  const names: string[] = [];
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press("Tab");
    const { name, isInside } = await focused(page);
    if (!isInside) return names;
    names.push(name);
  }
  throw new Error("Tab does not leave the comparison");
}

test("from the script to the choice by keyboard alone, and axe finds nothing serious", async ({ window }) => {
  using workspace = tempFolder();
  workspace.makeFolder("cgi-bin");
  workspace.write("cgi-bin/shop.py", leaking);
  workspace.makeExecutable("cgi-bin/shop.py");
  const { page } = window;
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/shop.py");
  await window.setSendOnSave(false);
  await window.editor.locator(".view-lines").click();
  await page.keyboard.press("ControlOrMeta+Alt+r");
  const ways = page.getByRole("region", { name: "Ways to run shop.py" });
  await expect(ways).toBeFocused();
  const found = [...(await examine(page, "ways to run before a measurement"))];
  expect(await stopsOfTab(page)).toEqual(
    expect.arrayContaining(["GET target to measure", "Measure", "Try CGI", "Use prefork", "Make wrapper", "Close"]),
  );

  await ways.getByRole("spinbutton", { name: "Seconds for each mode" }).focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("0.2");
  await page.keyboard.press("Enter");
  await expect(ways.getByRole("button", { name: "Measure again" })).toBeVisible({ timeout: measuredMs });
  found.push(...(await examine(page, "ways to run after a measurement")));
  expect(found).toEqual([]);
  expect(await stopsOfTab(page)).toEqual(
    expect.arrayContaining(["json.visits", "Put it back after each request: json.visits", "Processors", "Export"]),
  );

  await ways.getByRole("button", { name: "Use prefork", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(ways.getByRole("columnheader", { name: /^Prefork in use/ })).toBeVisible();
  await expect(ways.getByRole("button", { name: "Used: prefork" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(ways).toHaveCount(0);
  await expect.poll(async () => (await focused(page)).name).not.toBe("");
});
