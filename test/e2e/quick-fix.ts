// The quick fixes that the editor offers on a line.
import { expect } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

/** Puts the cursor on the first line with this text, opens its quick fixes and chooses the first. */
export async function quickFix(window: WorkbenchWindow, line: string, title: string | RegExp): Promise<void> {
  const { page, editor } = window;
  const option = page.getByRole("option", { name: title });
  await editor.locator(".view-line", { hasText: line }).first().click();
  await expect(async () => {
    await page.keyboard.press("ControlOrMeta+.");
    await expect(option).toHaveClass(/focused/); // it takes Enter; all the time: pressed again, the key would choose
  }).toPass();
  await page.keyboard.press("Enter");
}
