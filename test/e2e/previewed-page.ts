// The page that a preview shows: a frame in a browser, the page of a native view in
// Electron. Both are asked in the same words.
import { expect, type Frame, type Page } from "@playwright/test";
import type { ElectronShell } from "./electron-shell.js";
import type { RunningShell } from "./running-shell.js";

export const isElectron = (app: RunningShell): app is ElectronShell => app.kind === "electron";

/** Null while nothing is shown. It is another one after each showing. */
export async function previewedPage(app: RunningShell): Promise<Page | Frame | null> {
  if (isElectron(app))
    return app.application.windows().findLast((page) => page !== app.page && page.url().startsWith("http")) ?? null;
  const frames = await app.page.locator('iframe[title="Preview"]').elementHandles();
  return (await frames.at(-1)?.contentFrame()) ?? null;
}

/** Waits until the page's text holds this, and answers with the page. */
export async function expectPreview(app: RunningShell, text: string | RegExp): Promise<Page | Frame> {
  const read = async (): Promise<string> => {
    try {
      return (await (await previewedPage(app))?.evaluate(() => document.body?.textContent ?? "")) ?? "";
    } catch {
      return ""; // it was replaced in this very moment
    }
  };
  if (typeof text === "string") await expect.poll(read).toContain(text);
  else await expect.poll(read).toMatch(text);
  const page = await previewedPage(app);
  if (!page) throw new Error("the preview is gone");
  return page;
}
