// What the specs about the explorer do and look for in the window and on the disk.
import { existsSync, statSync } from "node:fs";
import type { Locator } from "@playwright/test";
import type { TempFolder } from "../support/temp-workspace.js";
import { expect } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

export const modeOf = (workspace: TempFolder, path: string): number => statSync(workspace.file(path)).mode & 0o7777;
export const onDisk =
  (workspace: TempFolder, path: string): (() => boolean) =>
  () =>
    existsSync(workspace.file(path));

/** Opens a copy of a workspace and unfolds cgi-bin. */
export async function begin(window: WorkbenchWindow, workspace: TempFolder): Promise<void> {
  await window.openFolder(workspace.path);
  await expect(window.file("cgi-bin")).toBeVisible();
  if ((await window.file("cgi-bin").getAttribute("aria-expanded")) !== "true") await window.file("cgi-bin").click();
  await window.setSendOnSave(false);
}

export const menu = (window: WorkbenchWindow): Locator => window.page.getByRole("menu");
export async function choose(window: WorkbenchWindow, path: string, item: RegExp): Promise<void> {
  await window.file(path).click({ button: "right" });
  await menu(window).getByRole("menuitem", { name: item }).click();
}
export const tab = (window: WorkbenchWindow, name: string): Locator =>
  window.page.getByRole("tablist", { name: "Open files" }).getByRole("tab", { name, exact: true });
export const notice = (window: WorkbenchWindow, words: RegExp): Locator =>
  window.page.getByRole("region", { name: "Notices" }).getByText(words);
export const undo = (window: WorkbenchWindow): Locator =>
  window.page.getByRole("region", { name: "Notices" }).getByRole("button", { name: "Undo" });
export const comparison = (window: WorkbenchWindow, name: string): Locator =>
  window.page.getByRole("region", { name: `Comparison of ${name}` });
