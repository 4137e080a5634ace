// Recorded responses as a browser shows them: nothing runs twice, what the page asks for is real, hostile pages reach
// nothing, and what stands in the way is said.
import { existsSync } from "node:fs";
import type { Locator } from "@playwright/test";
import { copyWorkspace, type TempFolder } from "../support/temp-workspace.js";
import { expectPreview, isElectron, previewedPage } from "./previewed-page.js";
import { savedBy } from "./saved-file.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

/** How often scripts ran, by method and target. */
function runs(workspace: TempFolder): Record<string, number> {
  const counts: Record<string, number> = {};
  const lines = existsSync(workspace.file("runs.txt")) ? workspace.read("runs.txt").trim().split("\n") : [];
  for (const line of lines) counts[line] = (counts[line] ?? 0) + 1;
  return counts;
}

async function render(window: WorkbenchWindow): Promise<Locator> {
  const panel = await window.tab("Response");
  await panel.getByRole("radiogroup", { name: "Response as" }).getByText("Rendered", { exact: true }).click();
  return panel.getByRole("region", { name: "Rendered response" });
}
const again = (window: WorkbenchWindow): Promise<void> =>
  window.trace.getByRole("button", { name: "Reload the recorded page" }).click();
const say = (...fields: string[]): string =>
  `/cgi-bin/say.py?${fields.map((field) => `h=${encodeURIComponent(field)}`).join("&")}&body=${encodeURIComponent("<p>said so</p>")}`;

