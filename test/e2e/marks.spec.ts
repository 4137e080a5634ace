// What the user does with traces: names, notes and tags, deleting with undo, saved searches, sessions, and the order of
// a column over what is in memory and on disk.
import type { Locator } from "@playwright/test";
import { copyWorkspace } from "../support/temp-workspace.js";
import { examine } from "./examine.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

const dialog = (window: WorkbenchWindow, name: string | RegExp): Locator => window.page.getByRole("dialog", { name });

async function searchesMenu(window: WorkbenchWindow, item: string): Promise<void> {
  await window.page.getByRole("button", { name: "More for this list" }).click();
  await window.page.getByRole("menuitem", { name: item }).click();
}

test("a name, a note and tags: written by key, shown, found; deleted and taken back", async ({ window }) => {
  test.setTimeout(180_000);
  using workspace = copyWorkspace("basic");
  await window.openQuietly(workspace.path);
  for (const name of ["Ada", "Grace", "Edsger"]) await window.send(`/cgi-bin/hello.py?name=${name}`);
  await window.row(2).click();
  await window.traces.focus();
  await window.page.keyboard.press("n");
  const asking = dialog(window, "Name, note and tags of #2");
  await asking.getByLabel("Name").fill("The admiral");
  await asking.getByLabel("Tags").fill("customer 4711, before the move");
  await asking.getByLabel("Note").fill("She knows\nwhy.");
  expect(await examine(window.page, "the dialog of a name")).toEqual([]);
  await asking.getByRole("button", { name: "Save" }).click();
  await expect(asking).toHaveCount(0);
  await expect(window.row(2)).toContainText("The admiral");
  await expect(window.row(2).locator(".trace-tag")).toHaveText(["customer 4711", "before the move"]);
  await expect(window.row(2).getByRole("img", { name: /^note: She knows/ })).toBeVisible();
  await window.filter.fill('tag:"customer 4711"');
  await expect(window.rows).toHaveCount(1);
  await window.filter.fill("-name:*");
  await expect(window.rows).toHaveCount(2);
  await window.filter.fill("");
  expect(await examine(window.page, "the list with tags")).toEqual([]);

  // One, by key: the next one is selected, and Undo brings it back where it was.
  await window.row(2).click();
  await window.traces.focus();
  await window.page.keyboard.press("Delete");
  await expect(window.row(2)).toHaveCount(0);
  await expect(window.row(1)).toHaveAttribute("aria-selected", "true");
  await window.page.getByRole("button", { name: "Undo" }).click();
  await expect(window.row(2)).toContainText("The admiral");
  await expect(window.rows.nth(1)).toHaveAttribute("data-seq", "2");

  // Many: all that the filter shows, without the pinned one.
  await window.row(3).click();
  await window.traces.focus();
  await window.page.keyboard.press("p");
  await expect(window.row(3)).toHaveAttribute("data-pinned", "true");
  await window.filter.fill("hello.py");
  await searchesMenu(window, "Delete all traces that the filter shows");
  await expect(window.rows).toHaveCount(1);
  await window.filter.fill("");
  await expect(window.rows).toHaveCount(1);
  await window.runCommand("Undo deletion of traces");
  await expect(window.rows).toHaveCount(3);
});

