// The editor's own parts: its menu, completion in readable colours, and lines beside their numbers.
import type { Page } from "@playwright/test";
import { copyWorkspace } from "../support/temp-workspace.js";
import { expect, test } from "./shell.js";

/** Puts the theme on, without the settings dialog. */
const putTheme = (page: Page, theme: "light" | "dark"): Promise<void> => page.emulateMedia({ colorScheme: theme });

test("the context menu is the window's own, by pointer and by key", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/hello.py");
  await window.editor.locator(".view-line").first().click({ button: "right" });
  const menu = window.page.getByRole("menu", { name: "Editor" });
  await expect(menu.getByRole("menuitem")).toHaveText([
    /^Cut/,
    /^Copy/,
    /^Paste/,
    /^Find/,
    /^Go to line…/,
    /^Quick fix…/,
    /^Send request/,
    /^Send and debug/,
    /^Set or remove breakpoint/,
    /^Edit breakpoint…/,
    /^Compare with the version that ran/,
  ]);
  await expect(menu).not.toHaveCSS("background-color", "rgba(0, 0, 0, 0)");
  await menu.getByRole("menuitem", { name: "Find" }).click();
  await expect(window.page.getByRole("textbox", { name: "Find" })).toBeFocused();
  await window.page.keyboard.press("Escape");
  await window.page.keyboard.press("Shift+F10");
  await expect(menu).toBeVisible();
  await window.page.keyboard.press("Escape");
  await expect(menu).toHaveCount(0);
  await window.page.keyboard.insertText("typed ");
  await expect(window.editor).toContainText("typed");
});

test("the typed letters of a suggestion hold their contrast", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/hello.py");
  await window.editor.locator(".view-lines").click();
  await window.page.keyboard.press("ControlOrMeta+End");
  await window.page.keyboard.type("\npri");
  for (const theme of ["light", "dark"] as const) {
    await putTheme(window.page, theme);
    await window.page.keyboard.press("Control+Space");
    const letters = window.page.locator(".suggest-widget .monaco-list-row.focused .highlight").first();
    await letters.waitFor();
    const pairs = await letters.evaluate((element) => {
      const backgroundOf = (from: Element): string => {
        for (let at: Element | null = from; at; at = at.parentElement) {
          const { backgroundColor } = getComputedStyle(at);
          if (!/, 0\)$/.test(backgroundColor)) return backgroundColor;
        }
        return "rgb(255, 255, 255)";
      };
      return [getComputedStyle(element).color, backgroundOf(element)];
    });
    expect(contrast(pairs[0] ?? "", pairs[1] ?? ""), `${theme}: ${pairs.join(" on ")}`).toBeGreaterThanOrEqual(4.5);
    await window.page.keyboard.press("Escape");
  }
});

test("lines stay beside their numbers when a file is shown again", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  const long = Array.from({ length: 60 }, (_, line) => `print("line ${line}${" and more".repeat(line % 40)}")`);
  workspace.write("cgi-bin/long.py", `${long.join("\n")}\n`);
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/long.py");
  await window.editor.locator(".view-lines").click();
  await window.page.keyboard.press("ControlOrMeta+End");
  await window.page.keyboard.type("last");
  await expect(window.editor).toContainText("last");
  await window.page.keyboard.press("ControlOrMeta+S");
  await window.openFile("cgi-bin/hello.py");
  await expect(window.editor).not.toContainText("last");
  await window.openFile("cgi-bin/long.py");
  await expect(window.editor).toContainText("last");
  // Both at one moment: the editor may still scroll.
  const [number = 0, line = 0] = await window.editor.evaluate((editor) =>
    [
      [...editor.querySelectorAll(".line-numbers")].find(({ textContent }) => textContent === "61"),
      [...editor.querySelectorAll(".view-line")].find(({ textContent }) => textContent?.includes("last")),
    ].map((element) => element?.getBoundingClientRect().top ?? 0),
  );
  expect(number).toBeGreaterThan(0);
  expect(number).toBeCloseTo(line, 0);
});

