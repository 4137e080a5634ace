// What other processes do with the stored traces of the open folder: it appears in the window by itself.
import type { Locator } from "@playwright/test";
import { commandLine } from "../support/command-line.js";
import { copyWorkspace } from "../support/temp-workspace.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

const rowOf = (window: WorkbenchWindow, name: string): Locator => window.rows.filter({ hasText: `name=${name}` });

test("a request of the command line appears in the list, under the filter, and in the graph", async ({
  window,
  folder,
}) => {
  test.setTimeout(300_000);
  using workspace = copyWorkspace("basic");
  const env = { ...process.env, XDG_DATA_HOME: `${folder.file("profile")}-data` };
  const request = async (name: string): Promise<void> => {
    const { exitCode } = await commandLine(["request", workspace.path, `/cgi-bin/hello.py?name=${name}`], { env });
    expect(exitCode).toBe(0);
  };
  await window.openQuietly(workspace.path);
  await window.send("/cgi-bin/hello.py?name=Ada");
  await request("Grace");
  await expect(rowOf(window, "Grace")).toHaveCount(1);
  await expect(window.rows).toHaveText([/name=Grace/, /name=Ada/]);
  await window.send("/cgi-bin/hello.py?name=Edsger");
  await expect(window.rows).toHaveText([/name=Edsger/, /name=Grace/, /name=Ada/]);

  await rowOf(window, "Grace").click();
  await expect(window.traceHeading).toHaveAccessibleName(/^#2 GET \/cgi-bin\/hello\.py/);
  await window.tab("Response");
  await expect(window.bytes("Response")).toContainText("Grace");

  await window.filter.fill("name=Barbara");
  await expect(window.rows).toHaveCount(0);
  await request("Barbara");
  await expect(window.rows).toHaveCount(1);
  await window.filter.fill("body:Donald"); // the store alone can tell
  await expect(window.rows).toHaveCount(0);
  await request("Donald");
  await expect(window.rows).toHaveCount(1);
  await window.filter.fill("");
  await expect(window.rows).toHaveCount(5);

  const graph = await window.latency();
  await expect(graph.locator("button[data-trace-id]")).toHaveCount(5);
  await window.page.reload();
  await window.page.getByRole("tab", { name: /^Traces/ }).click();
  await expect(window.rows).toHaveCount(5);
});

test("two windows on a folder: each shows what is sent, named, pinned and deleted in the other", {
  tag: "@browser",
}, async ({ window, nextStart }) => {
  test.setTimeout(300_000);
  using workspace = copyWorkspace("basic");
  await window.openQuietly(workspace.path);
  await window.send("/cgi-bin/hello.py?name=Ada");
  const other = await nextStart(); // a server of its own, with the same data
  await other.openQuietly(workspace.path);
  await expect(rowOf(other, "Ada")).toHaveCount(1); // stored before it began
  await other.send("/cgi-bin/hello.py?name=Grace");
  await expect(window.rows).toHaveText([/name=Grace/, /name=Ada/]);
  await window.send("/cgi-bin/hello.py?name=Edsger");
  await expect(other.rows).toHaveText([/name=Edsger/, /name=Grace/, /name=Ada/]);

  const press = async (name: string, key: string): Promise<void> => {
    await rowOf(other, name).click();
    await other.traces.focus();
    await other.page.keyboard.press(key);
  };
  await press("Ada", "p");
  await expect(rowOf(window, "Ada")).toHaveAttribute("data-pinned", "true");
  await press("Edsger", "n");
  const asking = other.page.getByRole("dialog", { name: /^Name, note and tags/ });
  await asking.getByLabel("Name").fill("Theirs");
  await asking.getByRole("button", { name: "Save" }).click();
  await expect(rowOf(other, "Edsger")).toContainText("Theirs");
  await expect(rowOf(window, "Edsger")).toContainText("Theirs");
  await press("Grace", "Delete");
  await expect(rowOf(window, "Grace")).toHaveCount(0);
  await other.page.getByRole("button", { name: "Undo" }).click();
  await expect(rowOf(window, "Grace")).toHaveCount(1);
  await expect(window.rows).toHaveCount(3);
});
