// The explorer: files made, renamed, moved, deleted and brought back, found and compared. What the window says is checked on the disk.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import type { Locator } from "@playwright/test";
import { copyWorkspace, type TempFolder } from "../support/temp-workspace.js";
import { examine } from "./examine.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

const modeOf = (workspace: TempFolder, path: string): number => statSync(workspace.file(path)).mode & 0o7777;
const onDisk =
  (workspace: TempFolder, path: string): (() => boolean) =>
  () =>
    existsSync(workspace.file(path));

/** Opens a copy of a workspace and unfolds cgi-bin. */
async function begin(window: WorkbenchWindow, workspace: TempFolder): Promise<void> {
  await window.openFolder(workspace.path);
  await expect(window.file("cgi-bin")).toBeVisible();
  if ((await window.file("cgi-bin").getAttribute("aria-expanded")) !== "true") await window.file("cgi-bin").click();
  await window.setSendOnSave(false);
}

const menu = (window: WorkbenchWindow): Locator => window.page.getByRole("menu");
async function choose(window: WorkbenchWindow, path: string, item: RegExp): Promise<void> {
  await window.file(path).click({ button: "right" });
  await menu(window).getByRole("menuitem", { name: item }).click();
}
const tab = (window: WorkbenchWindow, name: string): Locator =>
  window.page.getByRole("tablist", { name: "Open files" }).getByRole("tab", { name, exact: true });
const notice = (window: WorkbenchWindow, words: RegExp): Locator =>
  window.page.getByRole("region", { name: "Notices" }).getByText(words);
const undo = (window: WorkbenchWindow): Locator =>
  window.page.getByRole("region", { name: "Notices" }).getByRole("button", { name: "Undo" });

test("a new script is whole, executable and answers; an existing one is left alone", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await begin(window, workspace);
  const create = async (from: Locator, path: string): Promise<Locator> => {
    await from.click();
    const dialog = window.page.getByRole("dialog", { name: "New file" });
    await dialog.getByRole("textbox", { name: "Path in the folder" }).fill(path);
    await dialog.getByRole("button", { name: "Create" }).click();
    return dialog;
  };
  await window.file("cgi-bin").click({ button: "right" });
  const inMenu = menu(window).getByRole("menuitem", { name: /^New file/ });
  await expect(await create(inMenu, "cgi-bin/made/hello.sh")).toHaveCount(0);
  await expect(window.file("cgi-bin/made/hello.sh")).toHaveAttribute("aria-selected", "true");
  expect(modeOf(workspace, "cgi-bin/made/hello.sh") & 0o700).toBe(0o700);
  await expect(window.target).toHaveValue("/cgi-bin/made/hello.sh");
  await window.send();
  await expect(window.status).toContainText("200");

  const before = workspace.read("cgi-bin/sum.py");
  const button = window.page.getByRole("region", { name: "Files" }).getByRole("button", { name: "New file" });
  const dialog = await create(button, "cgi-bin/sum.py");
  await expect(dialog.getByRole("alert")).toContainText("already");
  await dialog.getByRole("textbox", { name: "Path in the folder" }).fill(".git/hooks/x");
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(dialog.getByRole("alert")).toContainText("begins with a dot");
  await window.dismiss();
  expect([workspace.read("cgi-bin/sum.py"), existsSync(workspace.file(".git"))]).toEqual([before, false]);
});

