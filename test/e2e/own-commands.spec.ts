// Commands of the folder's own: from the palette and the menus, what they answer, and a page that wants to get out.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { copyWorkspace } from "../support/temp-workspace.js";
import { examine } from "./examine.js";
import { savedBy } from "./saved-file.js";
import { expect, test } from "./shell.js";

const script = (answer: string): string => `#!/bin/sh\ncat <<'END'\n${answer}\nEND\n`;
const diff = `Content-Type: text/x-diff

--- a/note.txt
+++ b/note.txt
@@ -1 +1 @@
-before
+after`;

test("examples are added, run on a body and a trace; a diff is shown, made and undone", async ({
  app,
  folder,
  window,
}) => {
  using workspace = copyWorkspace("basic");
  workspace.write("cgi-bin/xml.sh", script("Content-Type: application/xml\n\n<a><b>1</b></a>"));
  workspace.makeExecutable("cgi-bin/xml.sh");
  workspace.write("note.txt", "before\n");
  await window.openQuietly(workspace.path);
  const { page } = window;
  await window.runCommand("Add examples of commands of your own");
  await expect(page.getByText("Added har-filter.pl, hex-dump.sh, pretty-xml.py", { exact: false })).toBeVisible();
  await window.send("/cgi-bin/xml.sh");

  const saved = await savedBy(app, folder, () => window.chooseForTrace("Save as HAR without bodies"));
  expect(saved.name).toBe("without-bodies.har");

  const shown = await window.tab("Stdout");
  await shown.getByRole("group").first().click({ button: "right" });
  await window.chooseItem("Hex dump");
  const dump = page.getByRole("dialog", { name: "Hex dump" });
  await expect(dump.getByText(/43 6f 6e 74 65 6e 74/)).toBeVisible();
  await page.keyboard.press("Escape");

  await window.runCommand("Pretty-print XML");
  const answer = page.frameLocator('iframe[title="Answer"]').frameLocator("iframe");
  await expect(answer.getByText("<b>1</b>")).toBeVisible();
  expect(await examine(page, "a command's page")).toEqual([]);
  await page.keyboard.press("Escape");

  workspace.write(".cgi-workbench/commands/fix.sh", script(diff));
  workspace.makeExecutable(".cgi-workbench/commands/fix.sh");
  workspace.write(".cgi-workbench/commands/fix.command.json", '{ "title": "Rewrite the note", "menus": ["file"] }');
  await page.getByRole("treeitem", { name: "note.txt" }).click({ button: "right" });
  await window.chooseItem("Rewrite the note");
  const change = page.getByRole("dialog", { name: "Rewrite the note" });
  await expect(change.getByRole("list", { name: "Change to note.txt" })).toContainText("after");
  expect(await examine(page, "a command's change")).toEqual([]);
  expect(workspace.read("note.txt")).toBe("before\n");
  await change.getByRole("button", { name: "Change files" }).click();
  await expect(change).toHaveCount(0);
  await expect.poll(() => workspace.read("note.txt")).toBe("after\n");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => workspace.read("note.txt")).toBe("before\n");
});

test("nothing of an answer leaves its pane", async ({ window, app }) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.end("<h1>outside</h1>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.address() as AddressInfo;
  const at = (path: string): string => `http://127.0.0.1:${port}/${path}`;
  using workspace = copyWorkspace("basic");
  const hostile = `Content-Type: text/html

<!DOCTYPE html><title>t</title><base href="${at("base/")}"><meta http-equiv="refresh" content="0;url=${at("refresh")}">
<link rel="stylesheet" href="${at("style")}"><link rel="prefetch" href="${at("prefetch")}">
<style>@import "${at("import")}"; body { background: url(${at("background")}) } @font-face { font-family: x; src: url(${at("font")}) } p { font-family: x }</style>
<script>document.body.append("script ran"); fetch("${at("fetch")}"); parent.postMessage("x", "*"); top.location = "${at("top")}"</script>
<img src="${at("image")}" onerror="document.body.append('script ran')"><iframe src="${at("frame")}"></iframe>
<iframe srcdoc='<img src="${at("nested")}"><a href="${at("nested-link")}">nested</a>'></iframe>
<object data="${at("object")}"></object><embed src="${at("embed")}"><video src="${at("video")}" autoplay></video>
<p>The answer</p>
<a href="${at("link")}">link</a> <a href="${at("blank")}" target="_blank">blank</a>
<a href="${at("up")}" target="_top">up</a> <a href="${at("parent")}" target="_parent">parent</a> <a href="${at("ping")}" ping="${at("ping2")}" download>ping</a>
<a href="data:text/html,<img src=${at("data")}>">data</a> <a href="javascript:document.body.append('script ran')">run</a>
<form action="${at("form")}"><button>form</button></form><svg><a href="${at("svg")}"><text y="20">svg</text></a></svg>`;
  workspace.makeFolder(".cgi-workbench/commands");
  workspace.write(".cgi-workbench/commands/hostile.sh", script(hostile));
  workspace.makeExecutable(".cgi-workbench/commands/hostile.sh");
  await window.openQuietly(workspace.path);
  const { page } = window;
  await window.runCommand("hostile");
  const answer = page.frameLocator('iframe[title="Answer"]').frameLocator("iframe");
  await expect(answer.getByText("The answer")).toBeVisible();
  const address = page.url();
  const windows = page.context().pages().length;
  for (const name of ["link", "blank", "up", "parent", "ping", "data", "run", "svg", "form"]) {
    await answer.getByText(name, { exact: true }).click();
    await expect(page.getByRole("dialog", { name: "hostile" })).toBeVisible();
    if ((await answer.getByText("The answer").count()) > 0) continue;
    // The policy has put an error in the place of the page.
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await window.runCommand("hostile");
    await expect(answer.getByText("The answer")).toBeVisible();
  }
  await expect(page.getByRole("dialog", { name: "hostile" })).toBeVisible();
  await expect(page.getByText("script ran")).toHaveCount(0);
  expect([page.url(), page.context().pages().length]).toEqual([address, windows]);
  expect(asked).toEqual([]);
  server.close();
  app.complaints.length = 0; // the browser's own, about each attempt
});
