// While a dialog is open, keys are for it: none of them acts on what lies behind.
import { copyWorkspace } from "../support/temp-workspace.js";
import { expect, test } from "./shell.js";

test("in a dialog no key saves the file behind it or sends its request", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  const { page } = window;
  await window.openQuietly(workspace.path);
  await window.openFile("cgi-bin/hello.py");
  await window.type("# edited\n");
  await window.runCommand("Paste cURL command…");
  const dialog = page.getByRole("dialog", { name: "Paste a cURL command" });
  await dialog.getByRole("textbox", { name: "cURL command" }).fill("curl -X PUT http://x/cgi-bin/post.py");
  await page.keyboard.press("ControlOrMeta+S");
  await page.keyboard.press("ControlOrMeta+P");
  await page.keyboard.press("ControlOrMeta+Enter"); // loads the request
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(window.method).toHaveValue("PUT");
  await expect(page.getByRole("tab", { name: "hello.py, unsaved" })).toBeVisible();
  expect(await window.send()).toBe(1);
  await window.editor.locator(".view-lines").click();
  await page.keyboard.press("ControlOrMeta+S");
  await expect.poll(() => workspace.read("cgi-bin/hello.py")).toContain("# edited");
});