test("a new folder; a renamed file keeps its tab, its edits and their undo", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await begin(window, workspace);
  await window.page.getByRole("region", { name: "Files" }).getByRole("button", { name: "New folder" }).click();
  const dialog = window.page.getByRole("dialog", { name: "New folder" });
  await dialog.getByRole("textbox", { name: "Name of the folder" }).fill("new");
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(window.file("new")).toBeVisible();
  expect(statSync(workspace.file("new")).isDirectory()).toBe(true);

  workspace.write("new/first.txt", "one\n");
  await window.openFile("new/first.txt");
  await expect(window.editor).toContainText("one");
  await window.type("mine_"); // one word is one step of undo
  await expect(tab(window, "first.txt, unsaved")).toBeVisible();

  await window.file("new/first.txt").click();
  await window.files.focus();
  await window.page.keyboard.press("F2");
  const field = window.page.getByRole("textbox", { name: "New name of first.txt" });
  await expect(field).toBeFocused();
  await window.page.keyboard.type("second"); // the extension is not selected
  await expect(field).toHaveValue("second.txt");
  await field.fill("../x");
  await expect(window.page.getByRole("alert").filter({ hasText: "no slash" })).toBeVisible();
  await field.fill("second.py");
  await window.page.keyboard.press("Enter");
  await expect(window.file("new/second.py")).toBeVisible();
  await expect(window.files).toBeFocused();
  await expect(tab(window, "second.py, unsaved")).toBeVisible();
  await expect(window.editor).toContainText("mine_one");
  await expect(window.statusBar).toContainText("Python");
  expect([workspace.read("new/second.py"), existsSync(workspace.file("new/first.txt"))]).toEqual(["one\n", false]);

  await window.editor.locator(".view-lines").click();
  await window.page.keyboard.press("ControlOrMeta+Z");
  await expect(tab(window, "second.py")).toBeVisible();
  await window.page.keyboard.press("ControlOrMeta+Shift+Z");
  await expect(tab(window, "second.py, unsaved")).toBeVisible();
  await window.page.keyboard.press("ControlOrMeta+S");
  await expect.poll(() => workspace.read("new/second.py")).toBe("mine_one\n");
  expect(readdirSync(workspace.file("new"))).toEqual(["second.py"]);

  // A folder takes what is open in it along.
  await choose(window, "new", /^Rename/);
  await window.page.getByRole("textbox", { name: "New name of new" }).fill("newer");
  await window.page.keyboard.press("Enter");
  await expect(window.file("newer/second.py")).toBeVisible();
  await window.type("# again\n");
  await window.page.keyboard.press("ControlOrMeta+S");
  await expect.poll(() => workspace.read("newer/second.py")).toContain("# again");
});

test("nothing is renamed over something else; Esc leaves the name as it is", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await begin(window, workspace);
  await choose(window, "cgi-bin/env.sh", /^Rename/);
  const field = window.page.getByRole("textbox", { name: "New name of env.sh" });
  await field.fill("sum.py");
  await expect(window.page.getByRole("alert").filter({ hasText: "already" })).toBeVisible();
  await window.page.keyboard.press("Enter");
  await expect(field).toBeVisible();
  await window.page.keyboard.press("Escape");
  await expect(field).toHaveCount(0);
  await expect(window.files).toBeFocused();

  // The list may be behind: then the server refuses.
  await choose(window, "cgi-bin/env.sh", /^Move to/);
  const dialog = window.page.getByRole("dialog", { name: "Move env.sh to…" });
  const other = workspace.read("cgi-bin/sum.py");
  await dialog.getByRole("textbox", { name: "Folder" }).fill("elsewhere/deep");
  mkdirSync(workspace.file("elsewhere/deep"), { recursive: true });
  workspace.write("elsewhere/deep/env.sh", "theirs");
  await dialog.getByRole("button", { name: "Move", exact: true }).click();
  await expect(dialog.getByRole("alert")).toContainText(/elsewhere\/deep\/env\.sh is there already/);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  expect([
    workspace.read("elsewhere/deep/env.sh"),
    existsSync(workspace.file("cgi-bin/env.sh")),
    workspace.read("cgi-bin/sum.py"),
  ]).toEqual(["theirs", true, other]);
});

