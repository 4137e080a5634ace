// The explorer changes files: made, renamed, moved, deleted and brought back.
// What the window says is checked on the disk.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import type { Locator } from "@playwright/test";
import { copyWorkspace } from "../support/temp-workspace.js";
import { begin, choose, menu, modeOf, notice, onDisk, tab, undo } from "./explorer.js";
import { expect, test } from "./shell.js";

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
  await expect(dialog.getByRole("alert")).toContainText("begin with a dot");
  await window.dismiss();
  expect([workspace.read("cgi-bin/sum.py"), existsSync(workspace.file(".git"))]).toEqual([before, false]);
});

test("a copy of a script stands beside it, runs, and can be taken back", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await begin(window, workspace);
  await choose(window, "cgi-bin/sum.py", /^Duplicate$/);
  await expect(tab(window, "sum-copy.py")).toBeVisible();
  await expect(window.target).toHaveValue("/cgi-bin/sum-copy.py");
  await window.send();
  await expect(window.status).toContainText("200");
  await choose(window, "cgi-bin/sum.py", /^Duplicate$/);
  await expect(window.file("cgi-bin/sum-copy-2.py")).toBeVisible();
  expect(workspace.read("cgi-bin/sum-copy-2.py")).toBe(workspace.read("cgi-bin/sum.py"));
  await undo(window).last().click();
  await expect(window.file("cgi-bin/sum-copy-2.py")).toHaveCount(0);
});

test("a new folder; a renamed file keeps its tab, its edits and their undo", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await begin(window, workspace);
  await window.page.getByRole("region", { name: "Files" }).getByRole("button", { name: "New folder" }).click();
  const dialog = window.page.getByRole("dialog", { name: "New folder" });
  await dialog.getByRole("textbox", { name: "Folder name" }).fill("new");
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
  await expect(window.page.getByRole("alert").filter({ hasText: "cannot contain a slash" })).toBeVisible();
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

test("a file that is renamed while it is saved is saved under its new name, now and later", {
  tag: "@browser", // what goes over a MessagePort cannot be held up from outside
}, async ({ window }) => {
  using workspace = copyWorkspace("basic");
  const { page } = window;
  let isHeld = true;
  const held: (() => void)[] = [];
  await page.routeWebSocket(/\/rpc$/, (socket) => {
    socket.connectToServer().onMessage((message) => {
      if (isHeld && message.toString().includes('"kind":"saved"')) held.push(() => socket.send(message));
      else socket.send(message);
    });
  });
  await page.reload();
  await begin(window, workspace);
  workspace.write("cgi-bin/first.txt", "one\n");
  await window.openFile("cgi-bin/first.txt");
  await expect(window.editor).toContainText("one");
  await window.type("two_");
  await page.keyboard.press("ControlOrMeta+S");
  await expect.poll(() => workspace.read("cgi-bin/first.txt")).toBe("two_one\n");
  await choose(window, "cgi-bin/first.txt", /^Rename/);
  await page.getByRole("textbox", { name: "New name of first.txt" }).fill("second.txt");
  await page.keyboard.press("Enter");
  await expect(tab(window, "second.txt, unsaved")).toBeVisible();
  expect(held).toHaveLength(1);
  isHeld = false;
  for (const release of held) release();
  await expect(tab(window, "second.txt")).toBeVisible();
  await window.type("three_");
  await page.keyboard.press("ControlOrMeta+S");
  await expect.poll(() => workspace.read("cgi-bin/second.txt")).toBe("three_two_one\n");
  await expect(tab(window, "second.txt")).toBeVisible();
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
  await expect(dialog.getByRole("alert")).toContainText(/elsewhere\/deep\/env\.sh already exists/);
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
  await dialog.getByRole("list", { name: "Folders" }).getByRole("button", { name: "Workspace root" }).click();
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
  await expect(notice(window, /hello\.py was renamed to other\.py/)).toBeVisible();
  await window.files.focus();
  await window.page.keyboard.press("ControlOrMeta+Z");
  await expect.poll(onDisk(workspace, "hello.py")).toBe(true);
  await expect(tab(window, "hello.py")).toBeVisible();
  expect(existsSync(workspace.file("other.py"))).toBe(false);
  workspace.makeFolder("cgi-bin/hello.py"); // its place is taken: it stays where it is, and says why
  await window.files.focus();
  await window.page.keyboard.press("ControlOrMeta+Z");
  await expect(window.failure(/hello\.py was not moved back: .*already exists/)).toBeVisible();
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
  await expect(window.failure(/could not be restored.*already/)).toBeVisible();
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
  const dialog = window.page.getByRole("dialog", { name: "Delete huge.dat permanently?" });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  expect(existsSync(workspace.file("huge.dat"))).toBe(true);
  await choose(window, "huge.dat", /^Delete/);
  await dialog.getByRole("button", { name: "Delete permanently" }).click();
  await expect(window.file("huge.dat")).toHaveCount(0);
  expect(existsSync(workspace.file("huge.dat"))).toBe(false);
});
