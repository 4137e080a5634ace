// One request with many values: from a value in the composer to a table of what became of each; Repeat and the library
// of hostile requests are presets of it.
import type { Locator } from "@playwright/test";
import { copyWorkspace, type TempFolder } from "../support/temp-workspace.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

const scripts: Readonly<Record<string, string>> = {
  "lookup.sh": `host=$(printf '%b' "$(echo "$QUERY_STRING" | sed 's/^host=//; s/+/ /g; s/%/\\\\x/g')")
printf 'Content-Type: text/plain\\n\\n'
eval "echo looking up $host" 2>&1`,
  "counts.sh": `n=$(cat count 2>/dev/null); n=$((n + 1)); echo $n >count
[ $((n % 4)) = 0 ] && exit 3
printf 'Content-Type: text/plain\\n\\n%s' $n`,
  "nap.sh": "sleep 600",
};

function workspaceWithScripts(): TempFolder {
  const workspace = copyWorkspace("basic");
  for (const [name, text] of Object.entries(scripts)) {
    workspace.write(`cgi-bin/${name}`, `#!/bin/bash\n${text}\n`);
    workspace.makeExecutable(`cgi-bin/${name}`);
  }
  return workspace;
}

const dialog = ({ page }: WorkbenchWindow): Locator => page.getByRole("dialog", { name: "Try values" });
const tab = ({ page }: WorkbenchWindow): Locator => page.getByRole("region", { name: "Variations" });
const rows = (window: WorkbenchWindow): Locator => tab(window).locator('[role="rowgroup"] > [role="row"]');
const start = (window: WorkbenchWindow): Promise<void> => dialog(window).getByRole("button", { name: "Start" }).click();

test("three actions from a value to the injected command that it ran", async ({ window }) => {
  using workspace = workspaceWithScripts();
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/lookup.sh");
  await window.send("/cgi-bin/lookup.sh?host=localhost");
  await expect(window.status).toContainText("200");
  await expect(window.page.getByRole("tab", { name: "Variations" })).toHaveCount(0);

  await window.page.getByRole("button", { name: "Try values for host…" }).click();
  await dialog(window).getByRole("combobox", { name: "Values" }).selectOption({ label: "Injection" });
  await expect(dialog(window).getByRole("status")).toHaveText(/^\d+ requests$/);
  await start(window);

  await expect(tab(window).getByRole("status")).toContainText("not as expected", { timeout: 60_000 });
  const ran = rows(window).filter({ hasText: "11214" }).first();
  await expect(ran).toHaveAttribute("data-broken", "true");
  await ran.click();
  await expect(window.traceHeading).toHaveAccessibleName(/GET \/cgi-bin\/lookup\.sh\?host=localhost/);
  await tab(window).getByRole("button", { name: "Compare with first" }).click();
  await expect(window.page.getByRole("tab", { name: "Compare" })).toHaveAttribute("aria-selected", "true");
});

