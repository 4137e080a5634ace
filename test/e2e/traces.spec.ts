// The list of traces as a place to work in, and what can be done with one of
// them: copied, sent again, edited, linked to.
import { execFile } from "node:child_process";
import { connect } from "node:net";
import { promisify } from "node:util";
import type { Locator } from "@playwright/test";
import { copyWorkspace, program } from "../support/temp-workspace.js";
import type { RunningShell } from "./running-shell.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

const run = promisify(execFile);

/** Sends these targets from another client, one after the other, and waits for the last one's row. */
async function fromOutside(window: WorkbenchWindow, targets: readonly string[]): Promise<void> {
  const address = await window.serverAddress();
  const before = await window.traces.count();
  for (const target of targets) await fetch(address + target).then((response) => response.arrayBuffer());
  if (before === 0) await expect(window.traces).toBeVisible();
}

/** What an item of the trace's menu puts on the clipboard. */
async function copied(app: RunningShell, window: WorkbenchWindow, item: string, said: RegExp): Promise<string> {
  await window.chooseForTrace(item, "Copy");
  await expect(
    window.page.getByRole("region", { name: "Notices" }).getByRole("status").filter({ hasText: said }),
  ).toBeVisible();
  return app.clipboardText();
}

const shownSeqs = (window: WorkbenchWindow): Promise<number[]> =>
  window.traces.locator("[data-seq]").evaluateAll((rows) =>
    rows
      .map((row) => ({ seq: Number(row.getAttribute("data-seq")), top: row.getBoundingClientRect().top }))
      .sort((a, b) => a.top - b.top)
      .map(({ seq }) => seq),
  );
const head = (window: WorkbenchWindow, name: string): Locator =>
  window.traces.getByRole("columnheader").filter({ has: window.page.getByRole("button", { name, exact: true }) });

test("copied as cURL and as a command, a request runs again and is the same", async ({ app, window }) => {
  test.skip(!program("curl"), "cURL is missing");
  using workspace = copyWorkspace("basic");
  await window.openQuietly(workspace.path);
  await window.openFile("cgi-bin/sum.py");
  const first = await window.send("/cgi-bin/sum.py?a=19&b=23&c=it%27s");
  const curl = await copied(app, window, "Copy as cURL command", /as a cURL command/);
  const head = await copied(app, window, "Copy as raw HTTP", /as raw HTTP/);
  expect(await copied(app, window, "Copy as access log line", /as an access log line/)).toMatch(
    /^127\.0\.0\.1 - - \[\d\d\/\w{3}\/\d{4}(:\d\d){3} [+-]\d{4}\] "GET \/cgi-bin\/sum\.py\?\S+ HTTP\/1\.1" 200 \d+ "-" "[^"]+"$/,
  );
  await run("sh", ["-c", curl]);
  await expect(window.row(first + 1)).toBeVisible();
  await window.row(first + 1).click();
  await expect(window.traceHeading).toHaveAccessibleName(new RegExp(`^#${first + 1} `));
  expect(await copied(app, window, "Copy as raw HTTP", new RegExp(`#${first + 1} as raw`))).toBe(head);

  await window.setMethod("POST");
  await window.setBody("a=40&b=2\n");
  await window.send("/cgi-bin/sum.py");
  const command = await copied(app, window, "Copy as env -i command", /env -i/);
  const { stdout } = await run("sh", ["-c", command]);
  expect(stdout).toContain("Content-Type: text/html; charset=utf-8");
  expect(stdout).toContain("<p>42</p>");
});

