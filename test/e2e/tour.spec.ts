// "What just happened": eight steps over the first example's trace, each pointing at the real part of the window.
import type { Page } from "@playwright/test";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

async function startExamples({ page, status }: WorkbenchWindow, folder: string): Promise<void> {
  await page.getByRole("button", { name: "Try the examples…" }).click();
  await page.getByRole("textbox", { name: "Folder for the examples" }).fill(folder);
  await page.getByRole("button", { name: "Copy and open" }).click();
  await expect(status).toContainText("200");
}
const card = (page: Page) => page.getByRole("dialog", { name: /./ }).filter({ hasText: "What just happened" });
const pointed = (page: Page) => page.locator("[data-tour]");

/** Title, what the words say, and what is pointed at holds. */
const steps = [
  [
    "The request line",
    /the method GET, the path \/sum and, after the “\?”, the query a=1&b=2/,
    "GET /sum?a=1&b=2 HTTP/1.1",
  ],
  ["It becomes the environment", /QUERY_STRING/, "QUERY_STRING"],
  ["The script starts", /sum\.py runs in its own process \(pid \d+\).* \d+(\.\d+)? ms/, null],
  ["Stdin: the request body", /no body/, "No bytes."],
  ["Stdout begins with headers", /one here/, "Content-Type: text/plain; charset=utf-8"],
  ["The blank line", /ends the headers/, "end of headers"],
  ["Then the body", /byte for byte/, "3"],
  ["What the client got", /\(200\).*2 bytes of body/, "HTTP/1.1 200 OK"],
] as const;

test("from the first step to the last", async ({ window, folder }) => {
  const { page } = window;
  await startExamples(window, folder.file("copy"));
  await page.getByRole("banner").getByRole("button", { name: "Explain" }).click();
  for (const [index, [title, words, shown]] of steps.entries()) {
    await expect(card(page)).toContainText(`${index + 1} of ${steps.length}`);
    await expect(card(page).getByRole("heading", { name: title })).toBeVisible();
    await expect(card(page)).toContainText(words);
    await expect(pointed(page)).toHaveCount(1);
    await expect(pointed(page)).toBeInViewport();
    if (shown !== null) await expect(pointed(page)).toContainText(shown);
    await card(page)
      .getByRole("button", { name: index + 1 === steps.length ? "Done" : "Next" })
      .click();
  }
  await expect(card(page)).toHaveCount(0);
  await expect(pointed(page)).toHaveCount(0);

  // Finished, it begins at the first step again.
  await page.reload();
  await expect(window.file("cgi-bin/sum.py")).toBeVisible();
  await expect(window.traceHeading).toHaveAccessibleName("#1 GET /sum?a=1&b=2");
  await page.getByRole("banner").getByRole("button", { name: "Explain" }).click();
  await expect(card(page)).toContainText("1 of 8");
});

test("it ends where it was begun: the view, the pane and the trace", async ({ window, folder }) => {
  const { page } = window;
  await startExamples(window, folder.file("copy"));
  await window.send("/sum?a=3");
  await window.row(1).click();
  const timing = await window.tab("Timing");
  await expect(timing).toBeVisible();
  const explain = page.getByRole("banner").getByRole("button", { name: "Explain" });
  await explain.click();
  await expect(card(page).getByRole("heading", { name: "The request line" })).toBeVisible();
  await expect(timing).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(card(page)).toHaveCount(0);
  await expect(timing).toBeVisible();
  await expect(window.traceHeading).toHaveAccessibleName("#1 GET /sum?a=1&b=2");

  await page.keyboard.press("ControlOrMeta+Alt+B");
  await expect(window.trace).toHaveCount(0);
  await explain.click();
  await expect(card(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(window.trace).toHaveCount(0);
});

test("by the keyboard alone: arrows, Esc, and on from where it was left", async ({ window, folder }) => {
  const { page } = window;
  await startExamples(window, folder.file("copy"));
  const explain = page.getByRole("banner").getByRole("button", { name: "Explain" });
  await explain.focus();
  await page.keyboard.press("Enter");
  await expect(card(page).getByRole("button", { name: "Next" })).toBeFocused();
  for (const number of [2, 3, 4, 5, 6]) {
    await page.keyboard.press("ArrowRight");
    await expect(card(page)).toContainText(`${number} of 8`);
  }
  await page.keyboard.press("ArrowLeft");
  await expect(card(page)).toContainText("5 of 8");
  await page.keyboard.press("Escape");
  await expect(card(page)).toHaveCount(0);

  // A newer request does not matter to the tour: it stays with the trace it is about.
  await explain.focus();
  await page.keyboard.press("Enter");
  await expect(card(page)).toContainText("5 of 8");
  await expect(pointed(page)).toContainText("Content-Type");
  const address = await window.serverAddress();
  await fetch(`${address}/cgi-bin/slow.sh?seconds=1`).then((response) => response.text());
  await expect(window.row(2)).toBeVisible();
  await expect(window.traceHeading).toHaveAccessibleName("#1 GET /sum?a=1&b=2");
  await page.keyboard.press("Escape");
  await expect(card(page)).toHaveCount(0);
  await expect(explain).toBeFocused();
});
