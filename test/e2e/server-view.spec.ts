// The server in the bottom panel: what it is, what was noticed, and the folder's configuration with its mistakes at
// their lines.
import { createServer } from "node:net";
import type { Page } from "@playwright/test";
import { copyWorkspace } from "../support/temp-workspace.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

const showServer = async (window: WorkbenchWindow) => {
  await window.runCommand("Show server");
  const facts = window.page.getByRole("region", { name: "Server", exact: true });
  await expect(facts).toBeVisible();
  return facts;
};
const showLog = async (page: Page) => {
  await page.getByRole("radiogroup", { name: "Server or log" }).getByText("Log").click();
  return page.getByRole("log", { name: "Log entries" });
};

test("state, address, interpreters and log; stopped and started again", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  const address = await window.serverAddress();
  const facts = await showServer(window);
  await expect(facts).toContainText(address);
  await expect(facts).toContainText("0 running, 0 waiting");
  await expect(facts).toContainText(/sh.*\/bin\/(da|ba)?sh/s);
  await expect(facts).toContainText(/perl5\.\d+\.\d+/);

  await facts.getByRole("button", { name: "Stop" }).click();
  await expect(facts).toContainText("Stopped");
  await facts.getByRole("button", { name: "Start" }).click();
  await window.waitUntilServing();
  await expect(facts).toContainText("Serving");

  const log = await showLog(window.page);
  await expect(log).toContainText(`Opened ${workspace.path}`);
  await expect(log).toContainText(`Serving at ${address}`);
  await expect(log).toContainText("Stopped serving.");
  await window.page.getByRole("radiogroup", { name: "Levels shown" }).getByText("Errors", { exact: true }).click();
  await expect(log).toContainText("No entries at this level.");
});

test("a port that is taken is an error in the log", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.waitUntilServing();
  const facts = await showServer(window);
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const address = other.address();
  const port = typeof address === "object" && address !== null ? String(address.port) : "";
  await window.server.click();
  await window.page.getByRole("textbox", { name: "Port" }).fill(port);
  await window.page.getByRole("button", { name: "Use this port" }).click();
  await expect(facts.getByRole("alert")).toContainText(`Port ${port} on 127.0.0.1 is in use`);
  const log = await showLog(window.page);
  await expect(log.locator('[data-level="error"]')).toContainText(`Port ${port} on 127.0.0.1 is in use`);
  other.close();
});

test("the configuration is created, completed, checked with its lines, and applies when it is right", async ({
  window,
}) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.setSendOnSave(false);
  const facts = await showServer(window);
  await expect(facts).toContainText("None. Every setting has its default value.");
  await facts.getByRole("button", { name: "Create" }).click();
  await expect(window.page.getByRole("tab", { name: "cgi-workbench.json" })).toHaveAttribute("aria-selected", "true");
  await expect(window.editor).toContainText('"server"');
  expect(workspace.read("cgi-workbench.json")).toContain("Ctrl+Space");
  await expect(facts.getByRole("button", { name: "Open" })).toBeVisible();

  // Completion knows the settings, from the schema that the server reads the file with.
  await window.editor.locator(".view-lines").click();
  await window.page.keyboard.press("ControlOrMeta+A");
  await window.page.keyboard.insertText('{\n  "server": {\n    \n  }\n}\n');
  await window.page.keyboard.press("ControlOrMeta+Home");
  await window.page.keyboard.press("ArrowDown");
  await window.page.keyboard.press("ArrowDown");
  await window.page.keyboard.press("End");
  await window.page.keyboard.press("Control+Space");
  await expect(window.page.locator(".suggest-widget")).toContainText("allowedOrigins");
  await window.page.keyboard.press("Escape");

  // From outside: the editor would indent what is typed. It shows the new text by itself.
  await window.page.keyboard.press("ControlOrMeta+S");
  await expect.poll(() => workspace.read("cgi-workbench.json")).not.toContain("Ctrl+Space");
  workspace.write("cgi-workbench.json", '{\n  "server": {\n    "prot": 80\n  }\n}\n');
  await expect(window.editor).toContainText("prot");
  await expect(window.statusBar.getByRole("button", { name: "1 problem" })).toBeVisible();
  await expect(window.page.getByRole("tab", { name: /^Server 1/ })).toBeVisible();
  await expect(facts).toContainText("cgi-workbench.json, line 3: server.prot: there is no such setting.");
  const log = await showLog(window.page);
  await expect(
    log.locator('[data-about="configuration"][data-level="error"]').filter({ hasText: "line 3" }),
  ).toBeVisible();
  await showServer(window);
  await window.openFile("index.html");
  await facts.getByRole("button", { name: "Go to line 3" }).click();
  await expect(window.statusBar).toContainText("Ln 3, Col 1");
  await expect(window.page.getByRole("tab", { name: "cgi-workbench.json" })).toHaveAttribute("aria-selected", "true");

  workspace.write("cgi-workbench.json", '{ "limits": { "memoryBytes": 20000000 } }\n');
  await expect(facts).toContainText("of 19.1 MiB");
  await showLog(window.page);
  await expect(log).toContainText("The configuration is valid again and active.");
  await expect(window.statusBar.getByRole("button", { name: /problem/ })).toHaveCount(0);
});