test("a pasted cURL command is the request in the composer", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await window.openQuietly(workspace.path);
  const address = await window.serverAddress();
  await window.runCommand("Paste cURL command…");
  const dialog = window.page.getByRole("dialog", { name: "Paste a cURL command" });
  await dialog.getByRole("textbox", { name: "cURL command" }).fill("curl http://x/ -d @file");
  await dialog.getByRole("button", { name: "Load request" }).click();
  await expect(dialog.getByRole("alert")).toContainText("file");
  await dialog
    .getByRole("textbox", { name: "cURL command" })
    .fill(`curl -X PUT '${address}/cgi-bin/post.py?x=1' \\\n  -H 'X-Mark: Grüße' --data-raw 'a=1'`);
  await dialog.getByRole("button", { name: "Load request" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(window.method).toHaveValue("PUT");
  await expect(window.target).toHaveValue("/cgi-bin/post.py?x=1");
  await window.send();
  const env = await window.tab("Env");
  await expect(env.getByRole("row", { name: /^HTTP_X_MARK/ })).toContainText("Grüße");
  await expect(env.getByRole("row", { name: /^CONTENT_LENGTH/ })).toContainText("3");

  // Into the field for the target, where an address is expected.
  await window.target.evaluate((field, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", text);
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, `curl ${address}/cgi-bin/hello.py?name=Ada&x=2`);
  await expect(window.target).toHaveValue("/cgi-bin/hello.py?name=Ada&x=2");
  await expect(window.method).toHaveValue("GET");
});

test("sent again, byte for byte, and edited: both are linked to their origin", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await window.openQuietly(workspace.path);
  const { port } = new URL(await window.serverAddress());
  // A header that is no UTF-8 and a body with a NUL: no form could hold them.
  const bytes = Buffer.from(
    `POST /cgi-bin/post.py HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Odd: M\xfcller\r\nContent-Length: 3\r\nConnection: close\r\n\r\na\0b`,
    "latin1",
  );
  await new Promise<void>((resolve) =>
    connect({ port: Number(port), host: "127.0.0.1" }, function (this: import("node:net").Socket) {
      this.end(bytes);
      this.resume();
    }).once("close", () => resolve()),
  );
  await expect(window.row(1)).toHaveAttribute("data-outcome", "ok");
  await window.row(1).click();
  await expect(window.traceHeading).toHaveAccessibleName(/^#1 POST/);
  await window.trace.getByRole("button", { name: "Send again" }).click();
  await expect(window.traceHeading).toHaveAccessibleName(/^#2 POST/);
  await expect(window.trace.getByRole("button", { name: "sent again from #1" })).toBeVisible();
  const env = await window.tab("Env");
  await expect(env.getByRole("row", { name: /^HTTP_X_ODD/ }).locator('[data-invalid="fc"]')).toBeVisible();
  await window.tab("Stdin");
  await expect(window.bytes("Stdin")).toHaveAttribute("data-bytes", "3");

  await window.openFile("cgi-bin/hello.py");
  const origin = await window.send("/cgi-bin/hello.py?name=Ada");
  await window.chooseForTrace("Edit and send again");
  await expect(window.target).toHaveValue("/cgi-bin/hello.py?name=Ada");
  await expect(window.target).toBeFocused();
  await window.send("/cgi-bin/hello.py?name=Grace");
  await window.trace.getByRole("button", { name: `sent again from #${origin}` }).click();
  await expect(window.traceHeading).toHaveAccessibleName(new RegExp(`^#${origin} `));
});

const shownColumns = (window: WorkbenchWindow): Promise<(string | null)[]> =>
  window.traces.getByRole("columnheader").evaluateAll((heads) => heads.map((cell) => cell.getAttribute("data-column")));

test("columns: moved by drag, key and menu; a reload keeps the order, and it can be reset", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  const { page } = window;
  await window.openQuietly(workspace.path);
  await fromOutside(window, ["/index.html", "/missing"]);
  await expect(window.row(2)).toBeVisible();
  const usual = await shownColumns(window);
  expect(usual).toEqual(["seq", "method", "path", "status", "took", "waterfall"]);

  const status = head(window, "Status").getByRole("button");
  const target = await head(window, "Method").boundingBox();
  await status.hover();
  await page.mouse.down();
  await page.mouse.move((target?.x ?? 0) + 4, (target?.y ?? 0) + 8, { steps: 4 });
  await page.keyboard.press("Escape"); // another thought
  await page.mouse.up();
  expect(await shownColumns(window)).toEqual(usual);
  await status.hover();
  await page.mouse.down();
  await page.mouse.move((target?.x ?? 0) + 4, (target?.y ?? 0) + 8, { steps: 4 });
  await page.mouse.up();
  expect(await shownColumns(window)).toEqual(["seq", "status", "method", "path", "took", "waterfall"]);
  await expect(window.row(1).getByRole("gridcell").nth(1)).toContainText("200");
  await expect(head(window, "Status")).toHaveAttribute("aria-sort", "none");

  await status.press("Alt+ArrowRight");
  await expect(status).toBeFocused();
  await status.press("Alt+ArrowRight");
  await expect(page.getByRole("status").filter({ hasText: "Status is column 4 of 6" })).toHaveCount(1);
  await head(window, "Took").click({ button: "right" });
  await page.getByRole("menuitem", { name: "Move “Took” right" }).click();
  const moved = ["seq", "method", "path", "status", "waterfall", "took"];
  await expect.poll(() => shownColumns(window)).toEqual(moved);

  await page.reload();
  await expect(window.row(2)).toBeVisible();
  expect(await shownColumns(window)).toEqual(moved);
  await head(window, "Took").getByRole("button").focus();
  await window.runCommand("Move column of the trace list left");
  await expect.poll(async () => (await shownColumns(window)).at(-2)).toBe("took");
  await window.runCommand("Reset columns of the trace list");
  await expect.poll(() => shownColumns(window)).toEqual(usual);
});

test("columns: sorted by press and by key, hidden, made wider; the selection stays, and a reload keeps it all", async ({
  window,
}) => {
  using workspace = copyWorkspace("basic");
  await window.openQuietly(workspace.path);
  await fromOutside(window, ["/index.html", "/cgi-bin/env.sh", "/missing", "/cgi-bin/hello.py?name=Ada"]);
  await expect(window.row(4)).toBeVisible();
  await window.row(2).click();

  const status = head(window, "Status");
  await status.getByRole("button").click();
  await expect(status).toHaveAttribute("aria-sort", "ascending");
  await expect.poll(() => shownSeqs(window)).toEqual([4, 2, 1, 3]);
  await status.getByRole("button").press("Enter");
  await expect(status).toHaveAttribute("aria-sort", "descending");
  await expect.poll(async () => (await shownSeqs(window))[0]).toBe(3);
  await status.getByRole("button").press("Enter");
  await expect(status).toHaveAttribute("aria-sort", "none");
  await expect.poll(() => shownSeqs(window)).toEqual([4, 3, 2, 1]);
  await expect(window.row(2)).toHaveAttribute("aria-selected", "true");
  await expect(window.traceHeading).toHaveAccessibleName(/^#2 /);

  await status.getByRole("button").press("ArrowLeft");
  const path = head(window, "Path");
  await expect(path.getByRole("button")).toBeFocused();
  const before = await path.evaluate((cell) => cell.getBoundingClientRect().width);
  for (let press = 0; press < 3; press++) await path.getByRole("button").press("Shift+ArrowRight");
  await expect.poll(() => path.evaluate((cell) => cell.getBoundingClientRect().width)).toBeCloseTo(before + 30, 0);
  await (await window.inListMenu("Columns")).press("ArrowRight");
  await window.page.getByRole("menuitemcheckbox", { name: "Method" }).click();
  await window.page.keyboard.press("Escape");
  await expect(head(window, "Method")).toHaveCount(0);
  await expect(window.row(2).locator('[data-column="method"]')).toHaveCount(0);

  await head(window, "Took").getByRole("button").click();
  await window.page.reload();
  await expect(head(window, "Took")).toHaveAttribute("aria-sort", "ascending");
  await expect(head(window, "Method")).toHaveCount(0);
  expect(await path.evaluate((cell) => cell.getBoundingClientRect().width)).toBeCloseTo(before + 30, 0);
});

test("the filter: keys, words, a mistake marked, and how many pass", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await window.openQuietly(workspace.path);
  await fromOutside(window, ["/index.html", "/cgi-bin/hello.py", "/missing"]);
  await expect(window.row(3)).toBeVisible();
  await window.traces.focus();
  await window.page.keyboard.press("/");
  await expect(window.filter).toBeFocused();
  await window.page.keyboard.type("status:4xx");
  await expect(window.page.getByText("1 of 3", { exact: true })).toBeVisible();
  expect(await shownSeqs(window)).toEqual([3]);
  await window.filter.fill("status:4xx took:soon");
  await expect(window.filter).toHaveAttribute("aria-invalid", "true");
  expect(await shownSeqs(window)).toEqual([3]); // the last one that made sense
  await window.filter.fill("-mode:file path:/");
  await expect.poll(() => shownSeqs(window)).toEqual([3, 2]);
  await window.filter.fill("nothing-like-this");
  await window.page.getByRole("button", { name: "Clear filter" }).click();
  await expect.poll(() => shownSeqs(window)).toEqual([3, 2, 1]);
});

test("the palette finds traces by what they asked for and by number, and shows them", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await window.openQuietly(workspace.path);
  await fromOutside(window, ["/index.html?first", "/missing?second", "/index.html?third"]);
  await expect(window.row(3)).toBeVisible();
  const palette = window.page.getByRole("dialog", { name: "Search files and commands" });
  const field = palette.getByRole("combobox");
  const found = palette.getByRole("group", { name: "Traces" }).getByRole("option");
  await window.page.keyboard.press("ControlOrMeta+K");
  await field.fill("index.html?");
  await expect(found).toHaveText([/#3 GET \/index\.html\?third/, /#1 GET \/index\.html\?first/]);
  await field.fill("404 second");
  await expect(found).toHaveText([/#2 GET \/missing\?second/]);
  await window.page.keyboard.press("Enter");
  await expect(window.traceHeading).toHaveAccessibleName(/^#2 /);
  await window.page.keyboard.press("ControlOrMeta+K");
  await field.fill("#1");
  await found.click();
  await expect(window.traceHeading).toHaveAccessibleName(/^#1 /);
});

test("a cell's menu and the keys of a row filter by what the row shows", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await window.openQuietly(workspace.path);
  await fromOutside(window, ["/index.html", "/cgi-bin/hello.py?name=Ada", "/missing", "/cgi-bin/hello.py"]);
  await expect(window.row(4)).toBeVisible();
  const item = (name: string): Locator => window.page.getByRole("menuitem", { name });
  await window.row(3).locator('[data-column="status"]').click({ button: "right" });
  await item("Show only status 404").click();
  await expect(window.filter).toHaveValue("status:404");
  await expect.poll(() => shownSeqs(window)).toEqual([3]);
  await window.row(3).click({ button: "right" });
  await item("Show all traces").click();
  await expect.poll(() => shownSeqs(window)).toEqual([4, 3, 2, 1]);

  await window.row(2).locator('[data-column="path"]').click({ button: "right" });
  await item("Hide this path").click();
  await expect.poll(() => shownSeqs(window)).toEqual([3, 1]);
  await expect(window.filter).toHaveValue("-path:=/cgi-bin/hello.py");

  // By keyboard: the menu of the selected row, and single keys.
  await window.row(1).click();
  await window.traces.press("a");
  await window.traces.press("f");
  await expect(window.filter).toHaveValue("path:=/index.html");
  await window.traces.press("a");
  await window.traces.press("Shift+F10");
  await expect(item("Show only this path")).toBeVisible();
  await window.page.getByRole("menuitem", { name: "Hide", exact: true }).press("ArrowRight");
  await item("Mode file").press("Enter");
  await expect(window.filter).toHaveValue("-mode:file");
  await expect.poll(() => shownSeqs(window)).toEqual([4, 3, 2]);
});

test("a trace's menu stays with its trace while others come", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await window.openQuietly(workspace.path);
  await fromOutside(window, ["/index.html"]);
  await expect(window.traceHeading).toHaveAccessibleName(/^#1 /);
  await window.page.getByRole("button", { name: "More actions" }).click();
  const item = (name: string): Locator => window.page.getByRole("menuitem", { name });
  await expect(item("Mark for comparison")).toBeVisible();
  await fromOutside(window, ["/missing"]);
  await expect(window.row(2)).toBeVisible();
  await item("Mark for comparison").click();
  await expect(window.row(1)).toHaveAttribute("data-marked", "true");
  await expect(window.page.getByRole("menu")).toHaveCount(0);
  await fromOutside(window, ["/missing"]); // the inspector follows on
  await expect(window.traceHeading).toHaveAccessibleName(/^#3 /);

  await window.row(3).locator('[data-column="status"]').click({ button: "right" });
  await expect(item("Show only status 404")).toBeVisible();
  await fromOutside(window, ["/index.html"]);
  await expect(window.row(4)).toBeVisible();
  await item("Show only status 404").click();
  await expect.poll(() => shownSeqs(window)).toEqual([3, 2]);
});

test("pinned traces stay on top and survive clearing; what was cleared does not come back with a reload", async ({
  window,
}) => {
  using workspace = copyWorkspace("basic");
  await window.openQuietly(workspace.path);
  await fromOutside(window, ["/index.html", "/cgi-bin/hello.py", "/missing"]);
  await window.row(2).click();
  await window.traces.press("p");
  await expect(window.row(2)).toHaveAttribute("data-pinned", "true");
  await expect.poll(() => shownSeqs(window)).toEqual([2, 3, 1]);
  await (await window.inListMenu(/^Clear traces/)).click();
  await expect.poll(() => shownSeqs(window)).toEqual([2]);
  await expect(window.traceHeading).toHaveAccessibleName(/^#2 /);
  await window.page.reload();
  await expect.poll(() => shownSeqs(window)).toEqual([2]);
  await fromOutside(window, ["/index.html"]);
  await expect.poll(() => shownSeqs(window)).toEqual([2, 4]);
});

test("paused, the list and the inspector stay; the rest waits", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await window.openQuietly(workspace.path);
  await fromOutside(window, ["/index.html"]);
  await expect(window.traceHeading).toHaveAccessibleName(/^#1 /);
  await (await window.inListMenu("Pause the list", "menuitemcheckbox")).click();
  await window.page.keyboard.press("Escape");
  const pause = window.page.getByRole("button", { name: /^(Paused|\d+ waiting)$/ });
  await fromOutside(window, ["/cgi-bin/hello.py", "/missing"]);
  await expect(pause).toContainText("2 waiting");
  expect(await shownSeqs(window)).toEqual([1]);
  await expect(window.traceHeading).toHaveAccessibleName(/^#1 /);
  await pause.click();
  await expect.poll(() => shownSeqs(window)).toEqual([3, 2, 1]);
});

test("scrolled away, nothing on the screen moves and a button counts; it goes back to the newest", async ({
  window,
}) => {
  using workspace = copyWorkspace("basic");
  await window.openQuietly(workspace.path);
  await fromOutside(
    window,
    Array.from({ length: 60 }, (_, index) => `/missing-${index}`),
  );
  await expect(window.row(60)).toBeVisible();
  await window.row(60).click();
  await window.traces.evaluate((grid) => {
    grid.scrollTop = 480;
  });
  await expect(window.row(40)).toBeVisible();
  await expect(window.row(60)).toHaveCount(0);
  const place = () => window.row(38).evaluate((row) => row.getBoundingClientRect().top);
  const before = await place();
  const made = await window.traces.evaluateHandle((grid) => {
    const seen = { rows: 0 };
    const count = (changes: MutationRecord[]): void => {
      for (const { addedNodes } of changes) seen.rows += addedNodes.length;
    };
    const rows = grid.querySelector('[role="rowgroup"]:has([data-seq])');
    if (rows) new MutationObserver(count).observe(rows, { childList: true });
    return seen;
  });
  await fromOutside(
    window,
    Array.from({ length: 30 }, (_, index) => `/later-${index}`),
  );
  const back = window.page.getByRole("button", { name: "30 new" });
  await expect(back).toBeVisible();
  expect(await place()).toBe(before);
  // The same rows are shown, so none was made: each batch would otherwise draw every row on the screen again.
  expect(await made.jsonValue()).toEqual({ rows: 0 });
  await expect(window.traceHeading).toHaveAccessibleName(/^#60 /);
  await back.click();
  await expect(window.row(90)).toBeVisible();
  await expect(back).toHaveCount(0);
});

test("links lead to a view of a trace and to a line of a file, and a reload finds the trace again", async ({
  window,
}) => {
  using workspace = copyWorkspace("basic");
  await window.openQuietly(workspace.path);
  await fromOutside(window, ["/cgi-bin/hello.py", "/missing"]);
  const id = await window.row(1).getAttribute("data-trace-id");
  const go = (fragment: string) =>
    window.page.evaluate((hash) => {
      location.hash = hash;
    }, fragment);
  await go(`#/trace/${id}/stderr`);
  await expect(window.traceHeading).toHaveAccessibleName(/^#1 /);
  await window.expectView("Stderr");
  await window.row(2).click();
  await window.tab("Timing");
  await expect.poll(() => window.page.evaluate(() => location.hash)).toMatch(/^#\/trace\/.+-2\/timing$/);
  await window.page.reload();
  await expect(window.traceHeading).toHaveAccessibleName(/^#2 /);
  await window.expectView("Timing");

  await go("#/file/cgi-bin/hello.py:8");
  await expect(window.statusBar.getByText("Ln 8, Col 1")).toBeVisible();
  await window.runCommand("Open link…");
  const dialog = window.page.getByRole("dialog", { name: "Open a link" });
  await dialog.getByRole("textbox", { name: "Link" }).fill(`http://elsewhere/#/trace/${id}/env`);
  await dialog.getByRole("button", { name: "Open link" }).click();
  await expect(window.traceHeading).toHaveAccessibleName(/^#1 /);
  await window.expectView("Env");
  expect(await window.page.evaluate(() => location.href)).not.toContain("token");
});

test("rows: one line each, the whole value in the tooltip, figures in columns, a sign beside the colour, times in the bar", async ({
  window,
}) => {
  using workspace = copyWorkspace("basic");
  await window.openQuietly(workspace.path);
  const long = `/cgi-bin/hello.py/${"a/long/way/".repeat(12)}?name=the-end`;
  await fromOutside(window, ["/cgi-bin/hello.py", long, "/missing"]);
  await expect(window.row(3)).toBeVisible();
  const cell = (seq: number, column: string): Locator => window.row(seq).locator(`[data-column="${column}"]`);
  for (const seq of [1, 2, 3]) {
    const { height = 0 } = (await window.row(seq).boundingBox()) ?? {};
    expect(height).toBeGreaterThanOrEqual(22);
    expect(height).toBeLessThanOrEqual(24);
  }
  // Cut in its middle: the end is in sight, the tooltip has all of it.
  await expect(cell(2, "path").locator("[title]")).toHaveAttribute("title", long);
  const end = cell(2, "path").getByText("?name=the-end");
  const right = async (part: Locator): Promise<number> =>
    part.evaluate((element) => element.getBoundingClientRect().right);
  expect(await right(end)).toBeLessThanOrEqual((await right(cell(2, "path"))) + 0.5);

  await (await window.inListMenu("Columns")).press("ArrowRight");
  await window.page.getByRole("menuitemcheckbox", { name: "Size" }).click();
  await window.page.keyboard.press("Escape");
  await expect(cell(2, "size")).toBeVisible();
  for (const column of ["seq", "size", "took"]) {
    const { numeric, edges } = await window.traces.evaluate((grid, name) => {
      const cells = [...grid.querySelectorAll(`[data-seq] [data-column="${name}"]`)];
      const edgeOf = (element: Element): number => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return Math.round(range.getBoundingClientRect().right);
      };
      return {
        numeric: cells.map((element) => getComputedStyle(element).fontVariantNumeric),
        edges: new Set(cells.map(edgeOf)).size,
      };
    }, column);
    expect(new Set(numeric)).toEqual(new Set(["tabular-nums"]));
    expect(edges, `right edges of ${column}`).toBe(1);
  }
  await expect(cell(1, "took")).toHaveText(/^[\d.]+ m?s$/);
  workspace.write("cgi-bin/broken.sh", "#!/bin/sh\nexit 3\n");
  workspace.makeExecutable("cgi-bin/broken.sh");
  await fromOutside(window, ["/cgi-bin/broken.sh"]);
  await expect(cell(4, "status")).toContainText("500");
  await expect(cell(4, "status").getByRole("img")).toBeVisible();
  await expect(cell(1, "waterfall").locator("[title]")).toHaveAttribute(
    "title",
    /^(waiting [\d.]+ m?s · )?start [\d.]+ m?s · script [\d.]+ m?s( · body [\d.]+ m?s)?, [\d.]+ m?s in all$/,
  );

  // Pressed twice, the edge of a column fits it to what is in it.
  const width = async (): Promise<number> => (await head(window, "Path").boundingBox())?.width ?? 0;
  const before = await width();
  await head(window, "Path").locator(".trace-head-edge").dblclick();
  await expect.poll(width).toBeGreaterThan(before);
  expect(
    await cell(2, "path")
      .locator(".target-text-rest .middle-ellipsis-head")
      .evaluate((text) => text.scrollWidth - text.clientWidth),
  ).toBeLessThanOrEqual(1);
});
