// What the page must not be able to do, tried from inside of it.
import { copyWorkspace } from "../support/temp-workspace.js";
import { expect, test } from "./shell.js";

test("no Node, no eval, no windows, no way out of its origin, no cookie", async ({ app, window }) => {
  const { page } = app;
  await expect(page.getByRole("button", { name: "Open folder…" })).toBeVisible();
  expect(
    await page.evaluate(() => ["require", "process", "module", "Buffer"].filter((name) => name in globalThis)),
  ).toEqual([]);
  // In a timer: what the test tool itself evaluates is exempt from the page's policy.
  const evaluated = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        setTimeout(() => {
          try {
            resolve(String(new Function("return 'ran'")()));
          } catch (error) {
            resolve(error instanceof Error ? error.name : "thrown");
          }
        });
      }),
  );
  expect(evaluated).toBe("EvalError");
  if (app.kind === "electron")
    expect(await page.evaluate(() => globalThis.open("https://example.invalid/") === null)).toBe(true);
  expect(page.url()).toMatch(app.kind === "electron" ? /^app:\/\// : /^http:\/\/127\.0\.0\.1:\d+\/(#.*)?$/);
  expect(page.url()).not.toMatch(/[#&]code=/); // the one-time code that opened the page
  expect(await page.context().cookies()).toEqual([]);
  expect(await page.evaluate(() => document.cookie)).toBe("");
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.injected = true";
    document.head.append(script);
  });
  expect(await page.evaluate(() => "injected" in globalThis)).toBe(false);
  await expect.poll(() => app.complaints.length).toBeGreaterThan(0);
  expect(app.complaints.splice(0).every((words) => /content security policy/i.test(words))).toBe(true);
  await window.page.reload();
  await expect(page.getByRole("button", { name: "Open folder…" })).toBeVisible();
});

test("the editor's worker starts under the page's policy", async ({ app, window }) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/hello.py");
  await window.editor.locator(".view-line").first().waitFor();
  await window.type("# a comment\n");
  await expect.poll(() => app.page.workers().length).toBeGreaterThanOrEqual(1);
});
