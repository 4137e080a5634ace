// Stored traces: after the window and its server have ended, the next window has them below its own, finds
// them by a word in a body, and opens them.
import type { Locator } from "@playwright/test";
import { copyWorkspace } from "../support/temp-workspace.js";
import { comparison } from "./explorer.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

/** Two requests with the word “Sofakissen” in their bodies. */
async function sendTwoNotes(window: WorkbenchWindow): Promise<void> {
  await window.setMethod("POST");
  await window.setBody("note=Sofakissen&count=2");
  await window.send("/cgi-bin/post.py");
  await window.send("/cgi-bin/post.py?second");
}
const settings = (window: WorkbenchWindow): Locator => window.page.getByRole("dialog", { name: "Settings" });

test("found by a word in its body after the next start, and opened", async ({ app, window, nextStart }) => {
  test.setTimeout(120_000);
  using workspace = copyWorkspace("basic");
  await window.openQuietly(workspace.path);
  await sendTwoNotes(window);
  // This run's own traces are searched the same way, as soon as they are stored.
  await window.waitUntilStored("body:Sofakissen", 2);
  await app.close();

  const next = await nextStart();
  await next.page.getByRole("button", { name: new RegExp(workspace.path) }).click();
  await next.waitUntilServing();
  await expect(next.traces.getByRole("row", { name: /session, newest shown \d\d:\d\d/ })).toHaveCount(1);
  await expect(next.row(1)).toHaveCount(1);
  await next.setMethod("GET");
  await next.send("/cgi-bin/hello.py");
  await expect(next.rows).toHaveCount(3);

  await next.filter.fill("Sofakissen");
  await expect(next.hits).toHaveCount(2);
  await expect(next.hits.first()).toContainText("request body");
  await expect(next.hits.first().locator("mark")).toHaveText("Sofakissen");
  await next.row(2).click();
  await next.page.keyboard.press("c");
  const compared = next.page.getByRole("region", { name: "Compare", exact: true });
  const chosen = compared.getByRole("combobox", { name: "Left trace" }).locator("option:checked");
  await expect(chosen).toHaveText(/^#1 · 200 · .* · POST .*post\.py/);
  await expect(compared.getByRole("region", { name: "Request", exact: true })).toContainText("second");
  await next.page.getByRole("tab", { name: /^Traces/ }).click();
  await next.row(1).click();
  await expect(next.traceHeading).toHaveAccessibleName(/^#1 POST \/cgi-bin\/post\.py/);
  await next.tab("Stdin");
  await expect(next.bytes("Stdin")).toContainText("note=Sofakissen&count=2");
  await next.filter.fill("body:no-such-word");
  await expect(next.page.getByText(/None of the .* matches the filter/)).toBeVisible();
  await next.page.getByRole("button", { name: "Clear filter" }).click();
  await expect(next.rows).toHaveCount(3);
});

test("the palette finds them by a word in a body and leads to its place, and to all of them", async ({ window }) => {
  test.setTimeout(120_000);
  using workspace = copyWorkspace("basic");
  await window.openQuietly(workspace.path);
  await sendTwoNotes(window);
  await window.waitUntilStored("body:Sofakissen", 2);
  await window.page.keyboard.press("ControlOrMeta+k");
  const palette = window.page.getByRole("dialog", { name: "Search files and commands" });
  await palette.getByRole("combobox").fill("Sofakissen");
  const found = palette.getByRole("option", { name: /request body/ });
  await expect(found).toHaveCount(2);
  await found.nth(1).click();
  await expect(window.traceHeading).toHaveAccessibleName(/^#1 POST \/cgi-bin\/post\.py$/);
  await expect(window.bytes("Stdin")).toContainText("note=Sofakissen&count=2");
  await window.page.keyboard.press("ControlOrMeta+k");
  await palette.getByRole("combobox").fill("Sofakissen");
  await palette.getByRole("option", { name: "Show all traces that contain “Sofakissen”" }).click();
  await expect(window.filter).toHaveValue('text:"Sofakissen"');
  await expect(window.hits).toHaveCount(2);
});

test("a mistake marks the field and keeps the last result; clear leaves what is stored", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await window.openQuietly(workspace.path);
  await window.send("/cgi-bin/hello.py?name=Ada");
  await window.send("/cgi-bin/hello.py?name=Grace");
  await window.filter.fill("env:QUERY_STRING=name=Ada");
  await expect(window.hits).toHaveCount(1);
  await window.filter.fill("env:QUERY_STRING=name=Ada after:whenever");
  await expect(window.filter).toHaveAttribute("aria-invalid", "true");
  await expect(window.hits).toHaveCount(1);
  await window.filter.fill("");
  await expect(window.filter).toHaveAttribute("aria-invalid", "false");
  await expect(window.rows).toHaveCount(2);

  await (await window.inListMenu(/^Clear traces/)).click();
  await expect(window.rows).toHaveCount(0);
  await window.filter.fill("name=Ada");
  await expect(window.rows).toHaveCount(1);
  await window.filter.fill("");
  await expect(window.rows).toHaveCount(0);
});

test("each folder has its own list, also after it was cleared in another one", async ({ window }) => {
  using first = copyWorkspace("basic");
  using second = copyWorkspace("basic");
  await window.openQuietly(first.path);
  await window.send("/cgi-bin/hello.py?name=Ada");
  await window.waitUntilStored("env:QUERY_STRING=name=Ada", 1);
  await window.filter.fill("");
  await window.askForAnotherFolder(second.path);
  await expect(window.rows).toHaveCount(0);
  await window.send("/cgi-bin/hello.py?name=Grace");
  await expect(window.rows).toHaveCount(1);
  await (await window.inListMenu(/^Clear traces/)).click();
  await expect(window.rows).toHaveCount(0);
  await window.askForAnotherFolder(first.path);
  await expect(window.rows).toHaveCount(1);
  await window.row(1).click();
  await expect(window.traceHeading).toHaveAccessibleName(/^#1 GET .*name=Ada/);
});

test("forgetting asks first, and then nothing is left", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await window.openQuietly(workspace.path);
  await window.send("/cgi-bin/hello.py");
  await window.waitUntilStored("env:SCRIPT_NAME=hello", 1);
  await window.runCommand("Settings…");
  await expect(settings(window)).toContainText(/1 trace since \d{4}-\d\d-\d\d/);
  await settings(window).getByRole("button", { name: "Forget everything…" }).click();
  const question = window.page.getByRole("dialog", { name: "Forget all traces of this folder?" });
  await expect(question).toContainText("This cannot be undone.");
  await question.getByRole("button", { name: "Forget everything" }).click();
  await expect(question).toHaveCount(0);
  await expect(settings(window)).toContainText("Nothing is stored.");
  await window.dismiss();
  await expect(window.rows).toHaveCount(0);
});

const says = (word: string): string => `#!/bin/sh
printf 'Content-Type: text/plain\\n\\n'
echo "${word} greeting for $REQUEST_METHOD"
cat
`;

test("a request of an earlier session, found by a word in its body, runs against both versions of its script", async ({
  app,
  window,
  nextStart,
}) => {
  test.setTimeout(120_000);
  using workspace = copyWorkspace("basic");
  workspace.write("cgi-bin/greet.sh", says("old"));
  workspace.makeExecutable("cgi-bin/greet.sh");
  await window.openQuietly(workspace.path);
  await window.setMethod("POST");
  await window.setBody("note=Sofakissen");
  await window.send("/cgi-bin/greet.sh");
  await window.waitUntilStored("body:Sofakissen", 1);
  await app.close();
  workspace.write("cgi-bin/greet.sh", says("new"));

  const next = await nextStart();
  await next.page.getByRole("button", { name: new RegExp(workspace.path) }).click();
  await next.waitUntilServing();
  await next.row(1).click();
  await expect(next.traceHeading).toHaveAccessibleName(/^#1 POST /);
  await next.runCommand("Compare the version that the trace ran with the file");
  await expect(comparison(next, "greet.sh")).toContainText("old");
  await expect(comparison(next, "greet.sh")).toContainText("new");
  await next.filter.fill("Sofakissen");
  await expect(next.hits).toHaveCount(1);
  await next.row(1).click({ button: "right" });
  await next.chooseItem("Send to both versions and compare", "Versions of the script");
  const compared = next.page.getByRole("region", { name: "Compare", exact: true });
  const stdout = compared.getByRole("region", { name: "Stdout" });
  await expect(stdout).toContainText("old greeting for POST");
  await expect(stdout).toContainText("new greeting for POST");
  await expect(compared.getByRole("table", { name: "Environment" })).toContainText("version");

  // The traces of the version that ran then: yesterday's, and the one that was sent to it now.
  await next.page.getByRole("tab", { name: /^Traces/ }).click();
  await next.filter.fill("");
  await expect(next.rows).toHaveCount(3);
  await next.rows.last().click({ button: "right" });
  await next.chooseItem("Version of the script", "Show only");
  await expect(next.filter).toHaveValue(/^version:[0-9a-f]{12}$/);
  await expect(next.rows).toHaveCount(2);

  await next.rows.last().click({ button: "right" });
  await next.chooseItem("Figures of this script…", "Versions of the script");
  const figures = next.page.getByRole("dialog", { name: "Figures of greet.sh" });
  await expect(figures.getByRole("table", { name: "Versions" }).locator("tbody tr")).toHaveCount(2);
  await expect(figures).toContainText("3 requests since");
  await figures.getByRole("table", { name: "Slowest" }).getByRole("button").first().click();
  await expect(figures).toHaveCount(0);
  await expect(next.traceHeading).toHaveAccessibleName(/POST \/cgi-bin\/greet\.sh/);
});
