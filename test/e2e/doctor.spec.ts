// A student's way with the doctor: the broken example, its finding, the quick fix from the editor
// and its proof; the same from the Doctor tab, with a preview and undo; markers before any run; and
// from a server's log message to its cause.
import { statSync } from "node:fs";
import { fixTitle } from "../support/fix-title.js";
import { program } from "../support/temp-workspace.js";
import { quickFix } from "./quick-fix.js";
import { expect, test } from "./shell.js";

test("the broken example: what is wrong, the quick fix from the editor, green, and undo", async ({
  window,
  folder,
}) => {
  test.skip(!program("perl"), "Perl is missing");
  const { page, editor } = window;
  await page.getByRole("button", { name: "Try the examples…" }).click();
  await page.getByRole("textbox", { name: "Folder for the examples" }).fill(folder.file("copy"));
  await page.getByRole("button", { name: "Copy and open" }).click();
  await expect(window.status).toContainText("200");
  await window.openFile("cgi-bin/broken.pl");
  await page.getByRole("button", { name: "syntax not checked" }).click();
  await expect(page.getByText("perl -c")).toBeVisible();
  await page.keyboard.press("Escape");
  await window.send("/cgi-bin/broken.pl");
  await expect(window.status).toContainText("500");

  // The explanation, with the bytes that prove it.
  await window.tab("Doctor");
  const finding = page.locator('article[data-rule="empty-line-missing"]');
  await expect(finding).toContainText("<!doctype html>");
  const apache = finding.getByRole("row", { name: /^Apache malformed header/ });
  await expect(apache).toContainText("500 Internal Server Error");
  await expect(apache).toContainText("'broken.pl': Bad header: <!doctype html>");
  await expect(finding.getByRole("row", { name: /^nginx/ })).toContainText('invalid header: "<!doctype\\x20..."');
  await expect(apache).toContainText(/Premature end.*not tested/);
  await finding.getByRole("button", { name: /^Show the \d+ bytes at 0x/ }).click();
  await expect(window.bytes("Stdout").locator(".byte-selected").first()).toContainText("<!doctype html>");
  await window.tab("Doctor");

  // The fix, from the line that it will change, which is further down than the editor shows here.
  await editor.locator(".view-lines").click();
  await page.keyboard.press("ControlOrMeta+End");
  await expect(editor.locator(".squiggly-error").first()).toBeVisible();
  const row = page.getByRole("treeitem", { name: /broken\.pl/ });
  await expect(row.getByRole("img", { name: "1 error" })).toBeVisible();
  await quickFix(window, "Content-Type", fixTitle("add-empty-line"));
  await expect(page.getByRole("region", { name: "Doctor" }).getByRole("status")).toContainText("Fixed.");
  await expect(window.status).toContainText("200");
  await expect(editor.locator(".squiggly-error")).toHaveCount(0);
  await expect(row.getByRole("img", { name: "1 error" })).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Doctor" })).toContainText("No problems found");
  expect(folder.read("copy/cgi-bin/broken.pl")).toContain('charset=utf-8\\n\\n";');

  // It was an edit like any other.
  await editor.locator(".view-lines").click();
  await page.keyboard.press("ControlOrMeta+Z");
  await expect(editor).toContainText('charset=utf-8\\n";');
});

test("from the tab: the change is shown, made, proved and undone; no request is sent twice", async ({
  window,
  folder,
}) => {
  folder.makeFolder("site/cgi-bin");
  folder.write("site/cgi-bin/hello.cgi", "#!/bin/sh\r\nprintf 'Content-Type: text/plain\\n\\nhello\\n'\r\n");
  folder.makeExecutable("site/cgi-bin/hello.cgi");
  const { page } = window;
  await window.openFolder(folder.file("site"));
  await window.openFile("cgi-bin/hello.cgi");
  await expect(window.editor.locator(".squiggly-error").first()).toBeVisible(); // known before any run
  await window.send("/cgi-bin/hello.cgi");
  await window.tab("Doctor");
  await page.getByRole("button", { name: `${fixTitle("use-line-feeds")}…` }).click();
  const change = page.getByRole("group", { name: fixTitle("use-line-feeds") });
  await expect(change.getByRole("listitem").first()).toContainText("#!/bin/shCR");
  await expect(change).toContainText("cgi-bin/hello.cgi");
  await change.getByRole("button", { name: "Apply and send again" }).click();
  const proof = page.locator("[data-proof]");
  await expect(proof).toHaveAttribute("data-proof", "gone");
  await expect(window.status).toContainText("200");
  expect(folder.read("site/cgi-bin/hello.cgi")).not.toContain("\r");
  await expect(page.getByRole("button", { name: "Encoding: UTF-8", exact: true })).toBeVisible(); // no word of CRLF
  await expect(page.getByRole("tab", { name: "Traces 2" })).toBeVisible();
  await proof.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => folder.read("site/cgi-bin/hello.cgi")).toContain("#!/bin/sh\r\n");
});

