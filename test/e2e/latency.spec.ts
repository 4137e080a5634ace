// Times: every write on the axis of one request; the graph over many, with what a save did to them.
import { copyWorkspace } from "../support/temp-workspace.js";
import { expect, test } from "./shell.js";

const sleeping = (seconds: number): string => `#!/bin/sh
sleep ${seconds}
printf 'Content-Type: text/plain\\n\\nhello\\n'
`;
const slowly = `#!/usr/bin/env python3
import sys, time
print("Content-Type: text/plain\\n", flush=True)
for n in range(5):
    time.sleep(0.05)
    print("line", n, flush=True)
    sum(range(200000))
sys.stderr.write("done\\n")
`;

test("every write is a tick with its size, and opens the stream there; CPU and memory", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  workspace.write("cgi-bin/slowly.py", slowly);
  workspace.makeExecutable("cgi-bin/slowly.py");
  await window.openFolder(workspace.path);
  await window.send("/cgi-bin/slowly.py");
  const timing = await window.tab("Timing");
  // Six, unless two met in the pipe on a busy machine.
  const stdout = timing.getByRole("button", { name: /^stdout: [3-6] writes, 61 B$/ });
  await expect(stdout.locator("[data-write]").nth(2)).toBeVisible();
  await expect(timing.getByRole("button", { name: "stderr: 1 write, 5 B" })).toBeVisible();

  await stdout.locator('[data-write="3"]').hover();
  await expect(timing.locator('[data-part="card"]')).toHaveText(
    /^write 3: \d+ B from 0x[\da-f]+, at .* m?s, .* m?s after the one before$/,
  );
  await stdout.focus();
  await window.page.keyboard.press("End");
  await expect(timing.getByRole("status")).toHaveText(/^write [3-6]: (7|14|21|28) B from 0x/);
  await window.page.keyboard.press("Enter");
  await expect(window.bytes("Stdout").locator('[data-part="place"]')).toHaveText(/^0x(21|28|2f|36): l U\+006C, 6c$/);

  await window.tab("Timing");
  await expect(timing.getByRole("region", { name: "CPU" })).toContainText(/CPU .* m?s of .* m?s run time \(\d+ %\)/);
  await expect(timing.getByRole("list", { name: "Process" })).toContainText("Peak memory");
});

