// Connecting an assistant: the dialog has the lines for a client, shows who asked what, and refuses all.
import { spawnSync } from "node:child_process";
import { Assistant } from "../support/assistant.js";
import { copyWorkspace } from "../support/temp-workspace.js";
import { examine } from "./examine.js";
import { expect, test } from "./shell.js";

test("an assistant that joins is shown with what it asks, until all are refused", async ({ window }) => {
  using folder = copyWorkspace("basic");
  const { page } = window;
  await window.openQuietly(folder.path);
  await window.runCommand("Connect an assistant…");
  const dialog = page.getByRole("dialog", { name: "Connect an assistant" });
  const lines = dialog.getByLabel("Lines for the client");
  await expect(lines).toContainText(folder.path);
  const { command, args } = JSON.parse((await lines.textContent()) ?? "").mcpServers["cgi-workbench"];
  const help = spawnSync(command, [...args.slice(0, -2), "mcp", "--help"], { encoding: "utf8" });
  expect(help.stdout).toContain("Usage: cgi-workbench mcp"); // what is pasted starts
  await expect(dialog).toContainText("No assistant is connected");
  expect(await examine(page, "connect an assistant")).toEqual([]);
  await using assistant = await Assistant.connect([folder.path], "2026-07-28", { name: "the test" });
  expect((await assistant.call("list_traces", { query: "is:ok" })).isError).toBe(false);
  await expect(dialog).toContainText("Connected: the test 1.");
  const asked = dialog.getByRole("region", { name: "What was asked" });
  await expect(
    asked.getByRole("listitem").filter({ hasText: /the test 1: list_traces .*is:ok.* answered/ }),
  ).toBeVisible();
  const refusal = dialog.getByRole("checkbox", { name: /Refuse all/ });
  await refusal.click();
  await expect(refusal).toBeChecked();
  expect((await assistant.call("list_traces")).structured).toEqual({ code: "assistants-refused" });
  await expect(asked.getByRole("listitem").filter({ hasText: "not answered: assistants-refused" })).toBeVisible();
  await refusal.click();
  await expect(refusal).not.toBeChecked();
  expect((await assistant.call("list_traces")).isError).toBe(false);
});