test("what was typed after a fix does not go when the fix is undone", async ({ window, folder }) => {
  folder.makeFolder("site/cgi-bin");
  folder.write("site/cgi-bin/hello.cgi", "#!/bin/sh\r\nprintf 'Content-Type: text/plain\\n\\nhello\\n'\r\n");
  folder.makeExecutable("site/cgi-bin/hello.cgi");
  const { page } = window;
  await window.openFolder(folder.file("site"));
  await window.openFile("cgi-bin/hello.cgi");
  await window.send("/cgi-bin/hello.cgi");
  await window.tab("Doctor");
  await page.getByRole("button", { name: `${fixTitle("use-line-feeds")}…` }).click();
  await page
    .getByRole("group", { name: fixTitle("use-line-feeds") })
    .getByRole("button", { name: "Apply and send again" })
    .click();
  const proof = page.locator("[data-proof]");
  await expect(proof).toHaveAttribute("data-proof", "gone");
  const fixed = folder.read("site/cgi-bin/hello.cgi");
  await window.type("# later");
  await proof.getByRole("button", { name: "Undo" }).click();
  await expect(window.failure(/was changed since/)).toBeVisible();
  await expect(window.editor).toContainText("# later");
  expect(folder.read("site/cgi-bin/hello.cgi")).toBe(fixed);
});

test("before any run: a missing execute bit, in the editor and mended there; Python 2 recognised while it is typed", async ({
  window,
  folder,
}) => {
  test.skip(!program("python3"), "Python is missing");
  folder.makeFolder("site/cgi-bin");
  folder.write("site/cgi-bin/a.cgi", "#!/usr/bin/env python3\nprint('Content-Type: text/plain')\n");
  const { page, editor } = window;
  await window.openFolder(folder.file("site"));
  await window.openFile("cgi-bin/a.cgi");
  await expect(editor.locator(".squiggly-error").first()).toBeVisible();
  await quickFix(window, "#!/usr/bin/env", fixTitle("make-executable"));
  await expect.poll(() => statSync(folder.file("site/cgi-bin/a.cgi")).mode & 0o111).toBe(0o111);
  await expect(editor.locator(".squiggly-error")).toHaveCount(0);

  await window.rewrite('#!/usr/bin/env python3\nprint "Content-Type: text/plain"\nprint\n');
  await expect(editor.locator(".squiggly-error").first()).toBeVisible();
  await quickFix(window, "Content-Type", fixTitle("print-function"));
  await expect
    .poll(() => folder.read("site/cgi-bin/a.cgi"))
    .toBe('#!/usr/bin/env python3\nprint("Content-Type: text/plain")\nprint()\n');
  await expect(editor.locator(".squiggly-error")).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Notices" })).not.toContainText("failed");
});

test("a sentence from a server's log leads to its causes, and to the answer", async ({ window }) => {
  const { page } = window;
  await page.getByRole("button", { name: "Search files, traces and commands" }).click();
  await page.getByRole("dialog", { name: "Search files and commands" }).getByRole("combobox").fill("doctor");
  await page.getByRole("option", { name: "Show all doctor rules…" }).first().click();
  const index = page.getByRole("dialog", { name: "Doctor: all rules" });
  const field = index.getByRole("searchbox", { name: "Log message or words" });
  await expect(index.getByRole("status")).toContainText(/^\d\d+ rules$/);
  await field.fill("End of script output before headers: guestbook.py");
  await expect(index.getByRole("status")).toContainText(/has \d+ causes/);
  await index.getByRole("button", { name: "The script wrote nothing" }).click();
  await expect(index.getByRole("region", { name: "The script wrote nothing" })).toContainText("Apache");
  await field.fill("malformed header from script 'x.py': Bad header: Hello");
  await expect(index.getByRole("button", { name: /printed before the headers/ })).toBeVisible();
  await field.press("ArrowDown");
  await field.fill("no server ever said this zzyzx");
  await expect(index.getByRole("status")).toHaveText("No matching rule");
  await page.keyboard.press("Escape");
  await expect(index).toHaveCount(0);
});
