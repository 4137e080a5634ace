// The server killed with KILL comes back by itself, with the same folder on the same port, and the window goes on.
import { isAlive } from "../support/processes.js";
import { copyWorkspace } from "../support/temp-workspace.js";
import { waitFor } from "../support/wait-for.js";
import type { RunningShell } from "./running-shell.js";
import { expect, test } from "./shell.js";

/** Waits until another process than `old` is the server. */
async function waitForServer(app: RunningShell, old: number): Promise<void> {
  await waitFor("another server", () => {
    try {
      return app.serverPid() !== old;
    } catch {
      return false; // Not started yet.
    }
  });
}

test("the server is killed: it comes back, and the next request runs", async ({ app, window }) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/hello.py");
  await window.send();
  const address = await window.serverAddress();

  const pid = app.serverPid();
  process.kill(pid, "SIGKILL");
  await waitFor("the old server is gone", () => !isAlive(pid));
  await expect(window.files).toBeVisible();
  await waitForServer(app, pid);
  await expect.poll(() => window.serverAddress()).toBe(address);
  await window.waitUntilServing();
  await window.send("/cgi-bin/hello.py?name=Grace");
  await expect(window.status).toContainText("200");
  await window.tab("Response");
  await expect(window.bytes("Response")).toContainText("Hello, Grace!");
});

test("an edit that was not saved survives the server's death and a reload of the page", async ({ app, window }) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/env.sh");
  const before = workspace.read("cgi-bin/env.sh");
  await expect(window.editor).toContainText("The environment, as it is.");
  await window.type("# not saved yet\n");
  const pid = app.serverPid();
  process.kill(pid, "SIGKILL");
  await waitFor("the old server is gone", () => !isAlive(pid));
  await waitForServer(app, pid);
  await expect(window.editor).toContainText("# not saved yet");
  await window.waitUntilServing();
  await window.page.reload();
  await window.waitUntilServing();
  await window.openFile("cgi-bin/env.sh");
  await expect(window.editor).toContainText("# not saved yet");
  expect(workspace.read("cgi-bin/env.sh")).toBe(before);
});