test("moved by dialog and by dragging, with its tab", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await begin(window, workspace);
  await window.openFile("cgi-bin/hello.py");
  await window.target.fill("/cgi-bin/hello.py?name=Ada");
  await choose(window, "cgi-bin/hello.py", /^Move to/);
  const dialog = window.page.getByRole("dialog", { name: "Move hello.py to…" });
  await dialog.getByRole("list", { name: "Folders" }).getByRole("button", { name: "Top of the workspace" }).click();
  await expect(window.file("hello.py")).toBeVisible();
  await expect(dialog).toHaveCount(0);
  await expect.poll(onDisk(workspace, "hello.py")).toBe(true);
  await expect(window.file("hello.py")).toHaveAttribute("aria-selected", "true");

  await expect(window.target).toHaveValue("/hello.py?name=Ada"); // what was composed for it goes along

  await window.file("hello.py").dragTo(window.file("cgi-bin"));
  await expect.poll(onDisk(workspace, "cgi-bin/hello.py")).toBe(true);
  await expect(window.file("cgi-bin/hello.py")).toHaveAttribute("aria-selected", "true");
  await expect(window.file("hello.py")).toHaveCount(0);
  await expect(window.target).toHaveValue("/cgi-bin/hello.py?name=Ada");

  // Undo, by the notice and by the keys: of moves and of new names, with the tab and the request.
  await expect(notice(window, /hello\.py was moved to cgi-bin/)).toBeVisible();
  await undo(window).last().click();
  await expect.poll(onDisk(workspace, "hello.py")).toBe(true);
  await expect(window.target).toHaveValue("/hello.py?name=Ada");
  await window.file("hello.py").click();
  await window.files.focus();
  await window.page.keyboard.press("F2");
  await window.page.getByRole("textbox", { name: "New name of hello.py" }).fill("other.py");
  await window.page.keyboard.press("Enter");
  await expect(notice(window, /hello\.py is now other\.py/)).toBeVisible();
  await window.files.focus();
  await window.page.keyboard.press("ControlOrMeta+Z");
  await expect.poll(onDisk(workspace, "hello.py")).toBe(true);
  await expect(tab(window, "hello.py")).toBeVisible();
  expect(existsSync(workspace.file("other.py"))).toBe(false);
  workspace.makeFolder("cgi-bin/hello.py"); // its place is taken: it stays where it is, and says why
  await window.files.focus();
  await window.page.keyboard.press("ControlOrMeta+Z");
  await expect(window.failure(/hello\.py was not moved back: .*there already/)).toBeVisible();
  expect(existsSync(workspace.file("hello.py"))).toBe(true);
});

test("deleted with the key, brought back with Undo: bytes, mode and tab", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  chmodSync(workspace.file("cgi-bin/env.sh"), 0o751);
  workspace.write("cgi-bin/odd.bin", new Uint8Array([0, 255, 13, 10, 26]));
  await begin(window, workspace);
  const before = workspace.read("cgi-bin/env.sh");
  await window.openFile("cgi-bin/env.sh");
  await expect(tab(window, "env.sh")).toBeVisible();
  await window.files.focus();
  await window.page.keyboard.press("Delete");
  await expect(window.file("cgi-bin/env.sh")).toHaveCount(0);
  await expect(tab(window, "env.sh")).toHaveCount(0);
  await expect(notice(window, /env\.sh was deleted/)).toBeVisible();
  expect(existsSync(workspace.file("cgi-bin/env.sh"))).toBe(false);
  await undo(window).click();
  await expect(window.file("cgi-bin/env.sh")).toBeVisible();
  await expect(tab(window, "env.sh")).toBeVisible();
  expect([workspace.read("cgi-bin/env.sh"), modeOf(workspace, "cgi-bin/env.sh")]).toEqual([before, 0o751]);

  // A whole folder, and the keys alone; what appears in its place meanwhile stays.
  await window.files.focus();
  await window.page.keyboard.press("Home");
  await window.page.keyboard.press("Delete");
  await expect(window.file("cgi-bin")).toHaveCount(0);
  expect(existsSync(workspace.file("cgi-bin"))).toBe(false);
  writeFileSync(workspace.file("cgi-bin"), "theirs");
  await expect(window.file("cgi-bin")).toBeVisible();
  await window.files.focus();
  await window.page.keyboard.press("ControlOrMeta+Z");
  await expect(window.failure(/could not be brought back.*already/)).toBeVisible();
  expect(workspace.read("cgi-bin")).toBe("theirs");
  renameSync(workspace.file("cgi-bin"), workspace.file("theirs"));
  await window.files.focus();
  await window.page.keyboard.press("ControlOrMeta+Z");
  await expect.poll(onDisk(workspace, "cgi-bin/odd.bin")).toBe(true);
  expect([...Buffer.from(workspace.read("cgi-bin/odd.bin"), "utf8")].length).toBeGreaterThan(0);
  expect([modeOf(workspace, "cgi-bin/env.sh"), workspace.read("cgi-bin/env.sh")]).toEqual([0o751, before]);
});

