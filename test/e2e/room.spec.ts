// The room goes to what is worth most: the script, and what it printed. Measured at the usual sizes of a window.
import { copyWorkspace } from "../support/temp-workspace.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

const page = `#!/bin/sh
printf 'Content-Type: text/html; charset=iso-8859-1\\n\\n<!doctype html>\\n<p>Gr\\374\\337e from a page with more than forty characters</p>\\n'
`;
const plain = `#!/bin/sh
printf 'Content-Type: text/plain\\n\\nplain words\\n'
`;

async function openScripts(window: WorkbenchWindow, workspace: ReturnType<typeof copyWorkspace>): Promise<void> {
  for (const [name, text] of [["page.sh", page] as const, ["plain.sh", plain] as const]) {
    workspace.write(`cgi-bin/${name}`, text);
    workspace.makeExecutable(`cgi-bin/${name}`);
  }
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/page.sh");
  await window.editor.locator(".view-line").first().waitFor();
}

test("at every usual size the editor has its share, and 40 characters of the answer are in sight", async ({
  window,
}) => {
  using workspace = copyWorkspace("basic");
  await openScripts(window, workspace);
  for (let n = 0; n < 6; n++) await window.send("/cgi-bin/page.sh");
  await expect(window.result).toContainText("“<!doctype html> <p>Grüße from a page with more");
  for (const [width, height] of [
    [1024, 700],
    [1280, 800],
    [1440, 900],
    [1920, 1080],
  ] as const) {
    await window.page.setViewportSize({ width, height });
    const share = async (): Promise<number> => ((await window.editor.boundingBox())?.height ?? 0) / height;
    await expect.poll(share, `the editor's share at ${width}×${height}`).toBeGreaterThanOrEqual(0.45);
    const isInSight = (): Promise<boolean> =>
      window.result.locator('[data-part="words"]').evaluate((words) => {
        const text = words.firstChild;
        if (!text) return false;
        const range = document.createRange();
        range.setStart(text, 0);
        range.setEnd(text, 41); // the quotation mark, too
        const [seen, place] = [range.getBoundingClientRect(), words.getBoundingClientRect()];
        return seen.right <= place.right && seen.bottom <= innerHeight && seen.width > 0;
      });
    await expect.poll(isInSight, `the answer at ${width}×${height}`).toBe(true);
    await expect(window.row(4)).toBeInViewport(); // three rows at least
  }
});

test("a wide window has room for long names of files from the start", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await window.page.setViewportSize({ width: 1920, height: 1080 });
  await openScripts(window, workspace);
  const width = async (): Promise<number> => (await window.files.boundingBox())?.width ?? 0;
  await expect.poll(width).toBeGreaterThanOrEqual(240);
});

test("each pane is hidden, and comes back in its size", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await openScripts(window, workspace);
  for (let n = 0; n < 6; n++) await window.send("/cgi-bin/page.sh");
  for (const [name, pane, side] of [
    ["files", window.files, "width"],
    ["traces", window.traces, "height"],
    ["inspector", window.trace, "width"],
  ] as const) {
    const size = async (): Promise<number | null> => (await pane.boundingBox())?.[side] ?? null;
    const before = await size();
    await window.runCommand(`Show or hide ${name}`);
    await expect(pane).toBeHidden();
    await window.runCommand(`Show or hide ${name}`);
    await expect.poll(size, name).toBe(before);
  }
});

test("the line is of the script’s last request, whatever is selected; a press and a key open its response", async ({
  window,
}) => {
  using workspace = copyWorkspace("basic");
  await openScripts(window, workspace);
  const seq = await window.send("/cgi-bin/page.sh");
  await expect(window.result).toHaveAccessibleName(/^200 .*text\/html/);
  const other = await fetch(`${await window.serverAddress()}/cgi-bin/plain.sh`);
  expect(await other.text()).toBe("plain words\n");
  await window.row(seq + 1).click();
  await expect(window.traceHeading).toHaveAccessibleName(new RegExp(`^#${seq + 1} `));
  await expect(window.result).toContainText("Grüße");
  await window.result.click();
  await expect(window.traceHeading).toHaveAccessibleName(new RegExp(`^#${seq} `));
  const response = window.trace.getByRole("tabpanel", { name: /^Response/ });
  await expect(response.getByRole("radio", { name: "Rendered" })).toBeChecked();

  await window.openFile("cgi-bin/plain.sh");
  await expect(window.result).toContainText(`Open #${seq + 1}`);
  await window.send("/cgi-bin/plain.sh");
  await expect(window.result).toContainText("“plain words”");
  await window.openFile("cgi-bin/page.sh");
  await expect(window.result).toContainText("Grüße");
  await window.openFile("cgi-bin/plain.sh");
  await expect(window.result).toContainText("“plain words”");
  await window.page.keyboard.press("F4");
  await expect(response.getByRole("radio", { name: "Source" })).toBeChecked();

  await window.send("/cgi-bin/nothing-there.sh");
  await expect(window.result).toContainText("404");
  await expect(window.result.getByRole("img", { name: "Refused:" })).toBeVisible();
});

