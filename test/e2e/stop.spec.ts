// Stop ends what was sent from this window, script and all, however soon it is pressed, and nothing else. From the
// click to the end of the script's process is measured, printed, and held to a bound that a shared machine keeps.
import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { isAlive } from "../support/processes.js";
import type { TempFolder } from "../support/temp-workspace.js";
import { waitFor } from "../support/wait-for.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

const boundMs = 1500;

/** Scripts that write which process they are, then take a minute; and one that redirects to the first of them. */
function writeScripts(folder: TempFolder): void {
  folder.makeFolder("site");
  folder.write("site/wait.cgi", '#!/bin/sh\necho $$ > "pid-$QUERY_STRING"\nexec sleep 60\n');
  folder.write("site/go.cgi", '#!/bin/sh\nprintf "Status: 302\\nLocation: /wait.cgi?%s\\n\\n" "$QUERY_STRING"\n');
  for (const name of ["wait.cgi", "go.cgi"]) folder.makeExecutable(`site/${name}`);
}

/** Sends and waits until the script runs: its process. */
async function sendAndRun(window: WorkbenchWindow, folder: TempFolder, target: string): Promise<number> {
  await window.target.fill(target);
  await window.page.getByRole("button", { name: "Send", exact: true }).click();
  const file = `site/pid-${target.split("?")[1]}`;
  return waitFor(`${target} runs`, () => {
    const text = existsSync(folder.file(file)) ? folder.read(file) : "";
    return text.endsWith("\n") ? Number(text) : null;
  });
}

/** Unix time in ms at which the process is gone. */
async function goneAt(pid: number): Promise<number> {
  for (const until = Date.now() + 10_000; Date.now() < until; await delay(1)) if (!isAlive(pid)) return Date.now();
  throw new Error(`process ${pid} runs on`);
}

/** Unix time in ms at which the page gets the next click or key. */
const nextPress = (page: Page) =>
  page.evaluateHandle(() => {
    const first = { at: Number.NaN };
    const note = (): void => {
      if (Number.isNaN(first.at)) first.at = Date.now();
    };
    for (const type of ["click", "keydown"]) window.addEventListener(type, note, { capture: true, once: true });
    return first;
  });

const stopButton = (window: WorkbenchWindow) => window.page.getByRole("button", { name: "Stop request" });

test("Stop ends the script: by the button, by the key before there is a button, and after a redirect", async ({
  app,
  window,
  folder,
}) => {
  writeScripts(folder);
  await window.openFolder(folder.file("site"));
  await window.waitUntilServing();
  const measured: string[] = [];
  const stop = async (what: string, target: string, press: () => Promise<void>): Promise<void> => {
    const pid = await sendAndRun(window, folder, target);
    const pressed = await nextPress(app.page);
    const [endedAt] = await Promise.all([goneAt(pid), press()]);
    const pressedAt = await pressed.evaluate(({ at }) => at);
    measured.push(`${what} ${endedAt - pressedAt} ms`);
    expect(endedAt - pressedAt).toBeLessThan(boundMs);
    await expect(window.page.getByRole("button", { name: "Send", exact: true })).toBeEnabled();
    await expect(window.traces.locator('[data-outcome="running"]')).toHaveCount(0);
  };
  await stop("button", "/wait.cgi?one", () => stopButton(window).click());
  await stop("key", "/wait.cgi?two", () => app.page.keyboard.press("ControlOrMeta+Shift+Enter"));
  await window.showPart("Redirects");
  await app.page.getByRole("checkbox", { name: /^Follow redirects/ }).check();
  await stop("after a redirect", "/go.cgi?three", () => stopButton(window).click());
  console.log(`${app.kind}: from Stop to the end of the script's process: ${measured.join(", ")}`);
  await expect(window.status).toBeVisible(); // the trace of what was stopped is shown
});

test("of two windows each stops its own request, and one that is closed or loaded again ends what it sent", async ({
  app,
  window,
  anotherWindow,
  folder,
}) => {
  writeScripts(folder);
  await window.openFolder(folder.file("site"));
  await window.waitUntilServing();
  const other = (await app.anotherTab?.()) ?? (await anotherWindow());
  if (app.kind === "electron") await other.openFolder(folder.file("site"));
  await other.waitUntilServing();

  const [mine, theirs] = [
    await sendAndRun(window, folder, "/wait.cgi?mine"),
    await sendAndRun(other, folder, "/wait.cgi?theirs"),
  ];
  await stopButton(window).click();
  await goneAt(mine);
  expect(isAlive(theirs)).toBe(true);
  await stopButton(other).click();
  await goneAt(theirs);

  const [again, last] = [
    await sendAndRun(window, folder, "/wait.cgi?again"),
    await sendAndRun(other, folder, "/wait.cgi?last"),
  ];
  await window.page.reload();
  await goneAt(again);
  expect(isAlive(last)).toBe(true);
  await other.page.close();
  await goneAt(last);
});
