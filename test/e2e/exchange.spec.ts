// A trace as a file: exported from its menu, run by a plain shell, opened again,
// and taken from a browser's own recording.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium, type Locator, type Page } from "@playwright/test";
import { commandLine } from "../support/command-line.js";
import { repositoryRoot } from "../support/repository.js";
import { copyWorkspace } from "../support/temp-workspace.js";
import { mistakesInHar } from "../support/valid-har.js";
import { examine } from "./examine.js";
import { savedBy } from "./saved-file.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

const run = promisify(execFile);
const firefoxHar = readFileSync(`${repositoryRoot}/test/fixtures/firefox.har`, "utf8");

/** Does to the window what dragging a file over it does. */
async function drop(page: Page, name: string, text: string, ...types: readonly string[]): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    (file) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([file.text], file.name));
      return transfer;
    },
    { name, text },
  );
  for (const type of types) await page.locator("body").dispatchEvent(type, { dataTransfer });
  await dataTransfer.dispose();
}

/** Opens the dialog behind an item of the trace's menu. */
async function choose(window: WorkbenchWindow, item: string, title: string): Promise<Locator> {
  await window.chooseForTrace(item, "Export");
  return window.page.getByRole("dialog", { name: title });
}

async function openExported(window: WorkbenchWindow, path: string): Promise<Locator> {
  await window.runCommand("Open capsule, HAR file or collection…");
  const dialog = window.page.getByRole("dialog", { name: "Open capsule, HAR file or collection" });
  await dialog.getByLabel("Files").setInputFiles(path);
  await dialog.getByRole("button", { name: "Open" }).click();
  return dialog;
}

test("a trace is saved as a capsule that runs, as HAR and as a page, and is opened again", async ({
  app,
  window,
  folder,
}) => {
  using workspace = copyWorkspace("basic");
  await window.openQuietly(workspace.path);
  await window.openFile("cgi-bin/sum.py");
  await window.setMethod("POST");
  await window.setBody("a=40&b=2\n");
  const seq = await window.send("/cgi-bin/sum.py");

  const capsule = await choose(window, "Export as capsule…", "Export as capsule");
  await expect(capsule).toContainText("No secrets were found");
  const saved = await savedBy(app, folder, () => capsule.getByRole("button", { name: "Save capsule" }).click());
  await expect(capsule).toBeHidden();
  expect(saved.name).toBe(`trace-${seq}.capsule.sh`);
  folder.write("a.sh", saved.text);
  const { stdout } = await run("/usr/bin/env", ["-i", "/bin/sh", folder.file("a.sh")]);
  expect(stdout).toMatch(/^The same: /);

  const page = await choose(window, "Export page…", "Export page");
  await expect(page.getByRole("button", { name: "Save page" })).toBeFocused();
  const html = await savedBy(app, folder, () => window.page.keyboard.press("Enter"));
  expect(html.text).toContain("<h1>POST /cgi-bin/sum.py: 200 OK</h1>");

  await expect(await openExported(window, folder.file("a.sh"))).toBeHidden();
  await expect(window.traceHeading).toHaveAccessibleName(new RegExp(`^#${seq + 1} POST /cgi-bin/sum.py`));
  await expect(window.status).toContainText("200");

  folder.write("bad.sh", "#!/bin/sh\n# CGI Workbench capsule 1\n");
  const bad = await openExported(window, folder.file("bad.sh"));
  await expect(bad.getByRole("alert")).toContainText("bad.sh");
});

test("a capsule or a HAR file that is dropped on the window is a trace again; anything else says why not", async ({
  app,
  window,
  folder,
}) => {
  test.slow();
  using workspace = copyWorkspace("basic");
  const { page } = window;
  await window.openFolder(workspace.path);
  await window.waitUntilServing();
  await window.openFile("cgi-bin/sum.py");
  await window.setSendOnSave(false);
  const seq = await window.send("/cgi-bin/sum.py?a=1&b=2");
  const dialog = await choose(window, "Export as capsule…", "Export as capsule");
  const { text } = await savedBy(app, folder, () => dialog.getByRole("button", { name: "Save capsule" }).click());

  await drop(page, "a.capsule.sh", text, "dragover");
  await expect(page.getByText("Drop to open")).toBeVisible();
  await drop(page, "a.capsule.sh", text, "drop");
  await expect(page.getByText("Drop to open")).toBeHidden();
  await expect(window.traceHeading).toHaveAccessibleName(new RegExp(`^#${seq + 1} GET /cgi-bin/sum.py`));
  await expect(window.status).toContainText("200");

  await drop(page, "trace.har", firefoxHar, "dragover", "drop");
  await expect(window.traceHeading).toHaveAccessibleName(new RegExp(`^#${seq + 2} POST /cgi-bin/sum.py`));
  await expect(page.getByText("Opened 4 traces of trace.har.")).toBeVisible();

  await drop(page, "notes.txt", "nothing of interest", "drop");
  await expect(page.getByText(/notes\.txt cannot be imported/)).toBeVisible();
});

