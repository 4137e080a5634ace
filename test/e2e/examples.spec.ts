// The examples, from the first page to a changed script; new scripts from templates; type for a projector.
import { existsSync, statSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, test } from "./shell.js";

test("from the first page to a changed script", async ({ window, folder }) => {
  const { page } = window;
  const root = folder.file("my/examples");
  const welcome = page.getByRole("main", { name: "Welcome" });
  await expect(welcome.getByRole("list", { name: "Interpreters found" })).toContainText("Python 3.");
  await welcome.getByRole("button", { name: "Try the examples…" }).click();
  const dialog = page.getByRole("dialog", { name: "Try the examples" });
  const where = dialog.getByRole("textbox", { name: "Folder for the examples" });
  await expect(where).toHaveValue(/\/cgi-examples$/);
  await where.fill(root);
  await where.press("Enter");

  // The first example is open, its request composed and sent.
  await expect(window.target).toHaveValue("/sum?a=1&b=2");
  await expect(window.traceHeading).toHaveAccessibleName("#1 GET /sum?a=1&b=2");
  await expect(window.status).toContainText("200");
  await expect(window.editor).toContainText("Adds two numbers");
  const output = (await window.tab("X-ray")).getByRole("region", { name: "Script output" });
  await expect(output.locator('[data-line="body"]').first()).toContainText("3");

  // A change, saved: the request is sent again by itself, and the answer is the new one.
  const script = "my/examples/cgi-bin/sum.py";
  await window.editor.locator(".view-line").first().click();
  for (const key of ["ControlOrMeta+End", "ArrowUp", "Home", "Shift+End"]) await page.keyboard.press(key);
  await page.keyboard.insertText('print(f"{a} + {b} = {a + b}")');
  await page.keyboard.press("ControlOrMeta+S");
  await expect(window.traceHeading).toHaveAccessibleName("#2 GET /sum?a=1&b=2");
  await expect(output.locator('[data-line="body"]').first()).toContainText("1 + 2 = 3");

  // Another one, from the list: what is broken on purpose is explained.
  await command(page, "Show examples…");
  await page
    .getByRole("dialog", { name: "Examples" })
    .getByRole("button", { name: "Broken on purpose: 500, and why" })
    .click();
  await expect(window.traceHeading).toHaveAccessibleName("#3 GET /cgi-bin/broken.pl");
  await expect(window.status).toContainText("500");
  await expect(page.getByRole("tab", { name: "broken.pl" })).toHaveAttribute("aria-selected", "true");

  // With a form and umlauts, their bytes on stdin.
  await command(page, "Show examples…");
  await page
    .getByRole("dialog", { name: "Examples" })
    .getByRole("button", { name: "Guestbook: Sign it, with umlauts" })
    .click();
  await expect(page.getByRole("tab", { name: "guestbook.py" })).toHaveAttribute("aria-selected", "true");
  await expect
    .poll(() =>
      existsSync(folder.file("my/examples/.data/guestbook.jsonl"))
        ? folder.read("my/examples/.data/guestbook.jsonl")
        : "",
    )
    .toContain("Schöne Grüße!");

  // And everything back as it was.
  await command(page, "Reset examples…");
  const reset = page.getByRole("dialog", { name: "Reset the examples?" });
  await expect(reset.getByRole("list", { name: "What changes" })).toContainText("cgi-bin/sum.py differs");
  await expect(reset).toContainText("guestbook entries");
  await reset.getByRole("button", { name: "Reset" }).click();
  await expect.poll(() => folder.read(script)).toContain("print(a + b)");
  await expect.poll(() => existsSync(folder.file("my/examples/.data"))).toBe(false);
});

test("examples are not copied over something else; a copy that is there is opened as it was left", async ({
  window,
  folder,
}) => {
  const { page } = window;
  folder.write("mine.txt", "mine");
  const dialog = page.getByRole("dialog", { name: "Try the examples" });
  const where = dialog.getByRole("textbox", { name: "Folder for the examples" });
  const start = async (path: string): Promise<void> => {
    await where.fill(path);
    await dialog.getByRole("button", { name: "Copy and open" }).click();
  };
  await page.getByRole("button", { name: "Try the examples…" }).click();
  await start(folder.path);
  await expect(window.failure(/is not empty/)).toBeVisible();
  await start(folder.file("copy"));
  await expect(window.status).toContainText("200");
  folder.write("copy/cgi-bin/sum.py", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nmine\\n'\n");
  await command(page, "Close folder");
  await page.getByRole("button", { name: "Try the examples…" }).click();
  await start(folder.file("copy"));
  await expect(page.getByRole("region", { name: "Notices" })).toContainText("Your changes were kept");
  expect(folder.read("copy/cgi-bin/sum.py")).toContain("mine");
});

test("a new script from a template, before any folder is open, runs at once", async ({ window, folder }) => {
  const { page } = window;
  await command(page, "New script…");
  const dialog = page.getByRole("dialog", { name: "New script" });
  await dialog.getByRole("radio", { name: "Perl" }).check({ force: true });
  await expect(dialog.getByRole("textbox", { name: "Path in the folder" })).toHaveValue("cgi-bin/hello.pl");
  await dialog.getByRole("textbox", { name: "Folder", exact: true }).fill(folder.file("scripts"));
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(window.target).toHaveValue("/cgi-bin/hello.pl");
  expect(statSync(folder.file("scripts/cgi-bin/hello.pl")).mode & 0o111).toBe(0o111);
  await window.send("/cgi-bin/hello.pl?name=%3CAda%3E");
  await window.tab("Response");
  await expect(window.bytes("Response")).toContainText("Hello, &#60;Ada&#62;!");
  await expect(page.getByRole("tab", { name: /^Doctor \d/ })).toHaveCount(0);

  // The next one gets a free name; C is compiled at once.
  await command(page, "New script…");
  await dialog.getByRole("radio", { name: "Perl" }).check({ force: true });
  await expect(dialog.getByRole("textbox", { name: "Path in the folder" })).toHaveValue("cgi-bin/hello-2.pl");
  await dialog.getByRole("radio", { name: "C", exact: true }).check({ force: true });
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("tab", { name: "hello.c" })).toHaveAttribute("aria-selected", "true");
  await window.send("/cgi-bin/hello");
  await expect(window.bytes("Response")).toContainText("Hello from C");
});

