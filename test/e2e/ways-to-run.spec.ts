// The ways to run a script, side by side: from CGI to the choice, and a script that leaks, until it does not.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Locator } from "@playwright/test";
import { repositoryRoot } from "../support/repository.js";
import { program, type TempFolder, tempFolder } from "../support/temp-workspace.js";
import { test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

/** Each measurement takes some seconds on a quiet machine. */
const measuredMs = 150_000;
test.setTimeout(400_000);
test.skip(program("python3") === null, "needs python3");

function workspaceWith(name: string, text: string): TempFolder {
  const workspace = tempFolder();
  workspace.makeFolder("cgi-bin");
  workspace.write(`cgi-bin/${name}`, text);
  workspace.makeExecutable(`cgi-bin/${name}`);
  return workspace;
}

async function openWaysToRun({ page }: WorkbenchWindow, name: string): Promise<Locator> {
  await page
    .getByRole("region", { name: "Editor" })
    .getByRole("button", { name: /^Run as / })
    .click();
  await page.getByRole("menuitem", { name: "Ways to run…" }).click();
  const ways = page.getByRole("region", { name: `Ways to run ${name}` });
  await expect(ways.getByRole("heading", { name: `Ways to run ${name}` })).toBeVisible();
  return ways;
}

async function measure(ways: Locator, button: string): Promise<void> {
  await ways.getByRole("spinbutton", { name: "Seconds for each mode" }).fill("0.2");
  await ways.getByRole("button", { name: button, exact: true }).click();
  await expect(ways.getByRole("progressbar", { name: "Progress of the measurement" })).toBeVisible();
  await expect(ways.getByRole("button", { name: "Measure again" })).toBeVisible({ timeout: measuredMs });
}

/** What a mode has in a line of the table. */
function cell(ways: Locator, line: string, mode: (typeof modes)[number]): Locator {
  const row = ways.getByRole("row").filter({ has: ways.page().getByRole("rowheader", { name: line, exact: true }) });
  return row.getByRole("cell").nth(modes.indexOf(mode));
}
const modes = ["CGI", "Prefork", "Persistent", "WSGI"] as const;

test("a sample from CGI to the choice", async ({ window }) => {
  const sample = readFileSync(join(repositoryRoot, "server/samples/files/cgi-bin/sum.py"), "utf8");
  using workspace = workspaceWith("sum.py", sample);
  const { page } = window;
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/sum.py");
  const ways = await openWaysToRun(window, "sum.py");
  await expect(ways.getByText("Not measured yet.")).toBeVisible();
  await ways.getByRole("textbox", { name: "GET target to measure" }).fill("/cgi-bin/sum.py?a=1&b=2");
  await measure(ways, "Measure");

  for (const mode of ["Prefork", "Persistent"] as const) {
    await expect(cell(ways, "Same bytes?", mode)).toHaveText("yes");
    await expect(cell(ways, "Leaks", mode)).toContainText("none");
    await expect(cell(ways, "Rate", mode)).toHaveText(/^[\d.,]+\/s[\d.,]+×$/);
    await expect(cell(ways, "p50", mode)).toHaveText(/ms$/);
  }
  await expect(ways.getByRole("note", { name: "Verdict" })).toHaveText(/^Choose /);
  await expect(ways.getByRole("region", { name: "Cold start" }).getByRole("img")).toHaveAccessibleName(/interpreter/);

  const capacity = ways.getByRole("table", { name: "Capacity of each mode" });
  await ways.getByRole("spinbutton", { name: "Processors" }).fill("64");
  await expect(capacity.getByRole("row", { name: /^CGI 64 × / })).toBeVisible();

  await ways.getByRole("button", { name: "Try prefork" }).click();
  await expect(cell(ways, "Try it", "Prefork").getByRole("button", { name: /^200, / })).toBeVisible();
  const use = await ways.getByRole("button", { name: "Use prefork" }).boundingBox();
  await ways.getByRole("button", { name: "Use prefork" }).click();
  await expect(ways.getByRole("columnheader", { name: /^Prefork in use/ })).toBeVisible();
  // Nothing else has moved under the pointer: a second click there changes nothing, and leaves the comparison open.
  await page.mouse.click((use?.x ?? 0) + (use?.width ?? 0) / 2, (use?.y ?? 0) + (use?.height ?? 0) / 2);
  await expect(ways.getByRole("button", { name: "Used: prefork" })).toBeVisible();
  expect(JSON.parse(workspace.read("cgi-workbench.json"))).toEqual({
    scripts: { "cgi-bin/sum.py": { mode: "prefork" } },
  });

  // The requests that measured are nobody's traces; the one that tried the mode is.
  await cell(ways, "Try it", "Prefork")
    .getByRole("button", { name: /^200, / })
    .click();
  await expect(ways).toHaveCount(0);
  await expect(window.traceHeading).toHaveAccessibleName(/^#1 GET/);
  await expect(window.status).toHaveText("200");

  // Kept, and old as soon as the script is another one.
  await window.rewrite(`${sample}# one more line\n`);
  const again = await openWaysToRun(window, "sum.py");
  await expect(again.getByText("The script has changed since.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(again).toHaveCount(0);
});

test("a script that leaks is found, mended in the editor, and stays", async ({ window }) => {
  // Prefork loads by itself what a script imports at its top, and not what comes behind another statement.
  const head = '#!/usr/bin/env python3\nimport json\nprint("Content-Type: text/plain\\n")\nimport email.message\n';
  using workspace = workspaceWith(
    "shop.py",
    `${head}json.visits = getattr(json, "visits", 0) + 1\nprint(json.visits)\n`,
  );
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/shop.py");
  await window.setSendOnSave(false);
  const ways = await openWaysToRun(window, "shop.py");
  await measure(ways, "Measure");
  await expect(cell(ways, "Same bytes?", "Persistent")).toContainText("no");
  await expect(cell(ways, "What to do", "Persistent")).toContainText("leak");
  await expect(ways.getByRole("note", { name: "Verdict" })).toContainText("Persistent was left out");
  await cell(ways, "Leaks", "Persistent").getByRole("button", { name: "json.visits" }).click();
  await expect(ways).toHaveCount(0);

  await window.rewrite(`${head}visits = 1\nprint(visits)\n`);
  await expect.poll(() => workspace.read("cgi-bin/shop.py")).toContain("visits = 1");
  const again = await openWaysToRun(window, "shop.py");
  await expect(again.getByText("The script has changed since.")).toBeVisible();
  await measure(again, "Measure again");
  await expect(cell(again, "Same bytes?", "Persistent")).toHaveText("yes");
  await expect(cell(again, "Leaks", "Persistent")).toHaveText("none");
  await again.getByRole("button", { name: "Use persistent" }).click();
  await expect(again.getByRole("columnheader", { name: /^Persistent in use/ })).toBeVisible();
  const configured = (): unknown => JSON.parse(workspace.read("cgi-workbench.json"));
  expect(configured()).toEqual({ scripts: { "cgi-bin/shop.py": { mode: "persistent" } } });

  // What it imported is proposed; one press takes it.
  await again.getByRole("button", { name: /^Preload / }).click();
  await expect(window.page.getByRole("status").filter({ hasText: /now preloads .*email\.message/ })).toBeVisible();
  expect(configured()).toMatchObject({
    scripts: { "cgi-bin/shop.py": { mode: "persistent", preload: expect.arrayContaining(["email.message"]) } },
  });
});

test("a measurement is cancelled, and nothing is left running", async ({ window }) => {
  using workspace = workspaceWith("x.py", '#!/usr/bin/env python3\nprint("Content-Type: text/plain\\n\\nhello")\n');
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/x.py");
  const ways = await openWaysToRun(window, "x.py");
  await ways.getByRole("spinbutton", { name: "Seconds for each mode" }).fill("600");
  await ways.getByRole("button", { name: "Measure", exact: true }).click();
  await expect(ways.getByRole("status").filter({ hasText: /round 1 of/ })).toBeVisible({ timeout: measuredMs });
  await ways.getByRole("button", { name: "Cancel" }).click();
  await expect(ways.getByRole("button", { name: "Measure", exact: true })).toBeEnabled();
  await expect(ways.getByText("Not measured yet.")).toBeVisible();
});

test("the wrapper is made, edited, served and measured", async ({ window }) => {
  const head = '#!/usr/bin/env python3\nimport os\nprint("Content-Type: text/plain\\n")\n';
  using workspace = workspaceWith("shop.py", `${head}print("query", os.environ["QUERY_STRING"])\n`);
  const { page } = window;
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/shop.py");
  await window.setSendOnSave(false);
  const ways = await openWaysToRun(window, "shop.py");
  await ways.getByRole("button", { name: "Make wrapper" }).click();
  await expect(ways.getByRole("columnheader", { name: /^WSGI/ })).toBeVisible();
  expect(workspace.read("cgi-bin/shop_wsgi.py")).toContain('"shop.py"');
  expect(JSON.parse(workspace.read("cgi-workbench.json"))).toEqual({
    scripts: { "cgi-bin/shop_wsgi.py": { mode: "wsgi", watch: ["cgi-bin/shop.py"] } },
  });

  await ways.getByRole("textbox", { name: "GET target to measure" }).fill("/cgi-bin/shop.py?a=1");
  await measure(ways, "Measure");
  await expect(cell(ways, "Same bytes?", "WSGI")).toHaveText("yes");
  await expect(cell(ways, "Rate", "WSGI")).toHaveText(/^[\d.,]+\/s[\d.,]+×$/);

  await ways.getByRole("button", { name: "Edit" }).click();
  await expect(ways).toHaveCount(0);
  await expect(window.editor).toContainText("as a WSGI application"); // else the file before it would be rewritten
  // The next step of a rewrite: it answers by itself. On one line, since the editor indents what is typed into it.
  const own = 'start("200 OK", [("Content-Type", "text/plain")]), [b"own " + environ["QUERY_STRING"].encode()]';
  await window.rewrite(`#!/usr/bin/env python3\napplication = lambda environ, start: (${own})[1]\n`);
  await expect.poll(() => workspace.read("cgi-bin/shop_wsgi.py")).toContain("application = lambda");
  await window.send("/cgi-bin/shop_wsgi.py?a=2");
  await expect(window.status).toHaveText("200");
  const response = await window.tab("Response");
  await expect(response.getByText(/own a=2/).first()).toBeVisible();
  await expect(page.getByRole("region", { name: /^Ways to run/ })).toHaveCount(0);
});

test("a leak is put back by a line of the script, which can be undone", async ({ window }) => {
  const text =
    '#!/usr/bin/env python3\nimport json\nprint("Content-Type: text/plain\\n")\n' +
    'json.visits = getattr(json, "visits", 0) + 1\nprint(json.visits)\n';
  using workspace = workspaceWith("shop.py", text);
  const { page } = window;
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/shop.py");
  await window.setSendOnSave(false);
  const ways = await openWaysToRun(window, "shop.py");
  await measure(ways, "Measure");
  const put = ways.getByRole("button", { name: "Put it back after each request: json.visits" });
  await put.click();
  const notice = page.getByRole("status").filter({ hasText: "now puts json.visits back" });
  await expect(notice).toBeVisible();
  await expect.poll(() => workspace.read("cgi-bin/shop.py")).toContain("atexit");
  await notice.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => workspace.read("cgi-bin/shop.py")).toBe(text);

  await put.click();
  await expect.poll(() => workspace.read("cgi-bin/shop.py")).toContain("atexit");
  await expect(ways.getByText("The script has changed since.")).toBeVisible();
  await measure(ways, "Measure again");
  await expect(cell(ways, "Same bytes?", "Persistent")).toHaveText("yes");
  await expect(cell(ways, "Leaks", "Persistent")).toHaveText("none");
});

test("two versions of a script, and a picture of the figures", async ({ app, window }) => {
  const text = '#!/usr/bin/env python3\nprint("Content-Type: text/plain\\n\\nhello")\n';
  using workspace = workspaceWith("x.py", text);
  const { page } = window;
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/x.py");
  await window.setSendOnSave(false);
  await window.send("/cgi-bin/x.py");
  await window.rewrite(`${text}import time; time.sleep(0.2)\n`);
  await expect.poll(() => workspace.read("cgi-bin/x.py")).toContain("sleep");
  const ways = await openWaysToRun(window, "x.py");
  await measure(ways, "Measure");
  const versions = ways.getByRole("region", { name: "Another version" });
  await versions
    .getByRole("combobox", { name: "Compare with" })
    .selectOption({ label: "the version that request #1 ran" });
  await versions.getByRole("button", { name: "Measure both" }).click();
  const table = versions.getByRole("table", { name: "Comparison" });
  await expect(table.getByRole("row")).toHaveCount(3, { timeout: measuredMs });
  await expect(versions.getByText(/the recorded version as CGI/)).toBeVisible();
  expect(readdirSync(join(workspace.path, "cgi-bin"))).toEqual(["x.py"]);

  if (app.kind !== "browser") return; // the desktop app asks for a place
  const download = page.waitForEvent("download");
  await ways.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "Save as PNG…" }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe("x.py-ways-to-run.png");
  const bytes = readFileSync(await saved.path());
  expect(bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
  expect(bytes.readUInt32BE(16)).toBe(2000);
});
