// How long a person waits; measured in the page, printed, and held to its bounds. The best of six rounds counts:
// other programs on the machine make some rounds longer, and a slower window all of them.
import type { Page } from "@playwright/test";
import { copyWorkspace } from "../support/temp-workspace.js";
import { expect, test } from "./shell.js";

const paintBoundMs = 1000;
const rowBoundMs = 100;
const samples = 21;
const rounds = 6;

/** The shortest time, ms, of as many rounds as are needed to come below the bound, `rounds` at most. */
async function best(boundMs: number, round: () => Promise<number>): Promise<number> {
  let ms = Number.POSITIVE_INFINITY;
  for (let n = 0; n < rounds && ms >= boundMs; n++) ms = Math.min(ms, await round());
  return ms;
}

test("first usable paint", async ({ app, window }) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/hello.py");
  await window.editor.waitFor();
  const { page } = app;
  const bestMs = await best(paintBoundMs, async () => {
    // The server is up: a reload shows what a start costs from there.
    await page.reload({ waitUntil: "commit" });
    await window.files.waitFor();
    const usableMs = await page.evaluate(() => performance.now());
    await window.editor.waitFor();
    const editorMs = await page.evaluate(() => performance.now());
    const painted = await page.waitForFunction(
      () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
    );
    const paintMs = Number(await painted.jsonValue());
    console.log(
      `${app.kind}: first contentful paint ${Math.round(paintMs)} ms, usable ${Math.round(usableMs)} ms, editor ${Math.round(editorMs)} ms`,
    );
    expect(editorMs).toBeGreaterThan(paintMs);
    return usableMs;
  });
  expect(bestMs).toBeLessThan(paintBoundMs);
});

/** At each start of the page from now on: notes when what the selector finds is in the document. */
async function noteWhenThere(page: Page, selector: string): Promise<void> {
  await page.addInitScript((wanted) => {
    new MutationObserver((_, observer) => {
      if (document.querySelector(wanted) === null) return;
      performance.mark(wanted);
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  }, selector);
}

const noted = (page: Page, selector: string): Promise<number> =>
  page.evaluate((wanted) => performance.getEntriesByName(wanted)[0]?.startTime ?? Number.NaN, selector);

/** When the page began to fetch the first script whose name begins so; waits for one. */
async function fetched(page: Page, begin: string): Promise<number> {
  const found = await page.waitForFunction(
    (file) =>
      performance
        .getEntriesByType("resource")
        .find(({ name }) => name.includes(`/assets/${file}`) && name.endsWith(".js"))?.startTime ?? null,
    begin,
  );
  return Number(await found.jsonValue());
}

test("the editor is fetched after the list of files is there", { tag: "@browser" }, async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/hello.py");
  await window.editor.waitFor();
  const { page } = window;
  const files = '[role="tree"][aria-label="Files"]';
  await noteWhenThere(page, files);
  await page.reload();
  await window.editor.waitFor(); // all of it has come: the first one that began is among them
  expect(await fetched(page, "monaco-")).toBeGreaterThanOrEqual(await noted(page, files));
});

test("what is not open yet is fetched after the list has its rows", { tag: "@browser" }, async ({ window }) => {
  // What goes over a MessagePort cannot be held up from outside.
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.send("/cgi-bin/hello.py");
  const { page } = window;
  const row = '[role="grid"][aria-label="Traces"] [data-seq]';
  await noteWhenThere(page, row);
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.routeWebSocket(/\/rpc$/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      if (/"generation"/.test(message.toString())) void released.then(() => socket.send(message));
      else socket.send(message);
    });
  });
  await page.reload();
  // The page has nothing to do before it knows the server's state.
  await page.waitForFunction(() => document.getElementById("root")?.hasChildNodes());
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => requestIdleCallback(resolve))));
  release();
  expect(await fetched(page, "settings-dialog")).toBeGreaterThan(await noted(page, row));
});

test("from a response's end to its row on the screen", async ({ app, window }) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.send("/cgi-bin/hello.py");
  const address = await window.serverAddress();
  let sent = 0;
  const bestMs = await best(rowBoundMs, async () => {
    const times: number[] = [];
    for (let n = 0; n < samples; n++) {
      const target = `/index.html?sample=${sent++}.`;
      // Seen by the page itself: the frame after the row is in the document.
      const seen = app.page.evaluate(
        (wanted) =>
          new Promise<number>((resolve) => {
            const look = (): void => {
              const row = document.querySelector('[role="grid"][aria-label="Traces"]')?.textContent?.includes(wanted);
              if (row) resolve(performance.timeOrigin + performance.now());
              else requestAnimationFrame(look);
            };
            look();
          }),
        target,
      );
      await (await fetch(address + target)).arrayBuffer();
      const ended = performance.timeOrigin + performance.now();
      times.push((await seen) - ended);
    }
    times.sort((a, b) => a - b);
    const median = times[Math.floor(samples / 2)] ?? Number.NaN;
    console.log(
      `${app.kind}: response end to row on screen, median ${Math.round(median)} ms, slowest ${Math.round(times.at(-1) ?? Number.NaN)} ms of ${samples}`,
    );
    return median;
  });
  expect(bestMs).toBeLessThan(rowBoundMs);
});
