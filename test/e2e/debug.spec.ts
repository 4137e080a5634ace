// Stepping through a script in the window: a wrong sum is found with one breakpoint, an exception is shown at its
// line, other clients' requests stop too, and nothing is left when the window or the folder goes.
import type { Locator, Page } from "@playwright/test";
import { copyWorkspace, type TempFolder } from "../support/temp-workspace.js";
import { waitFor } from "../support/wait-for.js";
import { examine } from "./examine.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

const sum = `#!/usr/bin/env python3
def total(numbers):
    result = 0
    for number in numbers[1:]:
        result += number
    return result
print("Content-Type: text/plain\\n")
prices = {"tea": 3, "milk": [1, 2]}
print(total([1, 2, 3]))
`;
const raises = `#!/usr/bin/env python3
print("Content-Type: text/plain\\n", flush=True)
name = "Ada"
print(nmae)
`;

function workspaceWithSums(): TempFolder {
  const workspace = copyWorkspace("basic");
  for (const [path, text] of [
    ["cgi-bin/total.py", sum],
    ["cgi-bin/raises.py", raises],
  ] as const) {
    workspace.write(path, text);
    workspace.makeExecutable(path);
  }
  return workspace;
}

const bar = (page: Page): Locator => page.getByRole("region", { name: "Debugger", exact: true });
const view = (page: Page): Locator => page.getByRole("region", { name: "Debugger state" });
const variable = (page: Page, name: string | RegExp): Locator => view(page).getByRole("treeitem", { name });

/** With the keyboard: the line is gone to, and gets a breakpoint. */
async function breakAt({ page, editor }: WorkbenchWindow, line: number): Promise<void> {
  await editor.click();
  await page.keyboard.press("ControlOrMeta+G");
  await page.keyboard.type(`${line}`);
  await page.keyboard.press("Enter");
  await page.keyboard.press("F9");
  await expect(page.getByText(`Breakpoint set at line ${line}.`)).toBeVisible();
}

/** What a row of the list says of its request from now on, each change once. */
async function statesOf(row: Locator): Promise<() => Promise<readonly string[]>> {
  const seen = await row.evaluateHandle((element) => {
    const said: string[] = [];
    const note = (): void => {
      const state = element.querySelector('[data-column="status"]')?.textContent ?? "";
      if (said.at(-1) !== state) said.push(state);
    };
    new MutationObserver(note).observe(element, { subtree: true, childList: true, characterData: true });
    note();
    return said;
  });
  return () => seen.jsonValue();
}

test("a wrong sum is found with one breakpoint, by keyboard alone", async ({ window }) => {
  using workspace = workspaceWithSums();
  await window.openQuietly(workspace.path);
  const { page } = window;
  await window.openFile("cgi-bin/total.py");
  await breakAt(window, 4);
  await expect(bar(page)).toHaveCount(0);
  await page.keyboard.press("Shift+Alt+Enter");
  await expect(bar(page)).toContainText(/Request #\d+ waits for you · breakpoint at total\.py:4/);
  await expect(window.traces.getByRole("row", { name: /debugged, in the debugger$/ })).toBeVisible();
  const stack = view(page).getByRole("region", { name: "Call stack" });
  await expect(stack.getByRole("button")).toHaveText([/^total\s*total\.py:4$/, /^<module>\s*total\.py:9$/]);
  await expect(variable(page, "numbers [1, 2, 3]")).toBeVisible();
  await expect(variable(page, "result 0")).toBeVisible();
  await expect(window.editor).toContainText("numbers = [1, 2, 3]"); // behind its line
  expect(await examine(page, "stopped script")).toEqual([]);

  await page.keyboard.press("F10");
  await expect(bar(page)).toContainText("total.py:5");
  await expect(variable(page, "number 2")).toBeVisible(); // the first number is left out: the mistake is here
  await window.runCommand("Evaluate in the stopped script");
  await expect(page.getByRole("textbox", { name: "Expression to evaluate" })).toBeFocused();
  await page.keyboard.type("numbers[0:]");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("log", { name: "Console lines" })).toContainText("[1, 2, 3]");
  expect(await examine(page, "debug console")).toEqual([]);

  await view(page).getByRole("textbox", { name: "Expression to watch" }).focus();
  await page.keyboard.type("sum(numbers)");
  await page.keyboard.press("Enter");
  await expect(view(page).getByRole("region", { name: "Watch" })).toContainText("6");

  await view(page).getByRole("tree", { name: "Variables" }).focus();
  await page.keyboard.press("End"); // the globals, which are closed
  await page.keyboard.press("ArrowRight");
  await variable(page, /^prices/).focus();
  await page.keyboard.press("ArrowRight");
  await expect(variable(page, /^milk \[1, 2\]/)).toBeVisible();

  await page.keyboard.press("F9"); // the cursor is still in its line
  await expect(page.getByText("Breakpoint removed at line 4.")).toBeVisible();
  await page.keyboard.press("F5");
  await expect(bar(page)).toHaveCount(0);
  await expect(window.status).toContainText("200");
  await expect(window.result).toContainText("5");
});

