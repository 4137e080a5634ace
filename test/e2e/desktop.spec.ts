// What only the desktop app has: a folder on its command line, one instance, a window that is found where it was left.
import { once } from "node:events";
import { existsSync } from "node:fs";
import { isListening, portForProgram } from "../support/free-port.js";
import { waitUntilGone } from "../support/processes.js";
import { copyWorkspace } from "../support/temp-workspace.js";
import { waitFor } from "../support/wait-for.js";
import { startElectronShell, startInTerminal, startSecondInstance } from "./electron-shell.js";
import { expect, test } from "./shell.js";
import { WorkbenchWindow } from "./workbench-window.js";

test.beforeEach(() => {
  const why = process.env["TEST_NO_ELECTRON"];
  test.skip(why !== undefined, why ?? "");
});

test("opens the folder of its command line; a second start hands its folder over and ends", async ({ folder }) => {
  using workspace = copyWorkspace("basic");
  using other = copyWorkspace("odd");
  const profile = folder.file("profile");
  const app = await startElectronShell(profile, [workspace.path]);
  const window = new WorkbenchWindow(app);
  await expect(window.file("index.html")).toBeVisible();
  expect(await startSecondInstance(profile, [other.path])).toBe(0);
  await expect(window.file("picture.bin")).toBeVisible();
  expect(app.application.windows()).toHaveLength(1);
  await app.close();
});

test("the window comes back where it was, with its size", async ({ folder }) => {
  const profile = folder.file("profile");
  const first = await startElectronShell(profile);
  const wanted = { x: 60, y: 40, width: 1111, height: 777 };
  const bounds = (app: typeof first) =>
    app.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  await first.application.evaluate(
    ({ BrowserWindow }, box) => BrowserWindow.getAllWindows()[0]?.setBounds(box),
    wanted,
  );
  await expect.poll(() => bounds(first)).toEqual(wanted);
  await first.close();
  const second = await startElectronShell(profile);
  expect(await bounds(second)).toEqual(wanted);
  await second.close();
});

test("the menu offers what the window can do", async ({ folder }) => {
  const app = await startElectronShell(folder.file("profile"));
  const labels = await app.application.evaluate(
    ({ Menu }) =>
      Menu.getApplicationMenu()?.items.flatMap((menu) => menu.submenu?.items.map(({ label }) => label) ?? []) ?? [],
  );
  expect(labels.some((label) => /open.*folder/i.test(label))).toBe(true);
  expect(labels.some((label) => /^send/i.test(label))).toBe(true);
  expect(labels).toContain("Show keyboard shortcuts…");
  expect(labels).toContain("About CGI Workbench");
  await app.close();
});

for (const how of ["electron", "npm start"] as const)
  test(`Ctrl+C in a terminal, after ${how}: scripts end in good order`, async ({ folder }) => {
    const port = await portForProgram();
    folder.makeFolder("site");
    folder.write("site/cgi-workbench.json", JSON.stringify({ server: { port } }));
    folder.write(
      "site/wait.cgi",
      '#!/bin/sh\ntrap "touch ended; exit" TERM\ntouch runs\nwhile :; do sleep 0.1; done\n',
    );
    folder.makeExecutable("site/wait.cgi");
    const app = startInTerminal(how, folder.file("profile"), folder.file("site"));
    const ended = once(app, "exit");
    const group = app.pid;
    if (group === undefined) throw new Error("it was not started");
    try {
      await waitFor("it serves", () => isListening(port));
      fetch(`http://127.0.0.1:${port}/wait.cgi`).catch(() => {}); // it gets no whole response
      await waitFor("the script runs", () => existsSync(folder.file("site/runs")));
      process.kill(-group, "SIGINT");
      await ended;
      await waitFor("the script has ended in good order", () => existsSync(folder.file("site/ended")));
    } finally {
      if (app.exitCode === null && app.signalCode === null) process.kill(-group, "SIGKILL");
      await waitUntilGone(folder.path);
    }
  });