test("recorded first, then real: sub-resource, form, cookie, link; and the inspector stays", async ({
  app,
  window,
}) => {
  using workspace = copyWorkspace("pages");
  await window.openFolder(workspace.path);
  const seq = await window.send("/cgi-bin/login.py");
  const shown = await render(window);
  const page = await expectPreview(app, "Sign in");
  await expect(shown).toContainText(`#${seq} as recorded. The script was not run again.`);
  expect(await page.evaluate(() => [location.pathname, location.search, document.referrer])).toEqual([
    "/cgi-bin/login.py",
    "",
    "",
  ]);
  await expect.poll(() => runs(workspace)).toEqual({ "GET /cgi-bin/login.py": 1, "GET /cgi-bin/pixel.py": 1 });
  await expect(window.row(seq + 1)).toContainText("pixel.py");
  await expect(window.traceHeading).toHaveAccessibleName(new RegExp(`^#${seq} `));

  // The bar follows the frame; the way back shows what was recorded, and sends nothing but the page's own picture.
  await page.locator("button").click();
  await expectPreview(app, "cookie: sid=forty-two");
  const remarks = shown.locator('[data-part="remarks"]');
  const [posted, account] = [seq + 2, seq + 3];
  const atAccount = `You are at #${account} (POST #${posted} → 303 → GET #${account}).`;
  await expect(remarks).toHaveText(atAccount);
  await shown.getByRole("button", { name: `Back to #${seq}` }).click();
  await expectPreview(app, "Sign in");
  await expect(remarks).toContainText(`#${seq} as recorded`);
  await expect(rowsWith(window, "pixel.py")).toHaveCount(2);
  for (const row of await rowsWith(window, "pixel.py").all()) await expect(row).toHaveAttribute("data-outcome", "ok");
  await shown.getByRole("button", { name: `Forward to #${account}` }).click();
  await expectPreview(app, "cookie: sid=forty-two");
  await expect(remarks).toHaveText(`${atAccount} Shown as recorded: the script was not run again.`);
  await (await expectPreview(app, "Once more")).locator("a").click();
  await expect.poll(async () => (await previewedPage(app))?.url()).toContain("account.py?again");
  await expectPreview(app, "cookie: sid=forty-two");
  await expect(remarks).toHaveText(/^You are at #\d+ \(GET #\d+\)\.$/);
  expect(runs(workspace)).toMatchObject({
    "GET /cgi-bin/login.py": 1,
    "POST /cgi-bin/login.py": 1,
    "GET /cgi-bin/account.py": 1,
    "GET /cgi-bin/account.py?again": 1,
  });

  await again(window);
  await expectPreview(app, "Sign in");
  expect(runs(workspace)["GET /cgi-bin/login.py"]).toBe(1);
  await expect(window.traceHeading).toHaveAccessibleName(new RegExp(`^#${seq} `));
  // The page's picture is asked for again, and its script must not lose its folder to the end of this test.
  await expect(rowsWith(window, "pixel.py")).toHaveCount(3);
  for (const row of await rowsWith(window, "pixel.py").all()) await expect(row).toHaveAttribute("data-outcome", "ok");
});

const rowsWith = (window: WorkbenchWindow, text: string): Locator => window.rows.filter({ hasText: text });

test("the guestbook, with umlauts: the page after the redirect, and nothing ran twice", async ({ app, window }) => {
  using workspace = copyWorkspace("pages");
  await window.openFolder(workspace.path);
  await window.setMethod("POST");
  await window.setBody("name=Jürgen&text=Grüße aus Köln");
  await window.send("/cgi-bin/guestbook.py");
  const seq = await rowOf(window, "POST");
  await window.row(seq).click();
  await expect(window.status).toContainText("303");
  await window.tab("Stdin");
  await window.showAs(window.bytes("Stdin"), "Hex");
  await expect(window.bytes("Stdin")).toContainText(/4a c3 bc/i); // "Jü" as UTF-8
  // Looking at a redirect that nobody followed sends nothing; the user may.
  const shown = await render(window);
  await expect(shown).toContainText("303 See Other → /cgi-bin/guestbook.py");
  expect(runs(workspace)).toEqual({ "POST /cgi-bin/guestbook.py": 1 });
  await shown.getByRole("button", { name: "Follow (sends a request)" }).click();
  await expectPreview(app, "Jürgen: Grüße aus Köln");
  const once = { "POST /cgi-bin/guestbook.py": 1, "GET /cgi-bin/guestbook.py": 1 };
  await expect.poll(() => runs(workspace)).toEqual(once);

  // What the redirect led to is recorded by now: the second showing runs nothing at all.
  await expect(window.row(seq + 1)).toHaveAttribute("data-outcome", "ok");
  await again(window);
  await expect(window.trace.locator('[data-part="remarks"]')).toContainText(`#${seq} and #${seq + 1} as recorded`);
  await expectPreview(app, "Jürgen: Grüße aus Köln");
  expect(runs(workspace)).toEqual(once);
  await (await previewedPage(app))?.evaluate(() => {
    document.title = "the page before";
  });
  await window.row(seq + 1).click();
  await expect(window.trace.getByRole("button", { name: `followed from #${seq}` })).toBeVisible();
  await expect.poll(async () => (await previewedPage(app))?.title().catch(() => "")).toBe("Guestbook");

  // A form in the page: selecting its redirect shows the page that the browser got then.
  const page = await expectPreview(app, "Jürgen: Grüße aus Köln");
  await page.evaluate(() => {
    document.body.insertAdjacentHTML(
      "beforeend",
      `<form method="post" id="sign"><input name="name" value="Ada"><input name="text" value="hello"></form>`,
    );
    document.querySelector<HTMLFormElement>("#sign")?.submit();
  });
  await expect(shown.locator('[data-part="remarks"]')).toHaveText(
    `You are at #${seq + 3} (POST #${seq + 2} → 303 → GET #${seq + 3}).`,
  );
  await shown.getByRole("button", { name: `Show #${seq + 2}` }).click();
  await expect(window.traceHeading).toHaveAccessibleName(new RegExp(`^#${seq + 2} `));
  await expect(window.trace.locator('[data-part="remarks"]')).toContainText(`#${seq + 2} and #${seq + 3} as recorded`);
  await expectPreview(app, "Ada: hello");
  expect(runs(workspace)).toEqual({ "POST /cgi-bin/guestbook.py": 2, "GET /cgi-bin/guestbook.py": 2 });
});

/** The number of the only trace with this method. */
async function rowOf(window: WorkbenchWindow, method: string): Promise<number> {
  return Number(await rowsWith(window, method).first().getAttribute("data-seq"));
}

test("a login sent by the composer keeps its session in the preview, and an old one does not replace it", async ({
  app,
  window,
}) => {
  using workspace = copyWorkspace("pages");
  await window.openFolder(workspace.path);
  await window.setMethod("POST");
  await window.setBody("user=ada");
  await window.send("/cgi-bin/login.py");
  await window.row(await rowOf(window, "POST")).click();
  const shown = await render(window);
  await shown.getByRole("button", { name: "Follow (sends a request)" }).click();
  await expect(shown).toContainText("Cookie sid set.");
  const page = await expectPreview(app, "cookie: sid=forty-two");
  await page.evaluate(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: as an old page would
    document.cookie = "own=1";
  });
  await page.locator("a").click();
  await expectPreview(app, /cookie: .*own=1/);
  await expectPreview(app, /cookie: .*sid=forty-two/);
  await again(window);
  await expect(shown).toContainText("Cookie sid not set again.");
  expect(runs(workspace)["POST /cgi-bin/login.py"]).toBe(1);
});