test("large type: everything is larger, menus and editor still meet the pointer", async ({ window, folder }) => {
  const { page } = window;
  await page.getByRole("button", { name: "Try the examples…" }).click();
  await page.getByRole("textbox", { name: "Folder for the examples" }).fill(folder.file("copy"));
  await page.getByRole("button", { name: "Copy and open" }).click();
  await expect(window.status).toContainText("200");
  const heading = page.getByRole("heading", { name: "Files" });
  const before = (await heading.boundingBox())?.height ?? 0;
  await page.getByRole("banner").getByRole("button", { name: "View" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Projector mode" }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toHaveCount(0);
  await expect.poll(async () => (await heading.boundingBox())?.height ?? 0).toBeGreaterThan(before * 1.2);
  const size = page.viewportSize() ?? (await page.evaluate(() => ({ width: innerWidth, height: innerHeight })));
  const footer = await window.statusBar.boundingBox();
  expect(Math.round((footer?.y ?? 0) + (footer?.height ?? 0))).toBe(size.height);

  const menuButton = page.getByRole("banner").getByRole("button", { name: /^Folder / });
  await menuButton.click();
  const menu = page.getByRole("menu");
  await expect(menu).toBeVisible();
  const [button, popup] = [await menuButton.boundingBox(), await menu.boundingBox()];
  expect(Math.abs((popup?.x ?? 0) - (button?.x ?? 0))).toBeLessThan(4);
  expect((popup?.y ?? 0) - ((button?.y ?? 0) + (button?.height ?? 0))).toBeLessThan(10);
  await page.keyboard.press("Escape");

  // A click into a line of the editor sets the cursor into that very line.
  await window.editor.locator(".view-line", { hasText: "Adds two numbers" }).click();
  await expect(window.statusBar).toContainText("Ln 2,");

  // The graph's line ends in the point of the newest request.
  const graph = await window.latency();
  const fromLineToPoint = async (): Promise<number> => {
    const line = await graph.locator('path[data-shape="line"]').boundingBox();
    const point = await graph.locator("button[data-trace-id]").last().boundingBox();
    if (!line || !point) throw new Error("the graph is not on the screen");
    return Math.abs(line.x + line.width - point.x - point.width / 2);
  };
  await expect.poll(fromLineToPoint).toBeLessThan(3);

  // A column's edge stays under the pointer that drags it, and a press in the bytes is the byte that is pressed.
  const edge = window.traces.getByRole("columnheader").filter({ hasText: "Method" }).locator(".trace-head-edge");
  const [from] = [await edge.boundingBox()];
  if (!from) throw new Error("the column has no edge");
  await page.mouse.move(from.x + from.width / 2, from.y + 5);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2 + 60, from.y + 5, { steps: 3 });
  await page.mouse.up();
  await expect.poll(async () => Math.abs(((await edge.boundingBox())?.x ?? 0) - from.x - 60)).toBeLessThan(3);
  await window.tab("Stdout");
  const bytes = window.bytes("Stdout");
  await window.showAs(bytes, "Hex");
  const byte = bytes.locator(".byte-hex").first();
  const box = await byte.boundingBox();
  const row = await bytes.locator("[data-row]").nth(2).boundingBox();
  if (!box || !row) throw new Error("there are no bytes");
  const perRow = Number(await bytes.locator("[data-row]").nth(1).getAttribute("data-offset"));
  await page.mouse.click(box.x + 2, row.y + row.height / 2);
  await expect(bytes.locator('[data-part="place"]')).toHaveText(new RegExp(`^0x${(2 * perRow).toString(16)}: `));
  await page.reload();
  await expect.poll(async () => (await heading.boundingBox())?.height ?? 0).toBeGreaterThan(before * 1.2);
});

/** Runs a command by its title, from the palette. */
async function command(page: Page, title: string): Promise<void> {
  await page.getByRole("button", { name: "Search files, traces and commands" }).click();
  await page.getByRole("combobox").last().fill(title);
  await page.getByRole("option", { name: title }).first().click();
}