test("searches are saved and removed; a session, a version and the last save are filters", async ({ window }) => {
  test.setTimeout(180_000);
  using workspace = copyWorkspace("basic");
  await window.openQuietly(workspace.path);
  await window.send("/cgi-bin/hello.py?name=Ada");
  await window.filter.fill("path:hello status:2xx");
  await searchesMenu(window, "Save this search…");
  await dialog(window, "Save search").getByLabel("Name").fill("Greetings");
  await dialog(window, "Save search").getByRole("button", { name: "Save" }).click();
  await expect(dialog(window, "Save search")).toHaveCount(0);
  await window.filter.fill("");
  await searchesMenu(window, "Greetings");
  await expect(window.filter).toHaveValue("path:hello status:2xx");
  await window.page.getByRole("button", { name: "More for this list" }).click();
  expect(await examine(window.page, "the menu of the list")).toEqual([]);
  await window.page.getByRole("menuitem", { name: "Remove a saved search" }).press("ArrowRight");
  await expect(window.page.getByRole("menuitem", { name: "Greetings" })).toHaveCount(2);
  await window.page.getByRole("menuitem", { name: "Greetings" }).last().press("Enter");
  await expect(window.page.getByRole("menuitem")).toHaveCount(0);
  await window.page.getByRole("button", { name: "More for this list" }).click();
  await expect(window.page.getByRole("menuitem", { name: "Save this search…" })).toBeVisible();
  await expect(window.page.getByRole("menuitem", { name: "Greetings" })).toHaveCount(0);
  await window.page.keyboard.press("Escape");

  // The script is saved by another program, and runs again.
  await window.filter.fill("");
  workspace.write("cgi-bin/hello.py", `${workspace.read("cgi-bin/hello.py")}\n# changed\n`);
  await window.runCommand("Show only traces since the last save");
  await expect(window.filter).toHaveValue("after:save");
  await expect(window.rows).toHaveCount(0);
  await window.send("/cgi-bin/hello.py?name=Grace");
  await expect(window.rows).toHaveCount(1);
  await window.runCommand("Show only traces of this version of the script");
  await expect(window.filter).toHaveValue(/^version:[0-9a-f]{12}$/);
  await expect(window.rows).toHaveCount(1);
  await expect(window.rows).toHaveAttribute("data-seq", "2");
  await window.runCommand("Show only traces of this session");
  await expect(window.filter).toHaveValue(/^session:[0-9a-f]{6}$/);
  await expect(window.rows).toHaveCount(2);
});

test("after the next start: marks are there, and a column sorts what is stored with what is new", async ({
  app,
  window,
  nextStart,
}) => {
  test.setTimeout(180_000);
  using workspace = copyWorkspace("basic");
  await window.openQuietly(workspace.path);
  for (const name of ["c", "a", "e"]) await window.send(`/cgi-bin/hello.py?name=${name}`);
  await window.row(2).click();
  await window.traces.focus();
  await window.page.keyboard.press("n");
  await dialog(window, /^Name, note and tags/)
    .getByLabel("Tags")
    .fill("old");
  await dialog(window, /^Name, note and tags/)
    .getByRole("button", { name: "Save" })
    .click();
  await expect(window.row(2).locator(".trace-tag")).toHaveText("old");
  await app.close();

  const next = await nextStart();
  await next.openQuietly(workspace.path);
  await expect(next.row(2).locator(".trace-tag")).toHaveText("old");
  for (const name of ["d", "b"]) await next.send(`/cgi-bin/hello.py?name=${name}`);
  await expect(next.rows).toHaveCount(5);
  await next.traces.getByRole("button", { name: "Path" }).click();
  const names = (): Promise<string[]> =>
    next.rows.evaluateAll((all) => all.map((row) => /name=(.)/.exec(row.getAttribute("aria-label") ?? "")?.[1] ?? ""));
  await expect.poll(names).toEqual(["a", "b", "c", "d", "e"]);
  await next.traces.getByRole("button", { name: "Path" }).click();
  await expect.poll(names).toEqual(["e", "d", "c", "b", "a"]);
  await next.traces.getByRole("button", { name: "Path" }).click();
  await next.traces.getByRole("button", { name: "Show only this session" }).click();
  await expect(next.rows).toHaveCount(3);
  await next.filter.fill("tag:old");
  await expect(next.rows).toHaveCount(1);
  await next.rows.click();
  await next.traces.focus();
  await next.page.keyboard.press("Delete");
  await expect(next.rows).toHaveCount(0);
  await next.page.keyboard.press("u");
  await expect(next.rows).toHaveCount(1);
});
