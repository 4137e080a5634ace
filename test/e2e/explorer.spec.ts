// The explorer shows and finds files: the execute bit, changes from outside, the
// filter, the keyboard, quick open, colours.
import { chmodSync, mkdirSync, rmSync } from "node:fs";
import { copyWorkspace } from "../support/temp-workspace.js";
import { examine } from "./examine.js";
import { begin, choose, comparison, menu, modeOf, tab } from "./explorer.js";
import { expect, test } from "./shell.js";

test("the execute bit, and every change from outside, show at once", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  chmodSync(workspace.file("cgi-bin/env.sh"), 0o644);
  await begin(window, workspace);
  const noExecute = window.file("cgi-bin/env.sh").getByRole("img", { name: "not executable" });
  await expect(noExecute).toBeVisible();
  await choose(window, "cgi-bin/env.sh", /^Make executable/);
  await expect(noExecute).toHaveCount(0);
  expect(modeOf(workspace, "cgi-bin/env.sh")).toBe(0o755);
  await choose(window, "cgi-bin/env.sh", /^Remove execute permission/);
  await expect(noExecute).toBeVisible();
  expect(modeOf(workspace, "cgi-bin/env.sh")).toBe(0o644);
  chmodSync(workspace.file("cgi-bin/env.sh"), 0o755);
  await expect(noExecute).toHaveCount(0);

  workspace.write("cgi-bin/outside.sh", "#!/bin/sh\n# From outside.\n");
  await expect(window.file("cgi-bin/outside.sh")).toBeVisible();
  await window.openFile("cgi-bin/outside.sh");
  await expect(window.editor).toContainText("From outside.");
  rmSync(workspace.file("cgi-bin/outside.sh"));
  await expect(window.file("cgi-bin/outside.sh")).toHaveCount(0);
  await expect(window.failure(/no longer on disk/)).toBeVisible();
  mkdirSync(workspace.file("made"));
  await expect(window.file("made")).toHaveAttribute("aria-expanded", "false");

  // The last status of a script stands beside its name, with the sign that the list has.
  const seq = await window.send("/cgi-bin/hello.py");
  workspace.write("cgi-bin/crash.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhalf'\nkill -KILL $$\n");
  workspace.makeExecutable("cgi-bin/crash.sh");
  workspace.write("cgi-bin/latin.sh", "#!/bin/sh\nprintf 'Content-Type: text/html; charset=utf-8\\n\\ncaf\\351'\n");
  workspace.makeExecutable("cgi-bin/latin.sh");
  await window.send("/cgi-bin/crash.sh");
  await window.send("/cgi-bin/latin.sh");
  const warned = window.file("cgi-bin/latin.sh").getByRole("img", { name: "last 200, has a warning" });
  await expect(warned).toBeVisible();
  await expect(window.file("cgi-bin/crash.sh").getByRole("img", { name: "last 200, crashed" })).toBeVisible();
  await expect(window.file("cgi-bin/hello.py").getByRole("img", { name: "last 200", exact: true })).toBeVisible();
  await expect(window.file("cgi-bin/hello.py").locator('[data-part="last-status"]')).toHaveAttribute(
    "title",
    new RegExp(`#${seq}`),
  );
});

test("the filter, and the keyboard alone", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await begin(window, workspace);
  await window.files.focus();
  await window.page.keyboard.press("ControlOrMeta+F");
  const filter = window.page.getByRole("searchbox", { name: "Filter files" });
  await expect(filter).toBeFocused();
  await window.page.keyboard.type("sum");
  await expect(window.files.getByRole("treeitem")).toHaveCount(2);
  await expect(window.page.getByRole("region", { name: "Files" }).getByRole("status")).toHaveText(/^1 of \d+$/);
  await window.page.keyboard.press("Enter");
  await expect(tab(window, "sum.py")).toBeVisible();
  await expect(window.files).toBeFocused();
  await filter.focus();
  await window.page.keyboard.press("Escape");
  await expect(filter).toHaveValue("");
  await expect(window.files).toBeFocused();
  await expect(window.file("index.html")).toBeVisible();

  // Arrows, letters, Enter; the menu by its key, closed by Esc, with the focus back in the tree.
  const active = async (): Promise<string | null> => window.files.getAttribute("aria-activedescendant");
  await window.page.keyboard.press("Home");
  expect(await active()).toBe("file:cgi-bin");
  await window.page.keyboard.press("ArrowRight");
  await window.page.keyboard.press("ArrowRight");
  expect(await active()).toMatch(/^file:cgi-bin\//);
  await expect(async () => {
    await window.page.keyboard.press("Home"); // again, if a pause came between the letters
    await window.page.keyboard.type("up");
    expect(await active()).toBe("file:cgi-bin/upper.pl");
  }).toPass({ intervals: [800] });
  await window.page.keyboard.press("Shift+F10");
  await expect(menu(window)).toHaveAccessibleName("upper.pl");
  await window.page.keyboard.press("Escape");
  await expect(menu(window)).toHaveCount(0);
  await expect(window.files).toBeFocused();
  await window.page.keyboard.press("Shift+F10");
  await expect(menu(window)).toBeVisible();
  await expect(menu(window).getByRole("menuitem", { name: /execut/ })).toHaveCount(1);
  await window.page.keyboard.press("Escape");
  await expect(menu(window)).toHaveCount(0);
  await expect(window.files).toBeFocused();
  await window.page.keyboard.press("Enter");
  await expect(tab(window, "upper.pl")).toBeVisible();
});