test("collections of other tools become requests of the folder", async ({ window, folder }) => {
  test.slow();
  const { page } = window;
  folder.makeFolder("site");
  folder.write("site/echo.cgi", "#!/bin/sh\nprintf 'Content-Type: application/json\\n\\n'\ncat\n");
  folder.makeExecutable("site/echo.cgi");
  await window.openFolder(folder.file("site"));
  await window.waitUntilServing();
  await window.runCommand("Open capsule, HAR file or collection…");
  const dialog = page.getByRole("dialog", { name: "Open capsule, HAR file or collection" });
  const collections = `${repositoryRoot}/test/fixtures/collections/`;
  await dialog
    .getByLabel("Files")
    .setInputFiles([`${collections}dev.postman_environment.json`, `${collections}shop.postman_collection.json`]);
  expect(await examine(page, "choosing a collection")).toEqual([]);
  await dialog.getByRole("button", { name: "Open" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Imported 4 requests into shop-api.http.")).toBeVisible();
  await expect(window.editor).toContainText("Collection: Shop API");
  const saved = page.getByRole("region", { name: "Saved requests" });
  const row = saved.getByRole("row", { name: /Create an item/ });
  await expect(row).toContainText("not run");
  await saved.getByRole("button", { name: "Run Create an item" }).click();
  await expect(row).toContainText("passed");
  await saved.getByRole("button", { name: /^Environment: / }).click();
  await page.getByRole("menuitemradio", { name: "dev" }).click();
  await page.keyboard.press("Escape");
  await saved.getByRole("button", { name: "Run all" }).click();
  await expect(saved.getByRole("status")).toHaveText(/^4 passed/);
});

test("the page of a trace needs no workbench, and is accessible in both themes", { tag: "@browser" }, async ({
  app,
  window,
  folder,
}) => {
  test.slow(); // it opens a browser of its own
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/sum.py");
  await window.setSendOnSave(false);
  await window.setMethod("POST");
  await window.setBody("a=40&b=<script>\u202e\n");
  await window.send("/cgi-bin/sum.py");
  const dialog = await choose(window, "Export page…", "Export page");
  const { text } = await savedBy(app, folder, () => dialog.getByRole("button", { name: "Save page" }).click());
  folder.write("trace.html", text);
  await app.close();

  const executablePath = process.env["TEST_CHROMIUM"];
  const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath });
  try {
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await browser.newPage({ colorScheme });
      const said: string[] = [];
      page.on("console", (message) => said.push(message.text()));
      page.on("request", (request) => said.push(request.url()));
      await page.goto(`file://${folder.file("trace.html")}`);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^POST \/cgi-bin\/sum\.py/);
      await expect(page.getByRole("heading", { name: "Standard error" })).toBeVisible();
      const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      expect(passes.length).toBeGreaterThan(5);
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      expect(said).toEqual([page.url()]);
    }
  } finally {
    await browser.close();
  }
});

test("secrets are named before a file is saved, and replaced unless it is a capsule", async ({
  app,
  window,
  folder,
}) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.waitUntilServing();
  await fetch(`${await window.serverAddress()}/cgi-bin/hello.py`, { headers: { Cookie: "session=top-secret" } });
  await window.row(1).click();
  const har = await choose(window, "Save as HAR…", "Save as HAR");
  await expect(har).toContainText("Cookie, HTTP_COOKIE");
  await expect(har.getByRole("checkbox")).toBeChecked();
  const masked = await savedBy(app, folder, () => har.getByRole("button", { name: "Save HAR" }).click());
  expect(masked.text).not.toContain("top-secret");
  expect(mistakesInHar(JSON.parse(masked.text))).toEqual([]);

  const capsule = await choose(window, "Export as capsule…", "Export as capsule");
  await expect(capsule.getByRole("checkbox")).not.toBeChecked();
  await expect(capsule).toContainText("The file will have their values.");
  await capsule.getByRole("checkbox").check();
  await expect(capsule).toContainText("compares nothing");
  const quiet = await savedBy(app, folder, () => capsule.getByRole("button", { name: "Save capsule" }).click());
  expect(quiet.text).not.toContain("top-secret");
});

test("a recording of the browser's own is imported", { tag: "@browser" }, async ({ window, folder }) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.waitUntilServing();
  const address = await window.serverAddress();
  const context = await window.page
    .context()
    .browser()
    ?.newContext({ recordHar: { path: folder.file("chromium.har") } });
  if (!context) throw new Error("a window in a browser has one");
  const page = await context.newPage();
  await page.goto(`${address}/cgi-bin/sum.py?a=1&b=2`);
  await page.evaluate(async () => {
    await fetch("/cgi-bin/sum.py", { method: "POST", body: "a=40&b=2" }).then((response) => response.text());
  });
  await context.close();
  expect(mistakesInHar(JSON.parse(readFileSync(folder.file("chromium.har"), "utf8")))).toEqual([]);

  const env = { ...process.env, XDG_DATA_HOME: folder.file("data") };
  const { stdout, stderr, exitCode } = await commandLine(["import", workspace.path, folder.file("chromium.har")], {
    env,
  });
  expect([exitCode, stderr]).toEqual([0, ""]);
  const ids = stdout.toString().trim().split("\n");
  const found = await commandLine(["traces", workspace.path, "method:POST body:42", "--json"], { env });
  expect(JSON.parse(found.stdout.toString())).toMatchObject({
    total: 1,
    rows: [{ target: "/cgi-bin/sum.py", status: 200 }],
  });
  expect(ids.length).toBeGreaterThanOrEqual(2);
});