test("before and after a save in one look; phases; zoom and reset; one script or all", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  workspace.write("cgi-bin/nap.sh", sleeping(0.15));
  workspace.makeExecutable("cgi-bin/nap.sh");
  await window.openFolder(workspace.path);
  await window.setSendOnSave(false);
  await window.openFile("cgi-bin/nap.sh");
  const graph = await window.latency();
  const points = graph.locator("button[data-trace-id]");
  // One after the other, and below ten in ten seconds: above that the graph is about time.
  const first = await window.send();
  for (let n = 0; n < 3; n++) await window.send();
  await window.rewrite(sleeping(0.01));
  await expect.poll(() => workspace.read("cgi-bin/nap.sh")).toBe(sleeping(0.01));
  await expect(graph.locator('[data-part="since-save"]')).toHaveText("saved, no requests since");
  for (let n = 0; n < 3; n++) await window.send();
  await expect(points).toHaveCount(7);
  // How long a nap of 150 ms takes is up to the machine; the words are the rows' own middle ones.
  const took = async (seq: number): Promise<number> =>
    Number.parseFloat((await window.row(seq).locator('[data-column="took"]').textContent()) ?? "");
  const middle = async (count: number, from: number): Promise<number> => {
    const times = await Promise.all(Array.from({ length: count }, (_, n) => took(from + n)));
    return times.sort((a, b) => a - b)[Math.ceil(count / 2) - 1] ?? Number.NaN;
  };
  const since = graph.locator('[data-part="since-save"]');
  await expect(since).toHaveText(/^\d+ → \d+(\.\d)? ms, 4 and 3 requests$/);
  const [, before, after] = /(\S+) → (\S+) ms/.exec((await since.textContent()) ?? "") ?? [];
  expect(Number(before)).toBeGreaterThanOrEqual(150);
  expect(Math.abs(Number(before) - (await middle(4, first)))).toBeLessThan(0.6);
  expect(Math.abs(Number(after) - (await middle(3, first + 4)))).toBeLessThan(0.6);
  await expect(graph.locator("[data-mark]")).toHaveCount(1);
  await expect(graph.getByRole("heading", { level: 2 })).toHaveText(/^Latency, nap\.sh, last 7 requests.*p50 .* ms$/);
  const above = window.editor.locator(".editor-requests");
  await expect(above).toHaveText(/^7 requests · p50 .* ms · Send$/);

  // The graph may be redrawn under the pointer, which shows no card until the pointer moves: point again then.
  await expect(async () => {
    await graph.getByRole("heading", { level: 2 }).hover();
    await points.first().hover();
    const card = graph.locator('[data-part="card"]');
    await expect(card).toContainText(new RegExp(`#${first} GET /cgi-bin/nap.sh`), { timeout: 1000 });
  }).toPass();
  await expect(graph.locator('[data-part="card"]')).toContainText(/script .* ms/);
  await points.first().click();
  await expect(window.traceHeading).toHaveAccessibleName(new RegExp(`^#${first} `));

  await graph.getByRole("radiogroup", { name: "Times as" }).getByText("Phases").click();
  await expect(graph.getByText("■ script")).toBeVisible();
  await graph.getByRole("radiogroup", { name: "Times as" }).getByText("Total").click();

  // A drag from the third to the sixth point.
  const [from, to] = [await points.nth(2).boundingBox(), await points.nth(5).boundingBox()];
  if (!from || !to) throw new Error("the points are not on the screen");
  const layer = await graph.locator(".latency-layer").boundingBox();
  const y = (layer?.y ?? 0) + (layer?.height ?? 0) / 2;
  await window.page.mouse.move(from.x, y);
  await window.page.mouse.down();
  await window.page.mouse.move((from.x + to.x) / 2, y);
  await window.page.mouse.move(to.x + to.width, y);
  await window.page.mouse.up();
  await expect(points).toHaveCount(4);
  await expect(graph.getByRole("heading", { level: 2 })).toHaveText(new RegExp(`#${first + 2} to #${first + 5}`));
  await graph.getByRole("button", { name: "Reset zoom" }).click();
  await expect(points).toHaveCount(7);

  await graph.getByRole("group", { name: "Latency graph" }).focus();
  await window.page.keyboard.press("+");
  await expect(graph).toHaveAttribute("data-zoomed", "true");
  const few = await points.count();
  expect(few).toBeLessThan(7);
  await window.page.keyboard.press("ArrowLeft");
  await expect(points).toHaveCount(few);
  await window.page.keyboard.press("0");
  await expect(points).toHaveCount(7);

  await window.send("/index.html");
  await expect(points).toHaveCount(7);
  await graph.getByRole("radiogroup", { name: "Requests of" }).getByText("All", { exact: true }).click();
  await expect(points).toHaveCount(8);
  await expect(graph.locator('[data-part="since-save"]')).toContainText(/nap\.sh: \d/);

  await window.target.fill("/cgi-bin/nap.sh");
  await above.getByText("Send").click();
  await expect(above).toHaveText(/^8 requests · /);
});

test("the keyboard alone reaches every point and opens its trace", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  const first = await window.send("/cgi-bin/env.sh");
  await window.send("/cgi-bin/env.sh");
  await window.send("/cgi-bin/env.sh");
  const graph = await window.latency();
  await graph.getByRole("group", { name: "Latency graph" }).focus();
  await window.page.keyboard.press("Tab");
  await window.page.keyboard.press("Home");
  await expect(graph.getByRole("button", { name: new RegExp(`^#${first}, 200`) })).toBeFocused();
  await expect(graph.locator('[data-part="card"]')).toContainText(`#${first} GET`);
  await window.page.keyboard.press("Enter");
  await expect(window.traceHeading).toHaveAccessibleName(new RegExp(`^#${first} `));
});

test("above one request a second it is a minute with percentiles and rate; a click opens the slowest there", async ({
  window,
}) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.send("/cgi-bin/env.sh");
  const address = await window.serverAddress();
  for (let n = 0; n < 40; n++) await (await fetch(`${address}/cgi-bin/env.sh`)).arrayBuffer();
  const graph = await window.latency();
  await expect(graph).toHaveAttribute("data-mode", "time");
  await expect(graph.getByRole("heading", { level: 2 })).toHaveText(
    /^Latency, env\.sh, last 60 sp50 .* · p95 .* ms · \d+\/s$/,
  );
  const layer = graph.locator(".latency-layer");
  const box = await layer.boundingBox();
  if (!box) throw new Error("the graph is not on the screen");
  await layer.hover({ position: { x: box.width - 6, y: box.height / 2 } });
  const card = graph.locator('[data-part="card"]');
  await expect(card).toContainText(/slowest: #\d+/);
  await layer.click({ position: { x: box.width - 6, y: box.height / 2 } });
  await expect(window.traceHeading).toHaveAccessibleName(/^#\d+ GET \/cgi-bin\/env\.sh/);
  await graph.getByRole("group", { name: "Latency graph" }).focus();
  await window.page.keyboard.press("+");
  await expect(graph).toHaveAttribute("data-zoomed", "true");
  await window.page.keyboard.press("-");
  await expect(graph).not.toHaveAttribute("data-zoomed", "true");
});