test("an unsaved edit is saved, and an exception is shown at its line", async ({ window }) => {
  using workspace = workspaceWithSums();
  await window.openQuietly(workspace.path);
  const { page } = window;
  await window.openFile("cgi-bin/raises.py");
  await window.editor.click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.insertText("# an edit\n");
  await page.keyboard.press("Shift+Alt+Enter");
  await expect(bar(page)).toContainText("exception at raises.py:4");
  expect(workspace.read("cgi-bin/raises.py")).toContain("# an edit");
  const said = "NameError: name 'nmae' is not defined";
  await expect(view(page).getByRole("alert")).toContainText(said);
  await expect(window.editor).toContainText(said); // under its line
  await expect(view(page).getByRole("region", { name: "Written so far" })).toContainText("Content-Type: text/plain");
  await expect(bar(page).getByRole("button", { name: "Step over" })).toHaveAttribute("aria-disabled", "true");
  expect(await examine(page, "exception")).toEqual([]);
  await bar(page).getByRole("button", { name: "Continue" }).click();
  await expect(bar(page)).toHaveCount(0);

  await window.runCommand("Toggle stop at uncaught exceptions");
  await page.keyboard.press("Shift+Alt+Enter");
  await expect(window.page.getByRole("button", { name: "Send", exact: true })).not.toHaveAttribute("aria-busy");
  await expect(bar(page)).toHaveCount(0);
});

test("breakpoints by pointer: a condition, a log point, and the next request of any client", async ({ window }) => {
  using workspace = workspaceWithSums();
  await window.openQuietly(workspace.path);
  const { page } = window;
  await window.openFile("cgi-bin/total.py");
  await expect(page.locator(".editor-requests")).toBeVisible(); // the lines below it have their places now
  const points = page.locator(".debug-point:not(.debug-point-offered)");
  const pressAt = async (line: number, button: "left" | "right"): Promise<void> => {
    const number = await page
      .locator(".monaco-editor .line-numbers")
      .getByText(`${line}`, { exact: true })
      .boundingBox();
    const editor = await window.editor.boundingBox();
    if (!number || !editor) throw new Error("the editor shows no such line");
    await page.mouse.click(editor.x + 9, number.y + number.height / 2, { button });
  };
  await pressAt(6, "left");
  await expect(points).toHaveCount(1);
  await pressAt(5, "right");
  const dialog = page.getByRole("dialog", { name: "Breakpoint at line 5 of total.py" });
  await dialog.getByRole("textbox", { name: "Only where this holds" }).fill("number == 3");
  await dialog.getByRole("textbox", { name: "Print this in place of a stop" }).fill("now {number}");
  expect(await examine(page, "breakpoint dialog")).toEqual([]);
  await dialog.getByRole("button", { name: "Set" }).click();
  await expect(points).toHaveCount(2);

  await window.runCommand("Debug the next request");
  await expect(bar(page)).toContainText("The next request is debugged");
  const asked = fetch(`${await window.serverAddress()}/cgi-bin/total.py`).then((response) => response.text());
  await expect(bar(page)).toContainText("breakpoint at total.py:6");
  const notices = page.getByRole("region", { name: "Notices" });
  expect(await notices.getByText("The next request").count()).toBe(0); // the bar has said it
  await page.getByRole("tab", { name: "Console" }).click();
  const lines = page.getByRole("log", { name: "Console lines" });
  await expect(lines).toContainText("now 3");
  await expect(lines).not.toContainText("now 2");
  await view(page).getByRole("button", { name: "Remove the breakpoint at cgi-bin/total.py, line 6" }).click();
  await bar(page).getByRole("button", { name: "Continue" }).click();
  expect(await asked).toBe("5\n");
  await expect(bar(page)).toHaveCount(0);

  // They are remembered with the folder.
  await page.reload();
  await window.waitUntilServing();
  await expect(points).toHaveCount(1);
});

