// The course in the window: the way of a new user through the first lessons, with wrong answers and what is said of
// them; in German; by keyboard alone; a lesson of somebody else.
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { repositoryRoot } from "../support/repository.js";
import { examine } from "./examine.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

const lessons = join(repositoryRoot, "server/lessons/course/lessons");
const answer = (lesson: string, tree: string, script: string): string =>
  readFileSync(join(lessons, lesson, tree, "python/cgi-bin", script), "utf8");

const text = (page: Page): Locator => page.getByRole("region", { name: "Text of the lesson" });
const checks = (page: Page): Locator => page.getByRole("region", { name: "Checks" });
const course = (page: Page): Locator => page.getByRole("dialog").filter({ hasText: "lessons passed" });

async function openCourse({ page }: WorkbenchWindow, works: string): Promise<void> {
  await page.getByRole("button", { name: "The course…" }).click();
  await course(page).getByRole("textbox", { name: "Your work is in" }).fill(works);
  await course(page).getByRole("textbox", { name: "Your work is in" }).press("Tab");
}

async function saved({ page }: WorkbenchWindow, found: string | RegExp): Promise<void> {
  await expect(checks(page).getByRole("status")).toContainText(found, { timeout: 20_000 });
}

test("a new user goes through the first lessons", async ({ window, folder }) => {
  const { page } = window;
  await openCourse(window, folder.file("works"));
  await expect(course(page)).toContainText("0 of 32 lessons passed");
  expect(await examine(page, "course")).toEqual([]);
  await course(page).getByRole("button", { name: "Start: A program answers" }).click();
  await expect(text(page).getByRole("heading", { name: "A program answers" })).toBeVisible();
  await expect(page.getByRole("tab", { name: "hello.py" })).toBeVisible();
  await expect(window.target).toHaveValue("/cgi-bin/hello.py");
  await expect(checks(page).getByRole("listitem")).toHaveCount(3);
  await expect(checks(page)).toContainText("not checked");
  expect(await examine(page, "lesson")).toEqual([]);

  // A prediction, and what happened beside it.
  await text(page)
    .getByRole("radio", { name: /The same process as before/ })
    .check();
  await window.page.getByRole("button", { name: "Send", exact: true }).click();
  const predicted = text(page).getByRole("region", { name: "Your prediction" });
  await expect(predicted).toContainText("You saidThe same process as before");
  await expect(predicted).toContainText("It is soA new process");
  await expect(checks(page).getByRole("status")).toContainText("Saving the script checks it."); // opening it was no save
  await expect(window.rows).toHaveCount(1);

  // A wrong answer: its remark, what was written beside what should have been, and the place that shows it.
  await window.rewrite(answer("run", "wrong/by-heart", "hello.py"));
  await saved(window, "1 of 3 pass");
  const failed = checks(page).getByRole("listitem").filter({ hasText: "failed" });
  await expect(failed).toContainText(/Should contain\d+/);
  await expect(failed).toContainText("the process that wrote it has another one");
  await expect(checks(page)).toContainText("waits");
  await expect(checks(page).getByRole("status")).toContainText(/Failed: The page shows the number .* has another one/);
  await failed.getByRole("button", { name: "Show me in Timing" }).click();
  await expect(page.getByRole("tab", { name: "Timing" })).toBeFocused();
  await expect(window.trace).toContainText("/cgi-bin/hello.py");
  expect(await examine(page, "failed check")).toEqual([]);

  // Two hints, one at a time.
  const hints = text(page).getByRole("region", { name: "Hints" });
  await hints.getByRole("button", { name: "Show a hint (1 of 3)" }).click();
  await expect(hints.getByRole("listitem")).toHaveCount(1);
  await hints.getByRole("button", { name: "Show another hint (2 of 3)" }).click();
  await expect(hints.getByRole("listitem")).toHaveCount(2);

  // Success: the explanation, the course's answer, the next lesson.
  await window.rewrite(
    '#!/usr/bin/env python3\nimport os\n\nprint("Content-Type: text/plain\\n")\nprint("Hello,", os.getpid())\n',
  );
  await saved(window, "3 of 3 pass");
  await expect(text(page).getByRole("region", { name: "Afterwards" })).toContainText("Common Gateway Interface");
  expect(await examine(page, "passed lesson")).toEqual([]);
  await checks(page).getByRole("button", { name: "Compare with the course’s answer" }).click();
  await expect(page.getByRole("region", { name: "Comparison of hello.py" })).toContainText("the course’s answer");
  await window.runCommand("Close comparison");
  await checks(page).getByRole("button", { name: "Next: The empty line" }).click();
  await expect(text(page).getByRole("heading", { name: "The empty line" })).toBeVisible();
  await window.rewrite(answer("empty-line", "solution", "library.py"));
  await saved(window, "3 of 3 pass");
  await checks(page)
    .getByRole("button", { name: /^Next: / })
    .click();
  await expect(text(page)).toContainText("Lesson 3 of 32");

  // What was passed is remembered in the work.
  await page.reload();
  await expect(text(page)).toContainText("Lesson 3 of 32");
  await text(page).getByRole("button", { name: "Lesson 3 of 32" }).click();
  await expect(course(page).getByRole("button", { name: "1 A program answers" })).toContainText("passed");
});

test("in German, by keyboard alone", async ({ window, folder }) => {
  const { page } = window;
  await openCourse(window, folder.file("works"));
  await course(page).getByRole("radio", { name: "Deutsch" }).focus();
  await page.keyboard.press("Space");
  const percent = course(page).getByRole("button", { name: /Buchstaben mit Prozentzeichen/ });
  await percent.focus();
  await page.keyboard.press("Enter");
  await expect(text(page).getByRole("heading", { name: "Buchstaben mit Prozentzeichen" })).toBeVisible();
  await expect(text(page)).toHaveAttribute("lang", "de");
  await checks(page).getByRole("button", { name: "Check" }).focus();
  await page.keyboard.press("Enter");
  await saved(window, "of 4 pass");
  const failed = checks(page).getByRole("listitem").filter({ hasText: "So sah der Name unterwegs aus." });
  await expect(failed).toContainText("Should contain");
  await failed.getByRole("button", { name: "Show me in QUERY_STRING" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("tab", { name: "X-ray" })).toBeFocused();
  await page.getByRole("tab", { name: "Lesson", exact: true }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(window.files).toBeVisible();
});

test.describe("in a folder that nobody has trusted", () => {
  test.use({ trusts: false });

  test("a lesson of somebody else runs when it is trusted", async ({ window, folder }) => {
    const { page } = window;
    cpSync(join(lessons, "run"), folder.file("own"), { recursive: true });
    cpSync(join(lessons, "run/start/python"), folder.file("work"), { recursive: true });
    const progress = { attempts: 0, passedChecks: [], passedAt: null };
    const work = {
      schema: 1,
      lesson: folder.file("own"),
      code: "python",
      name: null,
      startedAt: new Date().toISOString(),
    };
    folder.write("work/.cgi-workbench-lesson.json", JSON.stringify({ ...work, progress }));
    await window.askForFolder(folder.file("work")); // the lesson takes the place of its files at once
    await expect(checks(page)).toContainText("solution/python/cgi-bin/hello.py");
    await expect(checks(page).getByRole("button", { name: "Check", exact: true })).toHaveCount(0);
    expect(await examine(page, "lesson of somebody else")).toEqual([]);
    await checks(page).getByRole("button", { name: "Trust this lesson" }).click();
    await checks(page).getByRole("button", { name: "Check", exact: true }).click();
    await saved(window, "1 of 3 pass");
  });
});
