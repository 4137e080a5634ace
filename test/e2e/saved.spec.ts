// Requests worth keeping: saved from a trace with assertions, run again after the script was broken, and on the command
// line; sent from the editor, with environments.
import { testReport } from "../../server/contract/command-output.js";
import { commandLine } from "../support/command-line.js";
import type { TempFolder } from "../support/temp-workspace.js";
import { examine } from "./examine.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

const greeting = `#!/bin/sh
printf 'Content-Type: text/html; charset=utf-8\\n\\n'
printf '<p>Hello, %s</p>\\n' "$QUERY_STRING"
`;

/** Logs in, and shows a page to those who have the token. */
const shop = `#!/bin/sh
printf 'Content-Type: text/plain\\n'
case "$PATH_INFO" in
/login) printf 'Location: /cgi-bin/shop.sh/page?t-42\\nStatus: 302\\n\\n' ;;
*) test "$QUERY_STRING" = t-42 && printf '\\nwelcome\\n' ;;
esac
`;
const shopRequests = `### login
# @assert status == 302
# @capture ticket = field Location matches /page\\?(.*)/
POST /cgi-bin/shop.sh/login

### page
# @assert body contains welcome
GET /cgi-bin/shop.sh/page?{{ticket}}
`;

function site(folder: TempFolder): string {
  folder.makeFolder("site");
  folder.makeFolder("site/cgi-bin");
  folder.write("site/cgi-bin/hello.sh", greeting);
  folder.makeExecutable("site/cgi-bin/hello.sh");
  return folder.file("site");
}

const requestsTab = (window: WorkbenchWindow) =>
  window.page.getByRole("tablist", { name: /^Traces/ }).getByRole("tab", { name: "Requests" });
const rowOf = (window: WorkbenchWindow, name: string) =>
  savedOf(window)
    .getByRole("row")
    .filter({ has: window.page.getByRole("rowheader", { name, exact: true }) });
const savedOf = (window: WorkbenchWindow) => window.page.getByRole("region", { name: "Saved requests" });
const environment = (window: WorkbenchWindow) =>
  window.page.locator(".composer-line").getByRole("button", { name: /^Environment: / });