test("several together: chosen by pointer and keys, moved, deleted, and brought back with one Undo", async ({
  window,
}) => {
  using workspace = copyWorkspace("basic");
  workspace.makeFolder("old");
  await begin(window, workspace);
  const { page } = window;
  const chosen = (): Promise<string[]> =>
    window.files
      .locator('[role="treeitem"][aria-selected="true"]')
      .evaluateAll((rows) => rows.map(({ id }) => id.slice("file:".length)));
  await window.file("cgi-bin/env.sh").click();
  await window.file("cgi-bin/sum.py").click({ modifiers: ["ControlOrMeta"] });
  await window.file("index.html").click({ modifiers: ["ControlOrMeta"] });
  expect(await chosen()).toEqual(["cgi-bin/env.sh", "cgi-bin/sum.py", "index.html"]);
  await window.file("cgi-bin/sum.py").click({ button: "right" });
  await menu(window)
    .getByRole("menuitem", { name: /^Delete 3 files and folders/ })
    .click();
  const gone = ["cgi-bin/env.sh", "cgi-bin/sum.py", "index.html"].map((path) => onDisk(workspace, path));
  for (const isThere of gone) await expect.poll(isThere).toBe(false);
  await expect(notice(window, /3 files and folders were deleted/)).toBeVisible();
  await undo(window).click();
  for (const isThere of gone) await expect.poll(isThere).toBe(true);
  expect(modeOf(workspace, "cgi-bin/env.sh") & 0o100).toBe(0o100);

  // By keys: two rows, then one less and one more; moved together.
  await window.file("cgi-bin/env.sh").click();
  await window.files.focus();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowUp");
  await expect.poll(chosen).toEqual(["cgi-bin/env.sh", "cgi-bin/hello.py"]);
  await window.runCommand("Move file or folder…");
  const dialog = page.getByRole("dialog", { name: "Move 2 files and folders to…" });
  await dialog.getByRole("textbox", { name: "Folder" }).fill("old");
  await dialog.getByRole("button", { name: "Move", exact: true }).click();
  await expect.poll(onDisk(workspace, "old/hello.py")).toBe(true);
  expect([existsSync(workspace.file("old/env.sh")), existsSync(workspace.file("cgi-bin/env.sh"))]).toEqual([
    true,
    false,
  ]);
  await window.file("index.html").click();
  expect(await chosen()).toEqual(["index.html"]);
});

test("what is too large to be kept is deleted only after a question", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  workspace.write("huge.dat", "");
  truncateSync(workspace.file("huge.dat"), 70 << 20);
  await begin(window, workspace);
  await choose(window, "huge.dat", /^Delete/);
  const dialog = window.page.getByRole("dialog", { name: "Delete huge.dat for good?" });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  expect(existsSync(workspace.file("huge.dat"))).toBe(true);
  await choose(window, "huge.dat", /^Delete/);
  await dialog.getByRole("button", { name: "Delete for good" }).click();
  await expect(window.file("huge.dat")).toHaveCount(0);
  expect(existsSync(workspace.file("huge.dat"))).toBe(false);
});

