// Ten thousand values: the page keeps few rows, stays quick while they come, and Stop ends the run at once.
import { recordMainThread } from "../support/main-thread.js";
import { copyWorkspace } from "../support/temp-workspace.js";
import { expect, test } from "./shell.js";

const many = 10_000;
/** What a person notices, ms; by the processor’s time, which others have too, at times. */
const longestTaskMs = 50;
const stopMs = 100;
const mostRows = 100;

test("ten thousand rows are drawn without a long task, sorted, filtered, and a run is stopped at once", async ({
  window,
}) => {
  test.setTimeout(600_000);
  using workspace = copyWorkspace("basic");
  workspace.write("plain.txt", "plain\n");
  await window.openQuietly(workspace.path);
  const { page } = window;
  await window.target.fill("/plain.txt?n=1");
  const dialog = page.getByRole("dialog", { name: "Try values" });
  const begin = async (): Promise<void> => {
    await page.getByRole("button", { name: "Try values for n…" }).click();
    await dialog.getByRole("combobox", { name: "Values" }).selectOption({ label: "Numbers" });
    await dialog.getByRole("textbox", { name: "From..to" }).fill(`0..${many - 1}`);
    await expect(dialog.getByRole("status")).toHaveText("10,000 requests");
    await dialog.getByRole("button", { name: "Start" }).click();
  };
  await begin();
  const tab = page.getByRole("region", { name: "Variations" });
  const grid = tab.getByRole("grid");
  await expect(grid.getByRole("row").nth(1)).toBeVisible();
  const seen = await page.evaluateHandle(() => {
    const found = { mostRows: 0 };
    const count = (): void => {
      found.mostRows = Math.max(found.mostRows, document.querySelectorAll('.variations-grid [role="row"]').length);
      requestAnimationFrame(count);
    };
    count();
    return found;
  });
  const record = await recordMainThread(page);
  await grid.getByRole("button", { name: "Time" }).click();
  await expect(tab.getByRole("status")).toContainText("10,000 sent · all as expected", { timeout: 400_000 });
  await grid.evaluate((element) => {
    element.scrollTop = element.scrollHeight / 2;
  });
  await grid.getByRole("button", { name: "Time" }).click();
  await tab.getByRole("searchbox", { name: "Filter rows" }).fill("path:n=99");
  await expect(grid).toHaveAttribute("aria-rowcount", "112"); // 99, 990 to 999, 9900 to 9999, and the head
  const { longestMs, longestCpuMs } = await record();
  const { mostRows: rows } = await seen.jsonValue();

  await begin();
  await expect(tab.getByRole("progressbar")).toBeVisible();
  await expect(grid.getByRole("row").nth(1)).toBeVisible();
  const tookMs = await tab.getByRole("button", { name: "Stop" }).evaluate(async (button: HTMLElement) => {
    const began = performance.now();
    button.click();
    while (document.querySelector('[aria-label="Variations"] progress')) await new Promise(requestAnimationFrame);
    return performance.now() - began;
  });
  const sent = await tab.getByRole("status").textContent();
  console.log(
    `longest task ${Math.round(longestMs)} ms, by processor time ${Math.round(longestCpuMs)} ms, ${rows} rows at most, stopped within ${Math.round(tookMs)} ms`,
  );
  expect(sent).toMatch(/ of 10,000 sent/);
  expect(rows).toBeLessThanOrEqual(mostRows);
  expect(tookMs).toBeLessThan(stopMs);
  expect(longestCpuMs).toBeLessThan(longestTaskMs);
});
