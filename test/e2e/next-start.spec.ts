// What a person set and wrote is there at the next start: in the desktop app by its profile, in a browser, where the server
// has another port each time, by the server.
import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, statSync } from "node:fs";
import { copyWorkspace } from "../support/temp-workspace.js";
import { waitFor } from "../support/wait-for.js";
import { expect, test } from "./shell.js";

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
  const address = window.page.url();
  const kept = folder.file("profile-data/cgi-workbench/window.json");
  if (app.kind === "browser")
    await waitFor(
      "the server has the edit",
      () => existsSync(kept) && readFileSync(kept, "utf8").includes("not saved"),
    );
  await app.close();

  const next = await nextStart();
  if (app.kind === "browser") {
    expect(next.page.url()).not.toBe(address);
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

test("memory that cannot be read is reported, and stays as it is", { tag: "@browser" }, async ({
  app,
  window,
  folder,
  nextStart,
}) => {
  const kept = folder.file("profile-data/cgi-workbench/window.json");
  await window.isReady();
  await window.runCommand("Use dark theme");
  await waitFor("the server has the theme", () => existsSync(kept) && readFileSync(kept, "utf8").includes("dark"));
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

const navigationTypes = (): string[] =>
  performance
    .getEntriesByType("navigation")
    .map((entry) => (entry instanceof PerformanceNavigationTiming ? entry.type : ""));
