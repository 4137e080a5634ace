// "What just happened": eight steps over the first example's trace, each pointing at the real part of its X-ray.
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

async function startExamples({ page, status }: WorkbenchWindow, folder: string): Promise<void> {
  await page.getByRole("button", { name: "Try the examples…" }).click();
  await page.getByRole("textbox", { name: "Folder for the examples" }).fill(folder);
  await page.getByRole("button", { name: "Copy and open" }).click();
  await expect(status).toContainText("200");
}

/** Title, what the words say, and what is pointed at holds. */
const steps = [
  [
    "The request line",
    /the method GET, the path \/sum and, after the “\?”, the query a=1&b=2/,
    "GET /sum?a=1&b=2 HTTP/1.1",
  ],
  ["It becomes the environment", /QUERY_STRING/, "QUERY_STRING"],
  ["The script starts", /sum\.py runs in its own process \(pid \d+\).* \d+(\.\d+)? ms/, "SCRIPT_NAME"],
  ["Stdin: the request body", /no body/, "the request has no body"],
  ["Stdout begins with headers", /one here/, "Content-Type: text/plain; charset=utf-8"],
  ["The blank line", /ends the headers/, "end of headers"],
  ["Then the body", /byte for byte/, "3"],
  ["What the client got", /\(200\).*2 bytes of body/, "HTTP/1.1 200 OK"],
] as const;

test("Explain leads through the shown request, from the first step to the last", async ({ window, folder }) => {
  const { page } = window;
  await startExamples(window, folder.file("copy"));
  await window.send("/sum?a=3");
  await window.row(1).click();
  const explain = page.getByRole("banner").getByRole("button", { name: "Explain" });
  await explain.focus();
  await page.keyboard.press("Enter");
  const presentation = page.getByRole("main", { name: "Presentation" });
  const tour = presentation.getByRole("region", { name: "Tour" });
  const pointed = presentation.locator("[data-tour]");
  for (const [index, [title, words, shown]] of steps.entries()) {
    await expect(tour).toContainText(`${index + 1} of ${steps.length}`);
    await expect(tour.getByRole("heading", { name: title })).toBeVisible();
    await expect(tour).toContainText(words);
    await expect(pointed).toHaveCount(1);
    await expect(pointed).toBeInViewport();
    await expect(pointed).toContainText(shown);
    await tour.getByRole("button", { name: index + 1 === steps.length ? "Done" : "Next" }).click();
  }
  await expect(pointed).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(presentation).toHaveCount(0);
  await expect(explain).toBeFocused();
  await expect(window.traceHeading).toHaveAccessibleName("#1 GET /sum?a=1&b=2");
});