test("from a value in the X-ray, and from bytes; rows are filtered, and saved with what their responses must have", async ({
  window,
}) => {
  using workspace = workspaceWithScripts();
  await window.openFolder(workspace.path);
  await window.send("/cgi-bin/hello.py?name=Ada&n=1");
  await expect(window.status).toContainText("200");
  await window.tab("X-ray");
  await window.trace.getByText("name=Ada", { exact: false }).first().waitFor();
  await window.chooseForTrace("Try values…");
  const place = dialog(window).getByRole("combobox", { name: "Place" });
  await place.selectOption({ label: "Query parameter n" });
  await dialog(window).getByRole("combobox", { name: "Values" }).selectOption({ label: "Numbers" });
  await dialog(window).getByRole("textbox", { name: "From..to" }).fill("0..2");
  await start(window);
  await expect(tab(window).getByRole("status")).toContainText("3 sent");
  // No row differs, and all are as expected: the room of these columns is the others'.
  await expect(tab(window).getByRole("columnheader")).toHaveText(["#", "Value", "Status", "Size", "Time", "Findings"]);
  const cut = rows(window).getByText("The script wrote to standard error");
  await expect(cut).toHaveCount(3);
  expect(await cut.evaluateAll((all) => all.filter((cell) => cell.scrollWidth > cell.clientWidth).length)).toBe(0);
  const filter = tab(window).getByRole("searchbox", { name: "Filter rows" });
  await filter.fill("status:4xx");
  await expect(rows(window)).toHaveCount(0);
  await filter.fill("/n=[12]/");
  await expect(rows(window)).toHaveCount(2);
  await tab(window).getByRole("button", { name: "Save…" }).click();
  const save = window.page.getByRole("dialog", { name: "Save 2 requests" });
  await save.getByRole("button", { name: "Save" }).click();
  const saved = window.page.getByRole("region", { name: "Saved requests" });
  await saved.getByRole("button", { name: "Run all" }).click();
  await expect(saved.getByRole("status")).toContainText("2 passed");

  await window.page.getByRole("button", { name: "Raw", exact: true }).click();
  const raw = window.page.getByRole("textbox", { name: "Raw request" });
  await raw.evaluate((field: HTMLTextAreaElement) => {
    const at = field.value.indexOf("Ada");
    field.setSelectionRange(at, at + "Ada".length);
  });
  await window.page.getByRole("button", { name: "Try values…", exact: true }).click();
  await expect(place).toHaveValue(/^bytes\./);
  await dialog(window).getByRole("combobox", { name: "Values" }).selectOption({ label: "A list" });
  await dialog(window).getByRole("textbox", { name: "Values, one on each line" }).fill("Grace\nJoan");
  await start(window);
  await expect(rows(window)).toHaveCount(2);
  await rows(window).last().click();
  await expect(window.traceHeading).toHaveAccessibleName(/name=Joan/);
});

test("Repeat: so many requests, one after the other, the failed ones marked, and Stop", async ({ window }) => {
  test.setTimeout(180_000);
  using workspace = workspaceWithScripts();
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/counts.sh");
  await (await window.inSendMenu("Repeat request…")).click();
  await dialog(window).getByRole("textbox", { name: "Times" }).fill("10");
  await start(window);
  await expect(tab(window).getByRole("status")).toContainText(/10 sent · 2 not as expected · p50/, { timeout: 90_000 });
  await tab(window).getByRole("button", { name: "Unexpected" }).click();
  await expect(rows(window)).toHaveCount(2);
  await tab(window).getByRole("grid").press("ArrowDown");
  await expect(window.traceHeading).toHaveAccessibleName(/^#4 /);

  await window.target.fill("/cgi-bin/nap.sh");
  await window.runCommand("Repeat request…");
  await start(window);
  await expect(tab(window).getByRole("progressbar", { name: "Requests sent" })).toBeVisible();
  await tab(window).getByRole("button", { name: "Stop" }).click();
  await expect(tab(window).getByRole("progressbar")).toHaveCount(0);
  await window.page.getByRole("tab", { name: /^Traces/ }).click();
  await expect(window.row(11)).toHaveAttribute("data-outcome", "stopped");
  await expect(window.row(12)).toHaveCount(0);
});

test("the library of hostile requests, with what each must lead to", async ({ window }) => {
  using workspace = workspaceWithScripts();
  await window.openFolder(workspace.path);
  await window.target.fill("/cgi-bin/lookup.sh?host=localhost");
  await window.page.getByRole("button", { name: "Raw", exact: true }).click();
  await window.page.getByRole("button", { name: "Library…" }).click();
  const library = dialog(window).getByRole("combobox", { name: "Requests of the library" });
  await library.selectOption({ label: "Two lengths that differ" });
  await expect(dialog(window)).toContainText("400 (content-length-repeated)");
  await start(window); // it is a POST
  await dialog(window).getByRole("button", { name: "Send 1 request" }).click();
  await expect(rows(window)).toHaveCount(1);
  await expect(rows(window)).toContainText("400");
  await expect(tab(window).getByRole("status")).toContainText("all as expected");
});
