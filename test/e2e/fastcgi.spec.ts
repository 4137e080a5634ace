// A script becomes a FastCGI application: switched from its badge, seen in the graph, its
// processes in Workers, every record in Records.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "@playwright/test";
import { programs } from "../support/fastcgi-programs.js";
import { repositoryRoot } from "../support/repository.js";
import { copyWorkspace } from "../support/temp-workspace.js";
import { examine } from "./examine.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

const missing = programs.find(({ name }) => name === "Perl's FCGI")?.missing ?? null;
const script = "cgi-bin/search.pl";
const source = readFileSync(join(repositoryRoot, "test/fixtures/fastcgi/search.pl"));

const badgeOf = (window: WorkbenchWindow) =>
  window.page.getByRole("region", { name: "Editor" }).locator('[data-part="mode"]');
const badgeInTree = (window: WorkbenchWindow) => window.file(script).locator('[data-part="mode"]');
const choose = async ({ page }: WorkbenchWindow, mode: string): Promise<void> => {
  await page
    .getByRole("menu", { name: "Mode of search.pl" })
    .getByRole("menuitemradio", { name: new RegExp(`^${mode} `) })
    .click();
};

test.beforeEach(() => test.skip(missing !== null, `${missing} is not installed`));

test("a script is switched to FastCGI from its badge: the graph, the workers and the records of a post show it; and back", async ({
  window,
}) => {
  test.setTimeout(180_000); // it presses and waits some fifty times
  using workspace = copyWorkspace("basic");
  workspace.write(script, source);
  workspace.makeExecutable(script);
  const { page } = window;
  await window.openFolder(workspace.path);
  await window.setSendOnSave(false);
  await window.openFile(script);
  await window.send();
  await window.send();
  await expect(await window.tab("Records")).toContainText("The script ran as CGI, which has no records");

  await expect(badgeOf(window)).toHaveText("CGI");
  await expect(badgeInTree(window)).toHaveCount(0); // plain CGI needs no badge there
  await badgeOf(window).click();
  await choose(window, "FastCGI");
  await expect(badgeOf(window)).toHaveText("FastCGI");
  await expect(badgeInTree(window)).toHaveText("FastCGI");
  expect(JSON.parse(workspace.read("cgi-workbench.json"))).toEqual({ scripts: { [script]: { mode: "fastcgi" } } });

  for (let n = 0; n < 3; n++) await window.send();
  const graph = await window.latency();
  await expect(graph.locator('[data-part="modes"]')).toHaveText(
    /^CGI [\d.]+ ms → FastCGI [\d.]+ ms(, [\d.]+×( slower)?)?$/,
  );
  await expect(graph.locator('[data-part="modes"]')).toHaveAttribute("title", /p50 of 2 as CGI, 3 as FastCGI$/);
  await expect(graph.locator('button[data-mode="cgi"]')).toHaveCount(2);
  await expect(graph.locator('button[data-mode="fastcgi"]')).toHaveCount(3);
  await expect(graph.locator('[data-mark="mode"]')).toHaveAttribute("title", "FastCGI from here");
  await expect(graph.getByText("switched to FastCGI")).toBeVisible();

  await window.setMethod("POST");
  await window.setBody("q=M%C3%BCller");
  await window.send();
  await expect(window.status).toHaveText("200");
  await recordsOfThePost(window);

  const timing = await window.tab("Timing");
  const facts = timing.getByRole("list", { name: "FastCGI", exact: true });
  await expect(facts).toContainText(/new, opened in/); // a post never goes where it might have to be sent again
  await window.setMethod("GET");
  await window.send();
  await expect(facts).toContainText("kept from an earlier request");
  const status = page.getByRole("contentinfo", { name: "Status" });
  await expect(status).toContainText(/search\.pl: 1 worker/);
  await expect(status).toContainText(/connection reused · waited \d+\.\d+ ms/);
  await expect(timing.getByRole("table", { name: "Phases" }).getByRole("rowheader", { name: "Queue" })).toBeVisible();

  await window.runCommand("Show workers");
  const workers = page.getByRole("region", { name: "Workers of search.pl" });
  const cells = workers.getByRole("table").getByRole("row").nth(1).getByRole("cell");
  await expect(cells.nth(1)).toHaveText("idle");
  await expect(cells.nth(3)).toHaveText("5");
  const pid = (await cells.nth(2).textContent()) ?? "";
  await workers.getByRole("button", { name: /^Restart( all)?$/ }).click();
  await expect(cells.nth(2)).not.toHaveText(pid);

  await window.runCommand("Run this script as…");
  await choose(window, "CGI");
  await expect(badgeOf(window)).toHaveText("CGI");
  await expect(page.getByText("No worker processes")).toBeVisible(); // its processes ended with it
  await page
    .getByRole("status")
    .filter({ hasText: "search.pl now runs as CGI." })
    .getByRole("button", { name: "Undo" })
    .click();
  await expect(badgeOf(window)).toHaveText("FastCGI");

  // By keyboard alone, from the tree and back to it.
  await window.files.focus();
  await page.keyboard.press("Shift+F10");
  await page.getByRole("menuitem", { name: "Run as…" }).press("Enter");
  await expect(page.getByRole("menu", { name: "Mode of search.pl" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitemradio", { name: /^CGI / })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(badgeOf(window)).toHaveText("CGI");
  await expect(window.files).toBeFocused();
});

async function recordsOfThePost(window: WorkbenchWindow): Promise<void> {
  const { page } = window;
  const panel = await window.tab("Records");
  const list = panel.getByRole("grid", { name: "Records" });
  const rows = list.locator("[data-record]");
  const names = async (direction: string): Promise<string[]> =>
    (await rows.filter({ has: page.getByRole("gridcell", { name: direction }) }).allTextContents()).map(
      (text) => /[A-Z_]{4,}/.exec(text)?.[0] ?? "",
    );
  await expect.poll(() => names("sent")).toEqual(["BEGIN_REQUEST", "PARAMS", "PARAMS", "STDIN", "STDIN"]);
  expect((await names("received")).sort()).toEqual(["END_REQUEST", "STDERR", "STDERR", "STDOUT", "STDOUT"]);
  await expect(panel.getByRole("img", { name: "Sent: 5 records" })).toBeVisible();
  const note = (name: string): Locator => rows.filter({ hasText: name }).first().getByRole("gridcell").nth(3);
  await expect(note("BEGIN_REQUEST")).toHaveText("responder, keep");
  await expect(note("PARAMS")).toHaveText(/^\d\d pairs$/);
  await expect(note("STDERR")).toHaveText(/^“.+”$/);
  await expect(note("STDOUT")).toHaveText("headers, body");

  await list.focus();
  await page.keyboard.press("Home");
  await expect(panel.getByRole("region", { name: "Record 1, BEGIN_REQUEST" })).toContainText("KEEP_CONN");
  await page.keyboard.press("ArrowDown");
  const pairs = panel.getByRole("region", { name: "Record 2, PARAMS" });
  await expect(pairs.locator('[aria-label="Name-value pairs"]')).toContainText(/REQUEST_METHODPOST/);
  await expect(pairs).toContainText("FastCGI 1.0 §5.2");
  await page.keyboard.press("ArrowDown");
  await expect(panel.getByRole("region", { name: "Record 3, PARAMS" })).toContainText("PARAMS ends here");
  await page.keyboard.press("ArrowDown");
  const stdin = panel.getByRole("region", { name: "Record 4, STDIN" });
  await expect(stdin.locator('[data-part="header"]')).toContainText("13 bytes · 3 of padding");
  await expect(window.bytes("Record")).toContainText("q=M%C3%BCller");
  await window.showAs(window.bytes("Record"), "Hex");
  await expect(window.bytes("Record")).toContainText("71 3d 4d 25 43 33");
  await window.showAs(window.bytes("Record"), "Text");
  await page.keyboard.press("Escape");
  await rows.last().click();
  await expect(panel.getByRole("region", { name: /END_REQUEST/ })).toContainText(
    "0: REQUEST_COMPLETE, the request is complete",
  );
}

test("axe finds nothing serious in Records, Workers and the menu of modes", async ({ window }) => {
  test.setTimeout(120_000);
  using workspace = copyWorkspace("basic");
  workspace.write(script, source);
  workspace.makeExecutable(script);
  workspace.write("cgi-workbench.json", JSON.stringify({ scripts: { [script]: { mode: "fastcgi" } } }));
  const { page } = window;
  await window.openFolder(workspace.path);
  await window.openFile(script);
  await window.runCommand("Show workers");
  await badgeOf(window).click();
  await expect(page.getByRole("menu", { name: "Mode of search.pl" })).toBeVisible();
  const found = await examine(page, "no workers, menu of modes");
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: /^Traces/ }).click();
  await window.send();
  await window.tab("Records");
  await window.runCommand("Show workers");
  await expect(page.getByRole("region", { name: "Workers of search.pl" })).toBeVisible();
  found.push(...(await examine(page, "records and workers")));
  expect(found).toEqual([]);
});