test("a tab that is only looked at gives way to the next; its menu closes others", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  const long = `${"a-very-long-name-".repeat(6)}end.py`;
  workspace.write(`cgi-bin/${long}`, "print()\n");
  await window.openFolder(workspace.path);
  const tabs = window.page.getByRole("tablist", { name: "Open files" }).getByRole("tab");
  await window.openFile("cgi-bin/hello.py");
  await expect(tabs).toHaveText(["hello.py"]);
  await expect(tabs.first()).toHaveCSS("font-style", "italic");
  await window.openFile("cgi-bin/env.sh");
  await expect(tabs).toHaveText(["env.sh"]);
  await window.file("cgi-bin/env.sh").dblclick();
  await expect(tabs.first()).toHaveCSS("font-style", "normal");
  await window.openFile("cgi-bin/hello.py");
  await window.type("# edited\n");
  await expect(tabs.nth(1)).toHaveCSS("font-style", "normal");
  for (const path of ["cgi-bin/sum.py", "cgi-bin/upper.pl", `cgi-bin/${long}`]) await window.file(path).dblclick();
  await expect(tabs).toHaveCount(5);

  // The shown one is wholly in sight, with its cross, however little room there is.
  const beyondEdge = async (): Promise<number> => {
    const strip = await window.page.locator(".editor-tabs").boundingBox();
    const cross = await window.page.getByRole("button", { name: `Close ${long}` }).boundingBox();
    if (!strip || !cross) return Number.NaN;
    return cross.x + cross.width - (strip.x + strip.width);
  };
  await expect.poll(beyondEdge).toBeLessThanOrEqual(1);
  await window.page.getByRole("button", { name: "All open files" }).click();
  await window.page.getByRole("menuitem", { name: "env.sh" }).click();
  await expect(tabs.first()).toHaveAttribute("aria-selected", "true");

  await tabs.nth(2).click({ button: "right" });
  const menu = window.page.getByRole("menu", { name: "cgi-bin/sum.py" });
  await menu.getByRole("menuitem", { name: "Close to the right" }).click();
  await expect(tabs).toHaveCount(3);
  await tabs.nth(2).click({ button: "right" });
  await menu.getByRole("menuitem", { name: "Reveal in tree" }).click();
  await expect(window.files).toHaveAttribute("aria-activedescendant", "file:cgi-bin/sum.py");
  await tabs.nth(2).click({ button: "right" });
  await menu.getByRole("menuitem", { name: "Close others" }).click();
  await window.page
    .getByRole("dialog", { name: /Save the edits in hello\.py/ })
    .getByText("Discard edits")
    .click();
  await expect(tabs).toHaveText(["sum.py"]);
});

test("split in two groups, each with its tabs; commands and the composer follow the active one; remembered", async ({
  window,
}) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.setSendOnSave(false);
  const { page } = window;
  const tabs = (side: "left" | "right") => page.getByRole("tablist", { name: `Open files, ${side}` }).getByRole("tab");
  await window.file("cgi-bin/hello.py").dblclick();
  await window.editor.locator(".view-line").first().waitFor();
  await window.runCommand("Split editor");
  await expect(tabs("left")).toHaveText(["hello.py"]);
  await expect(tabs("right")).toHaveText(["hello.py"]);
  const editors = page.locator(".editor-code:not([hidden])");
  await expect(editors).toHaveCount(2);

  // A file is opened in the active group, which the composer follows.
  await window.file("cgi-bin/env.sh").dblclick();
  await expect(tabs("right")).toHaveText(["hello.py", "env.sh"]);
  await expect(tabs("left")).toHaveText(["hello.py"]);
  await expect(window.target).toHaveValue("/cgi-bin/env.sh");
  await expect(editors.nth(1)).toContainText("#!/bin/sh");
  await editors.nth(0).locator(".view-lines").click();
  await expect(window.target).toHaveValue("/cgi-bin/hello.py");

  // Both show the same text.
  await tabs("right").nth(0).click();
  await editors.nth(0).locator(".view-lines").click();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.insertText("# seen twice\n");
  await expect(editors.nth(1)).toContainText("# seen twice");
  await page.keyboard.press("ControlOrMeta+S");
  await expect.poll(() => workspace.read("cgi-bin/hello.py")).toContain("# seen twice");

  await page.reload();
  await expect(tabs("right")).toHaveText(["hello.py", "env.sh"]);
  await expect(tabs("left")).toHaveText(["hello.py"]);
  await expect(editors).toHaveCount(2);
  await expect(editors.nth(0)).toContainText("# seen twice");

  // The last tab of a group ends the split; its file stays open in the other.
  await tabs("left").first().focus();
  await page.keyboard.press("Delete");
  await expect(page.getByRole("tablist", { name: "Open files", exact: true }).getByRole("tab")).toHaveText([
    "hello.py",
    "env.sh",
  ]);
  await expect(editors).toHaveCount(1);
});

test("in a narrow split the active tab is whole, with its cross", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  const { page } = window;
  await page.setViewportSize({ width: 1024, height: 700 });
  await window.openFolder(workspace.path);
  for (const name of ["hello.py", "env.sh", "post.py"]) await window.file(`cgi-bin/${name}`).dblclick();
  await window.editor.locator(".view-line").first().waitFor();
  await window.runCommand("Split editor");
  const line = page.getByRole("separator", { name: "Width of the left editor group" });
  const isWhole = (side: "left" | "right") =>
    page.getByRole("tablist", { name: `Open files, ${side}` }).evaluate((list) => {
      const strip = list.parentElement?.getBoundingClientRect();
      const parts = [...(list.parentElement?.querySelectorAll("[data-shown]") ?? [])];
      const isInside = ({ left, right, width }: DOMRect): boolean =>
        strip !== undefined && width > 0 && left >= strip.left - 1 && right <= strip.right + 1;
      return parts.length === 2 && parts.every((part) => isInside(part.getBoundingClientRect()));
    });
  for (const side of ["left", "right"] as const) await expect.poll(() => isWhole(side), side).toBe(true);
  await line.focus();
  await page.keyboard.press("Home"); // the left group as narrow as it can be
  for (const side of ["left", "right"] as const) await expect.poll(() => isWhole(side), side).toBe(true);
});

/** The ratio of WCAG 2.2. */
function contrast(first: string, second: string): number {
  const [light = 0, dark = 0] = [luminance(first), luminance(second)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => {
    const value = Number(part) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