test("the list is as high as its rows until it is dragged, and stays so; the graph folds", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await openScripts(window, workspace);
  await window.page.setViewportSize({ width: 1280, height: 800 });
  const high = async (): Promise<number> => (await window.traces.boundingBox())?.height ?? 0;
  await window.send("/cgi-bin/page.sh");
  await expect.poll(high).toBeLessThan(24 * 4.5);
  for (let n = 0; n < 5; n++) await window.send();
  // Under the pointer nothing moves: it was on Send, and goes to a row.
  const before = await high();
  await window.row(1).click();
  await expect(window.row(1)).toHaveAttribute("aria-selected", "true");
  expect(await high()).toBe(before);
  await window.editor.hover();
  await expect.poll(high).toBeGreaterThan(24 * 5.5);
  const fitting = await high();

  const line = window.page.getByRole("separator", { name: "Height of traces" });
  await line.focus();
  await window.page.keyboard.press("ArrowUp");
  await expect.poll(high).toBeGreaterThan(fitting + 10);
  const chosen = await high();
  await window.send();
  expect(Math.abs((await high()) - chosen)).toBeLessThan(2);
  await window.page.reload();
  await expect(window.row(7)).toBeVisible();
  await expect.poll(async () => Math.abs((await high()) - chosen)).toBeLessThan(3);

  const graph = window.page.getByRole("region", { name: "Latency" });
  await expect(graph).toHaveAttribute("data-folded");
  await expect(graph).toContainText(/\d m?s/);
  await window.page.setViewportSize({ width: 1280, height: 960 });
  await expect(graph.getByRole("group", { name: "Latency graph" })).toBeVisible();
  await graph.getByRole("button", { name: "Fold the latency graph" }).click();
  await expect(graph).toHaveAttribute("data-folded");
  await window.runCommand("Open or fold the latency graph");
  await expect(graph.getByRole("group", { name: "Latency graph" })).toBeVisible();
  await window.page.setViewportSize({ width: 1280, height: 800 });
  await expect(graph.getByRole("group", { name: "Latency graph" })).toBeVisible(); // as it was chosen
});

test("a query's rows are in sight, and nothing moves while one is typed", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await openScripts(window, workspace);
  const { page } = window;
  await page.setViewportSize({ width: 1280, height: 800 });
  const composer = page.locator(".composer"); // the X-ray's card has the same name
  const rows = composer.getByRole("group", { name: /query parameter/i });
  const before = await window.target.boundingBox();
  await window.target.fill("/cgi-bin/page.sh?a=1&b=2&c=3");
  await expect(rows).toHaveCount(4);
  expect(await window.target.boundingBox()).toEqual(before);
  await window.target.press("Enter"); // sent: the target keeps the focus
  for (let row = 0; row < 4; row++) await expect(rows.nth(row)).toBeInViewport({ ratio: 1 });
  await window.target.fill("/cgi-bin/page.sh");
  await window.editor.locator(".view-lines").click();
  await window.target.fill("/cgi-bin/page.sh?a=1&b=2&c=3");
  await window.editor.locator(".view-lines").click();
  for (let row = 0; row < 4; row++) await expect(rows.nth(row)).toBeInViewport({ ratio: 1 });

  await window.runCommand("Toggle projector mode");
  await expect(rows.first()).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 1024, height: 700 });
  await expect(rows.first()).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole("button", { name: "Help", exact: true })).toBeInViewport({ ratio: 1 });

  // What follows the tabs keeps its place inside the composer at every width.
  await window.runCommand("Toggle projector mode");
  const isInside = () =>
    composer.evaluate((pane) => {
      const last = [...pane.querySelectorAll("button")]
        .find(({ textContent }) => textContent === "Raw")
        ?.getBoundingClientRect();
      return last !== undefined && last.width > 0 && last.right <= pane.getBoundingClientRect().right - 4;
    });
  for (let width = 1024; width <= 1280; width += 16) {
    await page.setViewportSize({ width, height: 700 });
    await expect.poll(isInside, `the button “Raw” at ${width} px`).toBe(true);
  }
  await page.setViewportSize({ width: 1024, height: 700 });
  await composer.getByRole("button", { name: "Raw", exact: true }).click();
  await composer.getByRole("spinbutton", { name: "Bytes at once" }).fill("1"); // and its pauses
  await expect(composer.getByRole("spinbutton", { name: "every" })).toBeVisible();
  await expect.poll(isInside, "the button “Raw” beside a raw request").toBe(true);
  await page.setViewportSize({ width: 1280, height: 800 });
  await window.editor.locator(".view-lines").click();
  const lines = () =>
    composer.getByRole("textbox", { name: "Raw request" }).evaluate((field) => {
      const { lineHeight, paddingTop } = getComputedStyle(field);
      return (field.clientHeight - 2 * Number.parseFloat(paddingTop)) / Number.parseFloat(lineHeight);
    });
  await expect.poll(lines, "lines of a raw request").toBeGreaterThanOrEqual(10);
});
