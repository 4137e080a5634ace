// Two traces side by side: reached by keyboard alone, kept in step with what is sent, exact about bytes.
import { copyWorkspace } from "../support/temp-workspace.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

const comparison = (window: WorkbenchWindow) => window.page.getByRole("region", { name: "Compare", exact: true });
const part = (window: WorkbenchWindow, name: string) => comparison(window).getByRole("region", { name, exact: true });

/** From pane to pane until one holds the focus. */
async function goToPane(window: WorkbenchWindow, selector: string): Promise<void> {
  for (let step = 0; step < 12; step++) {
    if (await window.page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await window.page.keyboard.press("F6");
  }
  throw new Error(`F6 does not lead to ${selector}`);
}

test("by keyboard alone from the first page to a compared pair", async ({ app, window }) => {
  using workspace = copyWorkspace("basic");
  const { keyboard } = window.page;
  await expect(window.page.getByRole("main", { name: "Welcome" })).toBeVisible();
  await app.answerFolderDialog(workspace.path);
  await keyboard.press("ControlOrMeta+O");
  if (app.kind === "browser") {
    const field = window.page
      .getByRole("dialog", { name: "Open a folder" })
      .getByRole("textbox", { name: "Folder path" });
    await expect(field).not.toHaveValue("");
    await expect(field).toBeFocused();
    await keyboard.press("ControlOrMeta+A");
    await keyboard.type(workspace.path);
    await keyboard.press("Tab");
    while (
      !(await window.page
        .getByRole("button", { name: "Open this folder" })
        .evaluate((button) => button === document.activeElement))
    )
      await keyboard.press("Tab");
    await keyboard.press("Enter");
  }
  await expect(window.files).toBeVisible();
  await window.waitUntilServing();

  await keyboard.press("ControlOrMeta+K");
  const palette = window.page.getByRole("dialog", { name: "Search files and commands" });
  await expect(palette.getByRole("combobox")).toBeFocused();
  await keyboard.type("hello.py");
  await expect(palette.getByRole("option", { name: "cgi-bin/hello.py" })).toHaveAttribute("aria-selected", "true");
  await keyboard.press("Enter");
  await expect(window.target).toHaveValue("/cgi-bin/hello.py");
  await keyboard.press("ControlOrMeta+Enter");
  await expect(window.traceHeading).toHaveAccessibleName(/^#1 /);
  await window.sent();

  await goToPane(window, '[aria-label="Request target"]');
  await keyboard.press("End");
  await keyboard.type("?name=Ada");
  await keyboard.press("ControlOrMeta+Enter");
  await expect(window.traceHeading).toHaveAccessibleName(/^#2 /);
  await expect(window.row(2)).toHaveAttribute("data-outcome", "ok");

  await goToPane(window, '[role="grid"][aria-label="Traces"]');
  await keyboard.press("ArrowDown");
  await expect(window.row(1)).toHaveAttribute("aria-selected", "true");
  await keyboard.press("m");
  await keyboard.press("ArrowUp");
  await keyboard.press("c");
  await expect(comparison(window)).toBeVisible();
  await expect(part(window, "Request").getByRole("row", { name: /Target/ })).toContainText("?name=Ada");
  await expect(part(window, "Environment").getByRole("row", { name: /^QUERY_STRING/ })).toHaveAttribute(
    "data-diff",
    "changed",
  );
  await expect(part(window, "Stdout").locator('[data-line="removed"]')).toContainText("Hello, world!");
  await expect(part(window, "Stdout").locator('[data-line="added"]')).toContainText("Hello, Ada!");
  await expect(part(window, "Stdout").locator('[data-line="removed"] mark')).toHaveText("world");
  await expect(part(window, "Stdout").locator('[data-line="added"] mark')).toHaveText("Ada");
  await expect(part(window, "Timing").getByRole("row", { name: /^All/ })).toContainText("ms");
});

test("without a mark with the one before it; what is sent next comes to the right side; sides can be swapped", async ({
  window,
}) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.setSendOnSave(false);
  await window.openFile("cgi-bin/hello.py");
  await window.send("/cgi-bin/hello.py?name=Ada");
  await window.send("/missing");
  await window.send("/cgi-bin/hello.py?name=Grace");
  await window.trace.getByRole("button", { name: "More actions" }).click();
  await window.page.getByRole("menuitem", { name: "Compare with the previous trace" }).click();
  const left = comparison(window).getByRole("combobox", { name: "Left trace" });
  const right = comparison(window).getByRole("combobox", { name: "Right trace" });
  await expect(left.locator("option:checked")).toContainText(/^#1 · 200 · .* · GET …\/hello\.py\?name=Ada$/);
  await expect(right.locator("option:checked")).toContainText("The selected trace, #3");
  await expect(part(window, "Stdout")).toContainText("Hello, Grace!");
  // No difference, not shown.
  await expect(part(window, "Response").getByRole("row", { name: /^Status/ })).toHaveCount(0);
  await comparison(window).getByRole("checkbox", { name: "Only differences" }).uncheck();
  await expect(part(window, "Response").getByRole("row", { name: /^Status/ })).toHaveAttribute("data-diff", "same");

  await window.target.fill("/cgi-bin/hello.py?name=M%FCller");
  await window.page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(part(window, "Stdout").locator('[data-line="added"]')).toContainText("ller!");
  await expect(right.locator("option:checked")).toContainText("#4");
  await comparison(window).getByRole("button", { name: "Swap sides" }).click();
  await expect(left.locator("option:checked")).toContainText("#4");
  await expect(part(window, "Stdout").locator('[data-line="added"]')).toContainText("Hello, Ada!");
});