test("a response that may be cached is not shown in the place of another", async ({ app, window }) => {
  using workspace = copyWorkspace("pages");
  await window.openFolder(workspace.path);
  const first = await window.send("/cgi-bin/cached.py");
  await render(window);
  await expectPreview(app, "run 1");
  const second = await window.send("/cgi-bin/cached.py");
  await expectPreview(app, "run 2");
  for (const [seq, text] of [
    [first, "run 1"],
    [second, "run 2"],
    [first, "run 1"],
  ] as const) {
    await window.row(seq).click();
    await expectPreview(app, text);
  }
  expect(runs(workspace)).toEqual({ "GET /cgi-bin/cached.py": 2 });
});

test("a hostile page reaches nothing of the window, and cannot hold it up", async ({ app, window }) => {
  using workspace = copyWorkspace("pages");
  await window.openFolder(workspace.path);
  const ui = isElectron(app) ? "app://workbench" : new URL(app.page.url()).origin;
  const before = app.page.url();
  await window.send(`/hostile.html?ui=${encodeURIComponent(ui)}`);
  await render(window);
  const page = await expectPreview(app, /"done":true/);
  const found: Record<string, unknown> = JSON.parse((await page.locator("#found").textContent()) ?? "");
  expect(found).toMatchObject({
    bridge: "undefined",
    node: "undefinedundefined",
    opener: "null",
    popup: "null",
    cookie: "",
    storage: "0",
  });
  expect(found).toMatchObject({ read: "TypeError", image: "error", script: "error" });
  expect(found["frame"]).not.toMatch(/CGI Workbench/);
  expect(found["socket"]).not.toBe("open");
  if (isElectron(app)) expect(found).toMatchObject({ parentDocument: "is top", moveTop: "is top" });
  else
    expect(found).toMatchObject({
      parentDocument: "SecurityError",
      parentStorage: "SecurityError",
      parentBridge: "SecurityError",
      moveTop: "SecurityError",
    });

  // It may move itself, but neither to the window's address nor out into the world; and it may close itself.
  await page.evaluate((address) => {
    location.href = address;
  }, ui);
  await expect
    .poll(async () => (await (await previewedPage(app))?.title().catch(() => "")) ?? "")
    .not.toContain("CGI Workbench");
  await window.send(`/hostile.html?close&ui=${encodeURIComponent(ui)}`);
  // It sends a request of its own before it computes for ever: which of the two is the
  // newest is not certain until both are there.
  await window.target.fill(`/hostile.html?hang&ui=${encodeURIComponent(ui)}`);
  await app.page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(rowsWith(window, "pixel.py")).toHaveAttribute("data-outcome", "ok");
  expect(runs(workspace)["POST /cgi-bin/pixel.py?hangs"]).toBe(1);
  // The window answers all the same, and the next page is shown.
  await window.send(say());
  await expectPreview(app, "said so");
  await window.tab("X-ray");
  await expect(window.trace.getByRole("region", { name: "Request", exact: true })).toBeVisible();
  expect(app.page.url()).toBe(before);
  expect(
    app.complaints
      .splice(0)
      .filter(
        (words) => !/CORS|frame|navigat|Content Security|favicon|index\.html|ERR_|rpc|popup|403|404/i.test(words),
      ),
  ).toEqual([]);
});