test("a request is saved from a trace, and fails with its reason once the script is broken", async ({
  window,
  folder,
}) => {
  test.slow(); // it runs the command line, too
  const { page } = window;
  const path = site(folder);
  await window.openFolder(path);
  await window.openFile("cgi-bin/hello.sh");
  await window.setSendOnSave(false);
  await window.send("/cgi-bin/hello.sh?ada");

  await requestsTab(window).click();
  await expect(page.getByText("No saved requests")).toBeVisible();

  await window.trace.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Save request…" }).click();
  const dialog = page.getByRole("dialog", { name: "Save request" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("greeting");
  await expect(dialog.getByRole("combobox", { name: "Request file" })).toHaveValue("requests.http");
  for (const assertion of ["status == 200", "field Content-Type contains text/html", "stderr empty"])
    await expect(dialog.getByRole("checkbox", { name: assertion })).toBeChecked();
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(dialog).toHaveCount(0);
  const kept = folder.read("site/requests.http");
  expect(kept).toMatch(/^@host = http:\/\/127\.0\.0\.1:\d+\n\n### greeting\n# @assert status == 200\n/);
  expect(kept).toContain("\nGET {{host}}/cgi-bin/hello.sh?ada HTTP/1.1\n");

  const saved = savedOf(window);
  const row = saved.getByRole("row", { name: /greeting/ });
  await expect(row).toContainText("not run");
  await saved.getByRole("button", { name: "Run all" }).click();
  await expect(row).toContainText("passed");
  await expect(row).toContainText("first run");

  // Broken as people do it: something goes to stderr, and the type is another one.
  await window.rewrite(
    greeting.replace("text/html", "text/plain").replace("printf '<p>", "echo oops >&2\nprintf '<p>"),
  );
  await expect.poll(() => folder.read("site/cgi-bin/hello.sh")).toContain("oops");
  await saved.getByRole("button", { name: "Run all" }).click();
  await expect(row).toContainText("failed");
  await expect(row).toContainText("fails now");
  await expect(saved.getByRole("status")).toHaveText("0 passed, 1 failed, 1 changed since the previous run");
  const reason = saved.getByRole("button", { name: /field Content-Type contains text\/html: .*text\/plain/ });
  await expect(reason).toBeVisible();
  await expect(saved.getByRole("button", { name: /stderr empty: .*oops/ })).toBeVisible();
  expect(await examine(page, "failed requests")).toEqual([]);

  // The failure leads to its trace, its place to the file.
  const said = await reason.textContent();
  await reason.click();
  await expect(window.traceHeading).toHaveAccessibleName(/^#3 GET \/cgi-bin\/hello\.sh/);
  await saved.getByRole("button", { name: /^5:11/ }).first().click();
  await expect(window.editor).toContainText("@assert status == 200");

  // The command line says the same.
  const { stdout, exitCode } = await commandLine(["test", path, "--json"]);
  expect(exitCode).toBe(1);
  const report = testReport.parse(JSON.parse(stdout.toString()));
  expect(report.requests[0]?.failures.map(({ why }) => why.text)).toContain(said);
});

test("requests are sent from the editor, with the chosen environment", async ({ window, folder }) => {
  const { page } = window;
  const path = site(folder);
  folder.write("site/http-client.env.json", JSON.stringify({ dev: { who: "ada" }, live: { who: "grace" } }));
  folder.write(
    "site/two.http",
    "### first\n# @assert body contains ada\nGET /cgi-bin/hello.sh?{{who}}\n\n### second\nGET /cgi-bin/hello.sh?second\n",
  );
  await window.openFolder(path);
  await window.openFile("cgi-bin/hello.sh");
  await expect(environment(window)).toHaveAccessibleName("Environment: No environment");
  await environment(window).click();
  await page.getByRole("menuitemradio", { name: "live" }).click();
  await expect(environment(window)).toHaveAccessibleName("Environment: live");

  // The composer's own request has its values, too.
  await page.keyboard.press("Escape");
  await window.send("/cgi-bin/hello.sh?{{who}}");
  await expect(window.traceHeading).toHaveAccessibleName(/^#1 GET \/cgi-bin\/hello\.sh\?grace/);

  await window.openFile("two.http");
  await expect(window.editor.locator(".editor-requests-send")).toHaveCount(2);
  await window.editor.locator(".view-line").filter({ hasText: "second" }).last().click();
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(window.traceHeading).toHaveAccessibleName(/^#2 GET \/cgi-bin\/hello\.sh\?second/);
  await window.editor.locator(".editor-requests-send").first().click();
  await expect(window.traceHeading).toHaveAccessibleName(/^#3 GET \/cgi-bin\/hello\.sh\?grace/);
  const notice = page.getByText(/first failed\. body contains ada/);
  await expect(notice).toBeVisible();
  await page.getByRole("button", { name: "Show requests" }).click();
  await expect(rowOf(window, "first")).toContainText("failed");
  await expect(rowOf(window, "second")).toContainText("passed");
});

test("a login gives the next request its token; the results are there after a reload and a restart", async ({
  app,
  window,
  folder,
  nextStart,
}) => {
  test.slow(); // it starts twice
  const path = site(folder);
  folder.write("site/cgi-bin/shop.sh", shop);
  folder.makeExecutable("site/cgi-bin/shop.sh");
  folder.write("site/shop.http", shopRequests);
  await window.openFolder(path);
  await window.waitUntilServing();
  await requestsTab(window).click();
  const saved = savedOf(window);
  await saved.getByRole("button", { name: "Run all" }).click();
  await expect(saved.getByRole("status")).toHaveText("2 passed");
  await expect(rowOf(window, "page")).toContainText("/cgi-bin/shop.sh/page?t-42");
  await expect(rowOf(window, "page")).toContainText("first run");

  folder.write("site/cgi-bin/shop.sh", shop.replace("welcome", "goodbye"));
  await saved.getByRole("button", { name: "Run all" }).click();
  await expect(saved.getByRole("status")).toHaveText("1 passed, 1 failed, 1 changed since the previous run");

  const expectResults = async (now: WorkbenchWindow): Promise<void> => {
    await requestsTab(now).click();
    await expect(rowOf(now, "login")).toContainText("passed");
    await expect(rowOf(now, "login")).toContainText("same");
    await expect(rowOf(now, "page")).toContainText("failed");
    await expect(rowOf(now, "page")).toContainText("fails now");
    await expect(savedOf(now).getByRole("button", { name: /body contains welcome: .*goodbye/ })).toBeVisible();
  };
  await window.page.reload();
  await expectResults(window);

  await app.close();
  const next = await nextStart();
  await next.page.getByRole("button", { name: new RegExp(path) }).click();
  await next.waitUntilServing();
  await expectResults(next);
  folder.write("site/cgi-bin/shop.sh", shop);
  await savedOf(next).getByRole("button", { name: "Run all" }).click();
  await expect(rowOf(next, "page")).toContainText("passes now");
});

test("the composed request is saved, without its sign-in unless asked for", async ({ window, folder }) => {
  const { page } = window;
  await window.openFolder(site(folder));
  await window.openFile("cgi-bin/hello.sh");
  await window.showPart("Sign-in");
  await page.getByRole("textbox", { name: "User" }).fill("ada");
  await (await window.inSendMenu("Save request…")).click();
  const dialog = page.getByRole("dialog", { name: "Save request" });
  await expect(dialog.getByRole("checkbox", { name: /Authorization/ })).not.toBeChecked();
  expect(await examine(page, "saving a request")).toEqual([]);
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(savedOf(window).getByRole("row", { name: /GET \/cgi-bin\/hello\.sh/ })).toContainText("not run");
  expect(folder.read("site/requests.http")).not.toContain("Authorization");
});
