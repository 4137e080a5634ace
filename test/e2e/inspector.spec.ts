// The inspector after a browser's form: five cards in one view, the body
// decoded, and the same five tabs for every trace.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { copyWorkspace } from "../support/temp-workspace.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

/** Sixteen headers, as Firefox sends them with a form. */
const browserHeaders = [
  "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "Accept-Language: de,en-US;q=0.7,en;q=0.3",
  "Accept-Encoding: gzip, deflate, br, zstd",
  "Content-Type: application/x-www-form-urlencoded",
  "Origin: http://127.0.0.1",
  "Referer: http://127.0.0.1/cgi-bin/post.py",
  "Cookie: visits=3",
  "Upgrade-Insecure-Requests: 1",
  "Sec-Fetch-Dest: document",
  "Sec-Fetch-Mode: navigate",
  "Sec-Fetch-Site: same-origin",
  "Sec-Fetch-User: ?1",
];
const form = "name=J%C3%BCrgen&message=Gr%C3%BC%C3%9Fe+from+Dortmund%21";

async function sendBytes(window: WorkbenchWindow, head: readonly string[], body = ""): Promise<void> {
  const { port } = new URL(await window.serverAddress());
  const lines = [head[0] ?? "", `Host: 127.0.0.1:${port}`, ...head.slice(1), "Connection: close", "", body];
  const socket = connect({ port: Number(port), host: "127.0.0.1" });
  socket.end(lines.join("\r\n"));
  socket.resume();
  await once(socket, "close");
}

test("after a browser's form all five cards are in one view, and the body is decoded", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  const { page } = window;
  await page.setViewportSize({ width: 1280, height: 800 });
  await window.openFolder(workspace.path);
  const length = `Content-Length: ${form.length}`;
  await sendBytes(window, ["POST /cgi-bin/post.py HTTP/1.1", ...browserHeaders, length], form);
  await window.row(1).click();
  const xray = await window.tab("X-ray");
  const stdin = xray.getByRole("region", { name: "Stdin" });
  await expect(stdin).toContainText(`${form.length} bytes = CONTENT_LENGTH`);
  const field = (name: string) => stdin.locator("dl > div").filter({ hasText: name });
  await expect(field("name")).toContainText("Jürgen");
  await expect(field("message")).toContainText("Grüße from Dortmund!");
  await expect(stdin).toContainText("decoded as UTF-8");

  const request = xray.getByRole("region", { name: "Request" });
  await expect(request.getByText("13 more headers")).toBeVisible();
  await expect(request.getByText("Sec-Fetch-Dest", { exact: true })).toBeHidden();
  const roles = request.locator('[data-variable^="HTTP_"]');
  expect(new Set(await roles.evaluateAll((tags) => tags.map((tag) => tag.getAttribute("data-colour"))))).toEqual(
    new Set(["header"]),
  );
  await stdin.locator('[data-variable="CONTENT_LENGTH"]').hover();
  await expect(xray.locator('[data-variable="CONTENT_LENGTH"][data-active]')).toHaveCount(3);

  // All of them are in sight, without scrolling.
  const cards = xray.getByRole("region", { name: /^(Request|Environment|Stdin|Script output|To the client)$/ });
  await expect(cards).toHaveCount(5);
  for (const card of await cards.all()) await expect(card).toBeInViewport({ ratio: 1 });

  await request.getByText("13 more headers").click();
  await expect(request.getByText("Sec-Fetch-Dest", { exact: true })).toBeVisible();
});

test("the same five tabs for a script, a file and a malformed request, and what is absent says why", async ({
  window,
}) => {
  using workspace = copyWorkspace("basic");
  workspace.write("plain.txt", "plain");
  await window.openFolder(workspace.path);
  await sendBytes(window, ["GET /cgi-bin/hello.py HTTP/1.1"]);
  await sendBytes(window, ["GET /plain.txt HTTP/1.1"]);
  await sendBytes(window, ["GET /cgi-bin/hello.py HTTP/1.1", "no colon here"]);
  const tabs = window.trace.getByRole("tab");
  for (const seq of [1, 2, 3]) {
    await window.row(seq).click();
    await expect(window.traceHeading).toHaveAccessibleName(new RegExp(`^#${seq} `));
    await expect(tabs).toHaveText([/^X-ray$/, /^Streams$/, /^Response$/, /^Timing$/, /^Doctor/]);
    await expect(window.trace.getByRole("button", { name: /^More: / })).toHaveCount(0);
    const records = await window.tab("Records");
    await expect(records).toContainText(seq === 1 ? "The script ran as CGI" : /No program ran/);
    await window.tab("X-ray");
  }
});

test("the response body is saved with its bytes; a notice says what is missing of one that was not kept whole", {
  tag: "@browser", // the desktop app asks for a place
}, async ({ window, folder }) => {
  folder.makeFolder("site/cgi-bin");
  folder.write(
    "site/cgi-bin/long.sh",
    "#!/bin/sh\nprintf 'Content-Type: application/octet-stream\\n\\n\\0\\377'\nhead -c \"$QUERY_STRING\" /dev/zero\n",
  );
  folder.makeExecutable("site/cgi-bin/long.sh");
  await window.openFolder(folder.file("site"));
  const saved = async (): Promise<Buffer> => {
    const download = window.page.waitForEvent("download");
    await window.runCommand("Save response body as a file…");
    return readFileSync(await (await download).path());
  };
  await window.send("/cgi-bin/long.sh?3000000");
  await expect(window.traceHeading).toHaveAccessibleName(/^#1 /);
  const whole = await saved();
  expect([whole.length, whole[0], whole[1], whole[2]]).toEqual([3_000_002, 0, 0xff, 0]);
  await window.send("/cgi-bin/long.sh?9000000");
  await expect(window.traceHeading).toHaveAccessibleName(/^#2 /);
  expect(await saved()).toHaveLength(8 << 20);
  const notices = window.page.getByRole("region", { name: "Notices" });
  await expect(notices).toContainText("holds the first 8,388,608 bytes of the response body. The other 611,394 bytes");
});
