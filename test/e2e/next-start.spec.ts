// What a person set and wrote is there at the next start: in the desktop app by its profile, in a browser, where the
// server may have another port, by the server.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, statSync } from "node:fs";
import type { Locator } from "@playwright/test";
import { occupiedPort } from "../support/free-port.js";
import { holdFile } from "../support/held-file.js";
import { copyWorkspace, type TempFolder } from "../support/temp-workspace.js";
import { waitFor } from "../support/wait-for.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

test("theme, panes, recent folders, tabs and unsaved edits are there after the next start", async ({
  app,
  window,
  folder,
  nextStart,
}) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/env.sh");
  await expect(window.editor).toContainText("The environment, as it is.");
  await window.type("# not saved yet\n");
  await window.runCommand("Use dark theme");
  await window.runCommand("Show or hide inspector");
  await expect(window.page.getByRole("region", { name: "Inspector" })).toBeHidden();
  const address = new URL(window.page.url());
  const kept = folder.file("profile-data/cgi-workbench/window.json");
  if (app.kind === "browser")
    await waitFor("the server has all of it", () => {
      const text = existsSync(kept) ? readFileSync(kept, "utf8") : "";
      return ["not saved", "dark", String.raw`\"inspector\":false`].every((part) => text.includes(part));
    });
  await app.close();

  // By chance the next server might get the same port. If another program has it already, it cannot.
  const held = app.kind === "browser" ? await occupiedPort(Number(address.port)).catch(() => null) : null;
  const next = await nextStart().finally(() => held?.release());
  if (app.kind === "browser") {
    expect(next.page.url()).not.toBe(address.href);
    expect(statSync(kept).mode & 0o777).toBe(0o600);
    // The values were there before the page's modules read them: it did not load again.
    expect(await next.page.evaluate(navigationTypes)).toEqual(["navigate"]);
  }
  await expect(next.page.locator("html")).toHaveAttribute("data-theme", "dark");
  await next.page.getByRole("button", { name: new RegExp(workspace.path) }).click();
  await next.waitUntilServing();
  await expect(next.page.getByRole("region", { name: "Inspector" })).toBeHidden();
  await expect(next.page.getByRole("tab", { name: /^env\.sh/ })).toHaveAttribute("aria-selected", "true");
  await expect(next.editor).toContainText("# not saved yet");
});

test("the folder stays in the window when the server ends, and the next server is at the same address", {
  tag: "@browser",
}, async ({ app, window, nextStart }) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/env.sh");
  const { page } = window;
  const launcher = Number(execFileSync("ps", ["-o", "ppid=", "-p", String(app.serverPid())], { encoding: "utf8" }));
  process.kill(launcher, "SIGINT");

  const banner = page.locator(".app-banner");
  await expect(banner).toContainText("Reconnecting");
  await expect(banner).toContainText("npm start");
  await expect(window.editor).toContainText("The environment, as it is.");
  const next = await nextStart();
  expect(new URL(next.page.url()).origin).toBe(new URL(page.url()).origin);
  await expect(banner).toContainText("A different server uses this address now.");
  await expect(window.editor).toContainText("The environment, as it is.");
  // Parts of the page that it had not fetched when the server ended.
  const unfetched = /dynamically imported module|exception: Event/;
  expect(app.complaints.splice(0).filter((words) => !unfetched.test(words))).toEqual([]);
});

test("memory that cannot be read is reported, and stays as it is", { tag: "@browser" }, async ({
  app,
  window,
  folder,
  nextStart,
}) => {
  const kept = await keepDarkTheme(window, folder);
  await app.close();
  renameSync(kept, `${kept}.aside`);
  mkdirSync(kept); // a folder cannot be read as a file, not by root either

  const next = await nextStart();
  const theme = next.page.locator("html");
  await next.isReady();
  await next.runCommand("Use light theme");
  await expect(theme).toHaveAttribute("data-theme", "light");
  rmdirSync(kept);
  renameSync(`${kept}.aside`, kept);
  const notice = next.page.getByRole("alert").filter({ has: next.page.getByRole("button", { name: "Reload" }) });
  await notice.getByRole("button", { name: "Reload" }).click();
  await expect(theme).toHaveAttribute("data-theme", "dark"); // the light one was not written over it
});