test("what keeps a browser from showing a response is said, with a way round it where there is one", async ({
  app,
  window,
  folder,
}) => {
  using workspace = copyWorkspace("pages");
  await window.openFolder(workspace.path);
  await window.send(say());
  const shown = await render(window);
  await expectPreview(app, "said so");
  const anyway = shown.getByRole("button", { name: /^Show without that header/ });

  for (const field of ["X-Frame-Options: DENY", "Content-Security-Policy: script-src 'none'; frame-ancestors 'none'"]) {
    await window.send(say(field));
    const header = field.replace("script-src 'none'; ", "");
    await expect(shown).toContainText(header);
    if (!isElectron(app)) {
      await expect(shown).toContainText("A browser refuses to show this inside another page");
      await anyway.click();
      await expect(shown).toContainText("Shown without the header that forbids it.");
    }
    await expectPreview(app, "said so");
  }
  await window.send(say("Content-Disposition: attachment; filename=a.html"));
  await expect(shown).toContainText("A browser would save this as a file");
  await expect.poll(() => previewedPage(app)).toBeNull();
  const save = shown.getByRole("button", { name: "Save as a file…" });
  expect(await savedBy(app, folder, () => save.click())).toEqual({ name: "a.html", text: "<p>said so</p>\n" });
  await anyway.click();
  await expectPreview(app, "said so");

  for (const [fields, words] of [
    [["Content-Type: application/zip"], "A browser would save this as a file"],
    [["Status: 204", "Content-Type: text/html"], "A browser stays on the page it was on"],
    [["Status: 302", "Location: https://example.invalid/away"], "A browser would go to another site"],
  ] as const) {
    await window.send(say(...fields));
    await expect(shown).toContainText(words);
    await expect(anyway).toHaveCount(0);
  }
  await window.setMethod("HEAD");
  await window.send(say());
  await expect(shown).toContainText("The response to a HEAD request has no body.");
});

test("the script server is stopped: said, and started from there", async ({ app, window }) => {
  using workspace = copyWorkspace("pages");
  await window.openFolder(workspace.path);
  await window.send(say());
  const shown = await render(window);
  await expectPreview(app, "said so");
  await window.server.click();
  await window.page.getByRole("button", { name: "Stop server" }).click();
  await window.dismiss();
  await expect(shown).toContainText("The script server is stopped");
  await shown.getByRole("button", { name: "Start server" }).click();
  await expectPreview(app, "said so");
  expect(Object.values(runs(workspace))).toEqual([1]);
});

test("the headers explained: what the gateway added, changed and dropped, and why", async ({ window }) => {
  using workspace = copyWorkspace("pages");
  await window.openFolder(workspace.path);
  await window.send(say("Content-Type: text/plain", "X-Own: yes", "Connection: keep-alive", "Server: mine"));
  const panel = await window.tab("Response");
  await panel.getByRole("radiogroup", { name: "Response as" }).getByText("Headers", { exact: true }).click();
  const table = panel.getByRole("table", { name: "Response headers, explained" });
  await expect(table.locator('[data-header="X-Own"]')).toHaveAttribute("data-fate", "source");
  await expect(table.locator('[data-header="Date"]')).toHaveAttribute("data-fate", "added");
  await expect(table.locator('[data-header="Connection"][data-fate="dropped"]')).toContainText("keep-alive");
  await expect(table.locator('[data-header="Connection"][data-fate="dropped"]')).toContainText("RFC 3875");
  await expect(table.locator('[data-header="Server"][data-fate="dropped"]')).toContainText("mine");
  await panel.getByRole("radiogroup", { name: "Response as" }).getByText("Source", { exact: true }).click();
  await expect(window.bytes("Response")).toContainText("<p>said so</p>");
});
