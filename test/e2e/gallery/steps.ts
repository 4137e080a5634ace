// Steps that several scenes take.
import { createServer } from "node:net";
import { expect, type Locator } from "@playwright/test";
import type { TempFolder } from "../../support/temp-workspace.js";
import type { WorkbenchWindow } from "../workbench-window.js";
import type { Stage } from "./scene.js";

/** What a browser sends. */
const browserHeaders = {
  Accept: "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
  "Accept-Language": "de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7",
  "Cache-Control": "no-cache",
  Cookie: "visits=2; theme=dark; last_seen=2026-11-27T21:14:03Z",
  DNT: "1",
  Pragma: "no-cache",
  "Sec-CH-UA": '"Chromium";v="142", "Not_A Brand";v="24"',
  "Sec-CH-UA-Mobile": "?0",
  "Sec-CH-UA-Platform": '"Linux"',
  "Upgrade-Insecure-Requests": "1",
  "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
};

/** The examples, copied and opened; the first one is sent. */
export async function openExamples({ window, page, folder }: Stage): Promise<void> {
  await page.getByRole("button", { name: "Try the examples…" }).click();
  await page.getByRole("textbox", { name: "Folder for the examples" }).fill(folder.file("guestbook"));
  await page.getByRole("button", { name: "Copy and open" }).click();
  await expect(window.status).toContainText("200", { timeout: 60_000 }); // copied, opened, served and sent
}

/** The same, and saving sends nothing. */
export async function openExamplesQuietly(stage: Stage): Promise<void> {
  await openExamples(stage);
  await stage.window.setSendOnSave(false);
}

/** Where the usual port is somebody else's: another usual one, so that no picture is about that. */
export async function onUsualPort({ window, page }: Stage): Promise<void> {
  const isFree = (port: number): Promise<boolean> =>
    new Promise((resolve) => {
      const server = createServer().once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
    });
  if ((await window.serverAddress()).endsWith(":8080")) return;
  for (const port of [8000, 8888, 9000, 3000])
    if (await isFree(port)) {
      await window.server.click();
      await page.getByRole("textbox", { name: "Port" }).fill(String(port));
      await page.getByRole("button", { name: "Use this port" }).click();
      await expect.poll(() => window.serverAddress()).toContain(`:${port}`);
      return page.keyboard.press("Escape");
    }
}

export function writeScript(folder: TempFolder, path: string, text: string): void {
  folder.write(path, text);
  folder.makeExecutable(path);
}

export const composer = ({ page }: Stage): Locator => page.getByRole("region", { name: "Request", exact: true });

export const composerPart = ({ window }: Stage, name: string): Promise<void> => window.showPart(name);

export async function responseAs({ window }: Stage, mode: "Rendered" | "Source" | "Headers"): Promise<Locator> {
  const panel = await window.tab("Response");
  await panel.getByRole("radiogroup", { name: "Response as" }).getByText(mode, { exact: true }).click();
  return panel;
}

export async function bytesAs(bytes: Locator, form: "Text" | "Hex" | "Both"): Promise<void> {
  await bytes.getByRole("radiogroup", { name: "Show as" }).getByText(form, { exact: true }).click();
}

/** Requests of other clients: what a day's list looks like. */
export async function visit(window: WorkbenchWindow, ...targets: readonly string[]): Promise<void> {
  const address = await window.serverAddress();
  for (const target of targets) await (await fetch(`${address}${target}`, { redirect: "manual" })).arrayBuffer();
}

/** Posts a form to order.py as a browser would, without waiting for the answer. */
export async function postOrder({ window }: Stage, body: string): Promise<void> {
  const headers = { ...browserHeaders, "Content-Type": "application/x-www-form-urlencoded" };
  void fetch(`${await window.serverAddress()}/cgi-bin/order.py`, { method: "POST", headers, body }).catch(() => null);
}