test("quick open: files used lately first, by a few letters, to a line; > goes to the commands", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await begin(window, workspace);
  await window.openFile("index.html");
  await window.openFile("cgi-bin/env.sh");
  await window.page.keyboard.press("ControlOrMeta+P");
  const dialog = window.page.getByRole("dialog", { name: "Open file by name" });
  await expect(dialog.getByRole("option").first()).toContainText("env.sh");
  await expect(dialog.getByRole("option").nth(1)).toContainText("index.html");
  await window.page.keyboard.type("hlo:4");
  await expect(dialog.getByRole("option")).toHaveCount(1);
  await window.page.keyboard.press("Enter");
  await expect(tab(window, "hello.py")).toHaveAttribute("aria-selected", "true");
  await expect(window.statusBar).toContainText("Ln 4, Col 1");
  await window.page.keyboard.press("ControlOrMeta+P");
  await window.page.keyboard.type(">");
  await expect(window.page.getByRole("dialog", { name: "Search files and commands" })).toBeVisible();
  await window.page.keyboard.press("Escape");
});

const languages = [
  ["a.py", "Python", "def f():\n    return 'x'  # c\n"],
  ["a.pl", "Perl", "use strict;\nmy $x = 'y'; # c\n"],
  ["a.php", "PHP", "<?php\necho 'x'; // c\n"],
  ["a.rb", "Ruby", "def f\n  'x' # c\nend\n"],
  ["a.sh", "Shell", "if true; then echo 'x'; fi # c\n"],
  ["a.lua", "Lua", "local x = 'y' -- c\n"],
  ["a.tcl", "Tcl", 'proc f {} {\n  return "x"\n}\n# c\n'],
  ["a.html", "HTML", "<p class='x'>text</p><!-- c -->\n"],
  ["a.css", "CSS", "p { color: red; } /* c */\n"],
  ["a.js", "JavaScript", "const x = 'y'; // c\n"],
  ["a.json", "JSON", '{ "x": [1, true, "y"] }\n'],
  ["tool.cgi", "Perl", "#!/usr/bin/env perl\nmy $x = 'y'; # c\n"],
] as const;

test("every language is coloured", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  for (const [name, , text] of languages) workspace.write(name, text);
  await begin(window, workspace);
  for (const [name, title] of languages) {
    await window.openFile(name);
    await expect(window.statusBar.getByText(title, { exact: true })).toBeVisible();
    const colours = (): Promise<number> =>
      window.editor.evaluate(
        (editor) =>
          new Set([...editor.querySelectorAll('.view-line span[class^="mtk"]')].map(({ className }) => className)).size,
      );
    await expect.poll(colours, { message: `kinds of words told apart in ${name}` }).toBeGreaterThan(2);
  }
});

test("axe finds nothing serious in the explorer, its questions, quick open and comparisons", {
  tag: "@browser",
}, async ({ window }) => {
  // The same page.
  test.setTimeout(180_000);
  using workspace = copyWorkspace("basic");
  chmodSync(workspace.file("cgi-bin/env.sh"), 0o644);
  await begin(window, workspace);
  const { page } = window;
  const found: string[] = [];
  const look = async (view: string): Promise<void> => void found.push(...(await examine(page, view)));
  await window.openFile("cgi-bin/hello.py");
  await window.send();
  await expect(window.file("cgi-bin/hello.py").getByRole("img", { name: "last 200" })).toBeVisible();
  await window.file("cgi-bin/env.sh").click({ button: "right" });
  await expect(menu(window)).toBeVisible();
  await look("context menu");
  await menu(window)
    .getByRole("menuitem", { name: /^Rename/ })
    .click();
  await page.getByRole("textbox", { name: "New name of env.sh" }).fill("sum.py");
  await look("renaming");
  await page.keyboard.press("Escape");
  await choose(window, "cgi-bin/env.sh", /^Move to/);
  await expect(page.getByRole("dialog")).toBeVisible();
  await look("moving");
  await window.dismiss();
  await page.getByRole("searchbox", { name: "Filter files" }).fill("h");
  await page.keyboard.press("ControlOrMeta+P");
  await expect(page.getByRole("dialog", { name: "Open file by name" })).toBeVisible();
  await look("quick open");
  await window.dismiss();
  await window.type("# mine\n");
  workspace.write("cgi-bin/hello.py", workspace.read("cgi-bin/hello.py").replace("Hello", "Good day"));
  await window.conflict.getByRole("button", { name: "Compare" }).click();
  await expect(comparison(window, "hello.py").getByRole("status")).toHaveText("2 differences");
  await look("comparison");
  expect(found).toEqual([]);
});