test("memory that comes late is taken over by a window that the user has not touched", { tag: "@browser" }, async ({
  app,
  window,
  folder,
  nextStart,
}) => {
  const kept = await keepDarkTheme(window, folder);
  await app.close();
  using memory = holdFile(kept);

  const next = await nextStart();
  const theme = next.page.locator("html");
  await next.isReady(); // it does not wait for ever
  await expect(lastingNotice(next)).toBeVisible();
  await expect(theme).toHaveAttribute("data-theme", "light");
  memory.release();
  await expect(theme).toHaveAttribute("data-theme", "dark");
  await next.isReady();
  expect(await next.page.evaluate(navigationTypes)).toEqual(["reload"]);
  await expect(lastingNotice(next)).toHaveCount(0);
  await next.runCommand("Use light theme");
  await waitFor(
    "the server has the change",
    () => JSON.parse(readFileSync(kept, "utf8")).entries["workbench.theme"] === '"light"',
  );
});

test("memory that comes late replaces no work, and no work replaces it", { tag: "@browser" }, async ({
  app,
  window,
  folder,
  nextStart,
}) => {
  using workspace = copyWorkspace("basic");
  const kept = await keepDarkTheme(window, folder);
  const remembered = readFileSync(kept, "utf8");
  await app.close();
  using memory = holdFile(kept);

  const next = await nextStart();
  await next.openFolder(workspace.path);
  await next.openFile("cgi-bin/env.sh");
  await expect(next.editor).toContainText("The environment, as it is.");
  await next.runCommand("Use light theme");
  await next.type("# not saved yet\n");
  await expect(lastingNotice(next)).toBeVisible();
  memory.release();
  const asked = new Promise<string>((resolve) => {
    next.page.once("dialog", (dialog) => {
      resolve(dialog.type());
      void dialog.dismiss();
    });
  });
  await lastingNotice(next).getByRole("button", { name: "Reload" }).click();
  expect(await asked).toBe("beforeunload");
  await expect(next.editor).toContainText("# not saved yet");
  expect(readFileSync(kept, "utf8")).toBe(remembered);

  await next.page.keyboard.press("ControlOrMeta+s");
  await waitFor("the edit is saved", () => workspace.read("cgi-bin/env.sh").includes("# not saved yet"));
  await next.page.reload();
  // The light one was not written over it.
  await expect(next.page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("a window that gets its address later has its memory, too", { tag: "@browser" }, async ({
  app,
  window,
  folder,
  nextStart,
}) => {
  await keepDarkTheme(window, folder);
  await app.close();

  const next = await nextStart();
  await next.isReady();
  const { page } = next;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await next.runCommand("Copy link to this window");
  const link = await waitFor("the link is on the clipboard", async () => {
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    return copied.startsWith("http") && copied;
  });
  const stranger = await page.context().browser()?.newContext(); // its localStorage is empty
  if (!stranger) throw new Error("the page's context has no browser");
  await using _ = stranger;
  const late = await stranger.newPage();
  await late.goto(new URL(link).origin);
  await expect(late.getByRole("alert")).toBeVisible();
  await late.evaluate((hash) => location.replace(hash), new URL(link).hash);
  await expect(late.locator("html")).toHaveAttribute("data-theme", "dark");
});

/** The file in which the server has it. */
async function keepDarkTheme(window: WorkbenchWindow, folder: TempFolder): Promise<string> {
  const kept = folder.file("profile-data/cgi-workbench/window.json");
  await window.isReady();
  await window.runCommand("Use dark theme");
  await waitFor("the server has the theme", () => existsSync(kept) && readFileSync(kept, "utf8").includes("dark"));
  return kept;
}

const lastingNotice = ({ page }: WorkbenchWindow): Locator =>
  page.getByRole("region", { name: "Notices" }).getByRole("status");

const navigationTypes = (): string[] =>
  performance
    .getEntriesByType("navigation")
    .map((entry) => (entry instanceof PerformanceNavigationTiming ? entry.type : ""));
