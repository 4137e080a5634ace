// Answers as beginners write them, none of which a lesson was made for: each is right, or fails the checks that name
// its mistake. A remark with the number 0 is what the doctor says of an error that the lesson does not know.
import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { LessonChecker } from "../../server/lessons/check/checker.js";
import { Course } from "../../server/lessons/course.js";
import { filesBelow, writeTree } from "../../server/lessons/format/file-tree.js";
import { sampled } from "../support/evidence.js";
import { tempFolder } from "../support/temp-workspace.js";

const course = new Course();
const checker = new LessonChecker();
afterAll(() => checker.dispose());

const support = join(import.meta.dirname, "../support");
const expected: Record<string, Record<string, Record<string, number>>> = JSON.parse(
  readFileSync(join(support, "beginners.json"), "utf8"),
);

test("there are sixty, one or more for each lesson", async () => {
  expect(Object.keys(expected).sort()).toEqual([...(await course.ids())].sort());
  const all = Object.entries(expected).flatMap(([id, answers]) => Object.keys(answers).map((name) => join(id, name)));
  expect(all.length).toBeGreaterThanOrEqual(60);
  for (const answer of all) expect(existsSync(join(support, "beginners", answer)), answer).toBe(true);
});

/** Without comments and spaces, which make no other answer. */
const codeOf = (text: string): string => text.replace(/(^|\s)#.*$/gm, "").replace(/\s+/g, "");

test.each(sampled(await course.ids(), "lesson-beginners", 16))("%s", async (id) => {
  const lesson = await course.lesson(id);
  const known = lesson.files.filter(({ path }) => path.startsWith("wrong/"));
  for (const [name, fails] of Object.entries(expected[id] ?? {})) {
    using folder = tempFolder();
    const answer = join(support, "beginners", id, name);
    const scripts = readdirSync(join(answer, "cgi-bin")).map((file) => join("cgi-bin", file));
    const code = scripts.every((file) => file.endsWith(".sh")) ? "shell" : "python";
    for (const script of scripts) {
      const own = codeOf(readFileSync(join(answer, script), "utf8"));
      const same = known.filter(
        ({ path, bytes }) => path.endsWith(script) && codeOf(Buffer.from(bytes).toString()) === own,
      );
      if (scripts.length === 1) expect(same.map(({ path }) => path)).toEqual([]);
    }
    await writeTree(folder.file("work"), filesBelow(lesson.files, `start/${code}`));
    cpSync(answer, folder.file("work"), { recursive: true });
    const report = await checker.check(
      lesson,
      { folder: folder.file("work"), code },
      { seed: String(Date.now()), texts: lesson.texts, signal: new AbortController().signal },
    );
    const failed = report.checks.filter(({ state }) => state === "failed");
    const remarks = failed.map((check) => [check.id, check.failure?.remark?.number ?? "none"]);
    expect(Object.fromEntries(remarks), `${name} ${JSON.stringify(report)}`).toEqual(fails);
    expect(report.passed, name).toBe(failed.length === 0);
  }
});
