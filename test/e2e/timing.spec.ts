// How long a person waits; measured in the page, printed, and held to its bounds.
import { copyWorkspace } from "../support/temp-workspace.js";
import { expect, test } from "./shell.js";

const paintBoundMs = 1000;
const rowBoundMs = 100;
const samples = 21;

test("first usable paint, and Monaco after it", async ({ app, window }) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/hello.py");
  await window.editor.waitFor();
  // The server is up: a reload shows what a start costs from there.
  await app.page.reload({ waitUntil: "commit" });
  await window.files.waitFor();
  const usableMs = await app.page.evaluate(() => performance.now());
  const monacoBefore = await app.page.evaluate(() =>
    performance.getEntriesByType("resource").some(({ name }) => /monaco/i.test(name)),
  );
  await window.editor.waitFor();
  const editorMs = await app.page.evaluate(() => performance.now());
  const paintMs = await app.page.evaluate(
    () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
  );
  console.log(
    `${app.kind}: first contentful paint ${Math.round(paintMs)} ms, usable ${Math.round(usableMs)} ms, editor ${Math.round(editorMs)} ms`,
  );
  expect(usableMs).toBeLessThan(paintBoundMs);
  expect(editorMs).toBeGreaterThan(paintMs);
  expect(monacoBefore && editorMs < usableMs).toBe(false);
});

test("from a response's end to its row on the screen", async ({ app, window }) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.send("/cgi-bin/hello.py");
  const address = await window.serverAddress();
  const times: number[] = [];
  for (let n = 0; n < samples; n++) {
    const target = `/index.html?sample=${n}`;
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
  expect(median).toBeLessThan(rowBoundMs);
});
