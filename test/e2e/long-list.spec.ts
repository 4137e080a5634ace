// The list over very many stored traces: its scrollbar stands for all of them, in every order,
// and what is done at its far end stays done.
import { readdirSync } from "node:fs";
import { multiplyTraces } from "../support/many-traces.mjs";
import { copyWorkspace } from "../support/temp-workspace.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

const stored = 45_000;
const count = (window: WorkbenchWindow, traces: number): Promise<void> =>
  expect(window.page.getByRole("tab", { name: `Traces ${traces.toLocaleString("en-US")}`, exact: true })).toBeVisible();

/** The numbers of the rows in view, once all of them are there. */
const inView = (window: WorkbenchWindow): Promise<number[] | null> =>
  window.traces.evaluate((list) => {
    const { top, bottom } = list.getBoundingClientRect();
    const rows = [...list.querySelectorAll<HTMLElement>('[role="rowgroup"] > [role="row"]')].filter((row) => {
      const box = row.getBoundingClientRect();
      return box.bottom > top + 24 && box.top < bottom;
    });
    if (rows.length === 0 || rows.some((row) => row.ariaBusy === "true")) return null;
    return rows.flatMap((row) => (row.dataset["seq"] === undefined ? [] : Number(row.dataset["seq"])));
  });

test("reaches from the newest trace to the oldest one, newest first and in the order of a column", async ({
  app,
  window,
  nextStart,
  folder,
}) => {
  test.setTimeout(180_000);
  using workspace = copyWorkspace("basic");
  await window.openQuietly(workspace.path);
  await window.send("/cgi-bin/hello.py?name=Ada");
  await window.send("/cgi-bin/hello.py?name=Grace");
  await window.waitUntilStored("env:SCRIPT_NAME=hello", 2);
  await app.close();
  const tables = folder.file("profile-data/cgi-workbench/traces");
  const file = readdirSync(tables).find((name) => name.endsWith(".db"));
  multiplyTraces(`${tables}/${file}`, stored);

  const next = await nextStart();
  await next.page.getByRole("button", { name: new RegExp(workspace.path) }).click();
  await next.waitUntilServing();
  await count(next, stored);
  await expect(next.row(stored)).toBeVisible();

  // The scrollbar, far beyond what is loaded at once.
  await next.traces.evaluate((list) => {
    list.scrollTop = list.scrollHeight / 2;
  });
  await expect.poll(async () => Math.abs(((await inView(next))?.[0] ?? 0) - stored / 2)).toBeLessThan(100);
  await next.traces.evaluate((list) => {
    list.scrollTop -= 20_000;
  });
  await expect.poll(async () => ((await inView(next))?.[0] ?? 0) > stored / 2 + 500).toBe(true);

  // Keys.
  await next.traces.press("End");
  await expect(next.row(1)).toHaveAttribute("aria-selected", "true");
  await expect(next.traceHeading).toHaveAccessibleName(/ GET \/cgi-bin\/hello\.py/);
  await expect.poll(async () => (await inView(next))?.at(-1)).toBe(1);
  await next.traces.press("ArrowUp");
  await expect(next.row(2)).toHaveAttribute("aria-selected", "true");
  await next.traces.press("PageUp");
  await expect(next.traces.locator('[aria-selected="true"]')).not.toHaveAttribute("data-seq", "2");

  // Deleted and taken back, where nothing else moves.
  await next.row(2).click();
  await next.traces.focus();
  await next.page.keyboard.press("Delete");
  await expect(next.row(2)).toHaveCount(0);
  await count(next, stored - 1);
  await expect.poll(async () => (await inView(next))?.slice(-2)).toEqual([3, 1]);
  await next.page.keyboard.press("u");
  await expect(next.row(2)).toHaveCount(1);
  await count(next, stored);

  // A new one is above all, and the place stays.
  await next.send("/cgi-bin/hello.py?name=Joan");
  await count(next, stored + 1);
  await next.traces.press("Home");
  await expect.poll(async () => (await inView(next))?.slice(0, 2)).toEqual([stored + 1, stored]);

  // In the order of a column, those in memory among those on disk.
  await next.traces.getByRole("button", { name: "Number" }).click();
  await expect.poll(async () => (await inView(next))?.slice(0, 3)).toEqual([1, 2, 3]);
  await next.traces.press("End");
  await expect(next.row(stored + 1)).toHaveAttribute("aria-selected", "true");
  await next.traces.evaluate((list) => {
    list.scrollTop = list.scrollHeight / 2;
  });
  await expect.poll(async () => Math.abs(((await inView(next))?.[0] ?? 0) - stored / 2)).toBeLessThan(100);

  // And filtered.
  await next.filter.fill("path:Grace");
  await expect(next.page.locator(".trace-bar-count")).toHaveText("22,500 of 45,001");
  await next.traces.press("End");
  await expect(next.row(stored - 1)).toHaveAttribute("aria-selected", "true");
});
