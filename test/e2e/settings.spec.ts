// Settings apply at once, last longer than the page, and the dialog gives the focus back.
import { copyWorkspace } from "../support/temp-workspace.js";
import { expect, test } from "./shell.js";

test("theme, letters, wrapping and send on save", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/hello.py");
  await window.editor.locator(".view-line").first().waitFor();
  const { page } = window;
  const target = window.target;
  await target.focus();
  await page.keyboard.press("ControlOrMeta+,");
  const dialog = page.getByRole("dialog", { name: "Settings" });
  await dialog.getByRole("radiogroup", { name: "Theme" }).getByText("Dark", { exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const size = dialog.getByRole("spinbutton", { name: "Font size (px)" });
  await size.fill("20");
  await expect(window.editor.locator(".view-lines")).toHaveCSS("font-size", "20px");
  await size.fill("400");
  await expect(dialog).toContainText("Enter a number from 8 to 40. The size stays at 20.");
  await dialog.getByRole("checkbox", { name: "Wrap long lines" }).check();
  await dialog.getByRole("checkbox", { name: /^Send on save/ }).uncheck();
  await expect(dialog).toContainText(/Memory for traces.* of /);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(target).toBeFocused();
  await expect(await window.inSendMenu("Send on save", "menuitemcheckbox")).not.toBeChecked();
  await page.keyboard.press("Escape");

  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(window.editor.locator(".view-lines")).toHaveCSS("font-size", "20px");
  await page.keyboard.press("ControlOrMeta+,");
  await expect(dialog.getByRole("checkbox", { name: "Wrap long lines" })).toBeChecked();
  await dialog.getByRole("button", { name: "Open configuration file" }).click();
  await expect(page.getByRole("tab", { name: "cgi-workbench.json" })).toHaveAttribute("aria-selected", "true");
});