test("Stop, a reload and a closed folder end what has stopped", async ({ window }) => {
  using workspace = workspaceWithSums();
  await window.openQuietly(workspace.path);
  const { page } = window;
  await window.openFile("cgi-bin/total.py");
  await breakAt(window, 4);
  const debug = async (): Promise<void> => {
    await page.keyboard.press("Shift+Alt+Enter");
    await expect(bar(page)).toContainText("waits for you");
  };
  await debug();
  await page.keyboard.press("Shift+F5");
  await expect(bar(page)).toHaveCount(0);
  await expect(window.rows.first()).not.toHaveAttribute("data-outcome", "running");

  await debug();
  await page.reload();
  await expect(page.getByText("so the request that was debugged has ended")).toBeVisible();
  await expect(bar(page)).toHaveCount(0);
  await expect(window.rows.first()).not.toHaveAttribute("data-outcome", "running");

  await window.openFile("cgi-bin/total.py");
  await debug();
  await window.runCommand("Close folder");
  await expect(bar(page)).toHaveCount(0);
  await waitFor("the window is ready", () => page.getByRole("button", { name: "Try the examples…" }).isVisible());
});

test("each stop reads opened variables again, its row says debugged throughout, and a cancelled wait leaves nothing", async ({
  window,
}) => {
  using workspace = copyWorkspace("basic");
  const path = "cgi-bin/seen.py";
  workspace.write(
    path,
    "#!/usr/bin/env python3\nseen = []\nfor n in (1, 2):\n    seen.append(n)\n    n = 0\nprint('Content-Type: text/plain\\n')\n",
  );
  workspace.makeExecutable(path);
  await window.openQuietly(workspace.path);
  const { page } = window;
  await window.openFile(path);
  await breakAt(window, 5);
  await page.keyboard.press("Shift+Alt+Enter");
  await expect(bar(page)).toContainText("breakpoint at seen.py:5");
  const states = await statesOf(window.traces.getByRole("row", { name: /in the debugger$/ }));
  await variable(page, "seen [1]").click();
  await expect(variable(page, /^0 1$/)).toBeVisible();
  await page.keyboard.press("F5");
  await expect(variable(page, "seen [1, 2]")).toBeVisible();
  await expect(variable(page, /^1 2$/)).toBeVisible();
  await page.keyboard.press("F5");
  await expect(bar(page)).toHaveCount(0);
  await expect(window.rows.first()).not.toHaveAttribute("data-outcome", "running");
  expect(await states()).toEqual(["debugged", "200"]);

  await window.runCommand("Debug the next request");
  await expect(bar(page)).toContainText("next request");
  await page.keyboard.press("F5"); // nothing has stopped, and the page must not be loaded again
  await page.keyboard.press("Shift+F5");
  await expect(bar(page)).toHaveCount(0);
  await expect(page.getByText("The window was reloaded")).toHaveCount(0);

  await window.runCommand("Debug the next request with a cookie");
  const waiting = bar(page).getByRole("status");
  await expect(waiting).toContainText("cgi-workbench-debug=");
  const cookie = async (): Promise<string> => /cgi-workbench-debug=\S+/.exec(await waiting.innerText())?.[0] ?? "";
  const before = await cookie();
  await bar(page).getByRole("button", { name: "New value" }).click();
  await expect(waiting).not.toContainText(before);
  await expect(waiting).toContainText("cgi-workbench-debug=");
  const address = `${await window.serverAddress()}/${path}`;
  await (await fetch(address, { headers: { Cookie: before } })).text(); // it is not debugged
  const asked = fetch(address, { headers: { Cookie: await cookie() } }).then((response) => response.text());
  await expect(bar(page)).toContainText("breakpoint at seen.py:5");
  await page.keyboard.press("Shift+F5");
  await asked;
  await expect(bar(page)).toHaveCount(0);

  await window.target.fill("");
  await window.runCommand("Send and debug");
  await expect(bar(page)).toHaveCount(0);
  await window.target.fill(`/${path}`);
  await page.keyboard.press("Shift+Alt+Enter");
  await expect(bar(page)).toContainText("breakpoint at seen.py:5");
});