test("the execute bit, and every change from outside, show at once", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  chmodSync(workspace.file("cgi-bin/env.sh"), 0o644);
  await begin(window, workspace);
  const noExecute = window.file("cgi-bin/env.sh").getByRole("img", { name: "not executable" });
  await expect(noExecute).toBeVisible();
  await choose(window, "cgi-bin/env.sh", /^Make executable/);
  await expect(noExecute).toHaveCount(0);
  expect(modeOf(workspace, "cgi-bin/env.sh")).toBe(0o755);
  await choose(window, "cgi-bin/env.sh", /^Take the execute bit/);
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

  // The last status of a script stands beside its name.
  const seq = await window.send("/cgi-bin/hello.py");
  await expect(window.file("cgi-bin/hello.py").getByRole("img", { name: "last 200" })).toBeVisible();
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
  await window.page.keyboard.type("up");
  expect(await active()).toBe("file:cgi-bin/upper.pl");
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

const comparison = (window: WorkbenchWindow, name: string): Locator =>
  window.page.getByRole("region", { name: `Comparison of ${name}` });

test("edits compared with the saved file, then with what somebody else saved", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await begin(window, workspace);
  await window.openFile("cgi-bin/env.sh");
  await expect(window.editor).toContainText("The environment");
  await window.type("# mine\n");
  await window.page
    .getByRole("region", { name: "Editor" })
    .getByRole("button", { name: "Compare", exact: true })
    .click();
  await menu(window)
    .getByRole("menuitem", { name: /saved file/ })
    .click();
  const shown = comparison(window, "env.sh");
  await expect(shown.getByRole("status")).toHaveText("1 difference");
  await expect(shown).toContainText("# mine");
  await shown.getByRole("button", { name: "Close comparison" }).click();
  await expect(shown).toHaveCount(0);
  await expect(window.editor).toContainText("# mine");

  // The bar of a conflict offers the comparison; both ways out of it are still there.
  workspace.write("cgi-bin/env.sh", "#!/bin/sh\n# Theirs.\nprintf 'Content-Type: text/plain\\n\\nnew\\n'\n");
  await window.conflict.getByRole("button", { name: "Compare" }).click();
  await expect(shown).toContainText("Theirs.");
  await expect(shown).toContainText("# mine");
  await expect(shown.getByRole("status")).toHaveText(/^\d differences?$/);
  await shown.getByRole("button", { name: "Next difference" }).click();
  workspace.write("cgi-bin/env.sh", "#!/bin/sh\n# Theirs, later.\nprintf 'Content-Type: text/plain\\n\\nnew\\n'\n");
  await expect(shown).toContainText("Theirs, later.");
  await window.conflict.getByRole("button", { name: "Overwrite with my edits" }).click();
  await expect(shown.getByRole("status")).toHaveText("No differences");
  await expect.poll(() => workspace.read("cgi-bin/env.sh")).toContain("# mine");
});

test("a script compared with what a trace ran", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await begin(window, workspace);
  await window.openFile("cgi-bin/hello.py");
  const first = await window.send();
  const whole = workspace.read("cgi-bin/hello.py");
  await window.rewrite(whole.replace("Hello, {name}!", "Good day, {name}."));
  await expect.poll(() => workspace.read("cgi-bin/hello.py")).toContain("Good day");
  const second = await window.send();
  expect(second).toBeGreaterThan(first);
  await window.row(first).click();
  await expect(window.traceHeading).toHaveAccessibleName(new RegExp(`^#${first} `));
  await choose(window, "cgi-bin/hello.py", /what the trace ran/);
  const shown = comparison(window, "hello.py");
  await expect(shown).toContainText(`as request #${first} ran it`);
  await expect(shown.getByRole("status")).toHaveText("1 difference");
  await expect(shown).toContainText("Hello, {name}!");
  await expect(shown).toContainText("Good day, {name}.");
  await window.row(second).click();
  await window.trace.getByRole("button", { name: "More actions" }).click();
  await menu(window).getByRole("menuitem", { name: "Compare script with the file now" }).click();
  await expect(shown).toContainText(`as request #${second} ran it`);
  await expect(shown.getByRole("status")).toHaveText("No differences");
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

test("axe finds nothing serious in the explorer, its questions, quick open and comparisons", async ({
  shell,
  window,
}) => {
  test.skip(shell === "electron", "the same page");
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
