// The course in the window: the way of a new user through the first lessons, with wrong answers and what is said of
// them; in German; by keyboard alone; a lesson of somebody else.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { strToU8, unzipSync, zipSync } from "fflate";
import { repositoryRoot } from "../support/repository.js";
import { examine } from "./examine.js";
import { savedBy } from "./saved-file.js";
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
  await expect(checks(page).getByRole("status")).toContainText("Saving checks it."); // opening it was no save
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

test("the doctor's findings come late, and a lesson sets a breakpoint", async ({ app, window, folder }) => {
  const { page } = window;
  await openCourse(window, folder.file("works"));
  await course(page)
    .getByRole("button", { name: /The empty line/ })
    .click();
  await expect(page.getByRole("tab", { name: "library.py" })).toBeVisible();
  // On the stage the class predicts first, and then sees what happened.
  await window.runCommand("Present");
  const stage = page.getByRole("main", { name: "Presentation" });
  await expect(stage.getByRole("region", { name: "Your prediction" }).getByRole("button")).toHaveCount(5);
  await expect(stage.getByRole("region", { name: "X-ray" })).toHaveCount(0);
  expect(await examine(page, "prediction on the stage")).toEqual([]);
  await stage.getByRole("region", { name: "Your prediction" }).getByRole("button").first().click();
  await expect(stage.getByRole("region", { name: "X-ray" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(text(page).getByRole("region", { name: "Your prediction" })).toContainText("You said");

  // What the doctor finds is the answer: it comes after two checks.
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await window.tab("Doctor");
  await expect(window.trace).toContainText("shows the doctor’s findings after two checks");
  await expect(window.trace.getByRole("article")).toHaveCount(0);
  for (const attempts of [1, 2]) {
    await checks(page).getByRole("button", { name: "Check", exact: true }).click();
    await saved(window, "of 3 pass");
    if (attempts === 1) await expect(window.trace.getByRole("article")).toHaveCount(0);
  }
  await expect(window.trace.getByRole("article").first()).toBeVisible();
  await expect(window.trace).toContainText("shows the doctor’s fixes when your work has passed");
  await expect(window.trace.getByRole("button", { name: /…$/ })).toHaveCount(1); // the index of all rules

  await text(page).getByRole("button", { name: "Lesson 2 of 32" }).click();
  await course(page)
    .getByRole("button", { name: /Eight visitors and one file/ })
    .click();
  await expect(page.getByRole("tab", { name: "counter.py" })).toBeVisible();
  await text(page).getByRole("button", { name: "a breakpoint" }).click();
  await expect(page.locator(".debug-point")).toBeVisible();
  // The lesson's script fails, and the stage shows its response as a page, if it has the time.
  expect(app.complaints.splice(0).filter((words) => !/\b500\b/.test(words))).toEqual([]);
});

test("a class of 30: hand out a lesson, collect the works, and save the table", async ({ app, window, folder }) => {
  test.setTimeout(300_000); // 30 works, three checks each: 90 scripts start, one after the other
  const { page } = window;
  await openCourse(window, folder.file("works"));
  await course(page).getByRole("button", { name: "Hand out…" }).click();
  const handingOut = page.getByRole("dialog", { name: "Hand out" });
  expect(await examine(page, "hand out")).toEqual([]);
  await handingOut.getByRole("combobox", { name: "What the class gets" }).selectOption("run");
  const handedOut = await savedBy(app, folder, () => handingOut.getByRole("button", { name: "Save ZIP" }).click());
  expect(handedOut.name).toBe("run.zip");
  const given = unzipSync(readFileSync(folder.file("saved")));

  // 30 works come back: 28 answers, the start as it was, and what is no ZIP.
  mkdirSync(folder.file("in"));
  const solved = { ...given, "run/cgi-bin/hello.py": strToU8(answer("run", "solution", "hello.py")) };
  for (const name of ["ada", ...Array.from({ length: 27 }, (_, n) => `learner-${n + 1}`)])
    writeFileSync(folder.file(`in/${name}.zip`), zipSync(solved));
  writeFileSync(folder.file("in/bob.zip"), zipSync(given));
  folder.write("in/eve.zip", "no archive");
  await page.getByRole("button", { name: "The course…" }).click();
  await course(page).getByRole("button", { name: "Collect…" }).click();
  const collecting = page.getByRole("dialog", { name: "Collect" });
  await collecting.getByRole("textbox", { name: "The ZIPs are in" }).fill(folder.file("in"));
  await collecting.getByRole("button", { name: "Collect", exact: true }).click();
  const works = page.getByRole("dialog", { name: "Works of the class" });
  await expect(works).toContainText("ada.zip/cgi-bin/hello.py");
  await works.getByRole("button", { name: "Run and check 30 works" }).click();
  await expect(works.getByText("28 of 30 passed")).toBeVisible({ timeout: 240_000 });
  const row = (name: string): Locator => works.getByRole("row").filter({ hasText: name });
  await expect(row("ada.zip")).toContainText("3 of 3");
  await expect(row("bob.zip")).toContainText(/[01] of 3.*/);
  await expect(row("eve.zip")).toContainText("not checked");
  await expect(works.getByRole("list", { name: "Limits" }).getByRole("listitem")).toHaveCount(3);
  expect(await examine(page, "table of a class")).toEqual([]);
  const csv = await savedBy(app, folder, () => works.getByRole("button", { name: "Save as CSV" }).click());
  expect(csv.text.split("\r\n")).toHaveLength(32);
  expect(csv.text).toContain("ada.zip,,run,python,yes,3,3,");
  expect(csv.text.match(/\.zip,,run,python,yes,3,3,/g)).toHaveLength(28);
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
    const progress = { attempts: 0, passedAt: null };
    const work = {
      schema: 1,
      lesson: folder.file("own"),
      code: "python",
      name: null,
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

  test("works on a lesson of one’s own are checked against it, whatever path they name", async ({ window, folder }) => {
    const { page } = window;
    cpSync(join(lessons, "run"), folder.file("own"), { recursive: true });
    const progress = { attempts: 0, passedAt: null };
    const work = { schema: 1, lesson: "/home/ada/own", code: "python", name: "Ada", progress };
    mkdirSync(folder.file("in"));
    const files = { "cgi-bin/hello.py": strToU8(answer("run", "solution", "hello.py")) };
    const said = strToU8(JSON.stringify(work));
    writeFileSync(folder.file("in/ada.zip"), zipSync({ ...files, ".cgi-workbench-lesson.json": said }));
    await page.getByRole("button", { name: "The course…" }).click();
    await course(page).getByRole("button", { name: "Collect…" }).click();
    const collecting = page.getByRole("dialog", { name: "Collect" });
    await collecting.getByRole("textbox", { name: "The ZIPs are in" }).fill(folder.file("in"));
    await collecting.getByRole("textbox", { name: /^Your own lesson/ }).fill(folder.file("own"));
    await collecting.getByRole("button", { name: "Collect", exact: true }).click();
    const works = page.getByRole("dialog", { name: "Works of the class" });
    await expect(works).toContainText("own/solution/python/cgi-bin/hello.py"); // its programs run, too
    await works.getByRole("button", { name: "Run and check 1 work" }).click();
    await expect(works.getByRole("row").filter({ hasText: "ada.zip" })).toContainText("3 of 3", { timeout: 60_000 });
  });
});
