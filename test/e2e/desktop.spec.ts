// What only the desktop app has: a folder on its command line, one instance, a window that is found where it was left.
import { copyWorkspace } from "../support/temp-workspace.js";
import { startElectronShell, startSecondInstance } from "./electron-shell.js";
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