const list = `#!/usr/bin/env python3
import os
def row(name):
    print("<li>" + name)
print("Content-Type: text/html; charset=utf-8\\n")
print("<p>Grüße</p>")
for name in ("tea", "milk"):
    row(name)
print("<p>" + os.environ["REQUEST_METHOD"] + "</p>", flush=True)
os.system("echo from a child")
`;

test("a byte of the output leads to its line; a POST asks first; the response body has its place in stdout", async ({
  window,
}) => {
  using workspace = copyWorkspace("basic");
  const path = "cgi-bin/list.py";
  workspace.write(path, list);
  workspace.makeExecutable(path);
  await window.openQuietly(workspace.path);
  const { page } = window;
  const note = view(page).getByRole("status");
  await window.openFile(path);
  await breakAt(window, 6); // what is before the byte does not stop it
  await window.send(`/${path}`);
  await window.tab("Stdout");
  const row = (text: string): Locator => page.locator('.byte-row[data-row="text"]', { hasText: text });
  await row("<li>milk").click({ position: { x: 90, y: 8 } });
  await window.runCommand("Stop where this was written");
  await expect(bar(page)).toContainText("byte found at list.py:4");
  await expect(note).toContainText(/Stopped where byte \d+ of stdout was written\. This line prints it\./);
  const stack = view(page).getByRole("region", { name: "Call stack" });
  await expect(stack.getByRole("button")).toHaveText([/^row\s*list\.py:4$/, /^<module>\s*list\.py:8$/]);
  await expect(variable(page, "name 'milk'")).toBeVisible();
  expect(await examine(page, "stopped at a byte")).toEqual([]);
  await note.getByRole("button", { name: /^Show the byte in #/ }).click();
  await expect(row("<li>milk")).toBeVisible();
  await page.keyboard.press("F5");
  await expect(bar(page)).toHaveCount(0);

  const response = await window.tab("Response");
  await response.getByRole("radiogroup", { name: "Response as" }).getByText("Source", { exact: true }).click();
  await row("from a child").click({ button: "right", position: { x: 90, y: 8 } });
  const menu = page.getByRole("menu", { name: "Bytes" });
  expect(await examine(page, "menu of a byte")).toEqual([]);
  await menu.getByRole("menuitem", { name: /^Stop where this was written/ }).click();
  await expect(bar(page)).toContainText("byte found at list.py:10");
  await expect(note).toContainText("This line started the process that writes it.");
  await page.keyboard.press("F5");
  await expect(bar(page)).toHaveCount(0);

  await window.setMethod("POST");
  await window.send(`/${path}`);
  await row("<p>POST").click({ button: "right", position: { x: 90, y: 8 } });
  await menu.getByRole("menuitem", { name: /^Stop where this was written/ }).click();
  const dialog = page.getByRole("dialog", { name: /^Send POST request #\d+ again\?$/ });
  expect(await examine(page, "question before a POST")).toEqual([]);
  await dialog.getByRole("button", { name: "Send again" }).click();
  await expect(bar(page)).toContainText("byte found at list.py:9");
  await page.keyboard.press("F5");
  await expect(bar(page)).toHaveCount(0);
});
