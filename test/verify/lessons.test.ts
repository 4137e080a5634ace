// Every lesson of the course, in every language that is installed: no start passes, no solution fails, and each wrong
// answer fails exactly its checks with exactly its remarks.
import { afterAll, expect, test } from "vitest";
import { LessonChecker } from "../../server/lessons/check/checker.js";
import { Course } from "../../server/lessons/course.js";
import { readLesson } from "../../server/lessons/format/read-lesson.js";
import { installed } from "../../server/lessons/installed.js";
import { verifyLesson } from "../../server/lessons/verify.js";
import { amount, sampled } from "../support/evidence.js";

const course = new Course();
const checker = new LessonChecker();
afterAll(() => checker.dispose());

test.each(sampled(await course.ids(), "lessons", 16))("%s", async (id) => {
  const { lesson, mistakes } = await readLesson(course.folderOf(id));
  expect(mistakes).toEqual([]);
  if (lesson === null) throw new Error(id);
  const codes = installed(lesson.front.code);
  const { signal } = new AbortController();
  const seed = String(Date.now());
  for await (const each of verifyLesson(checker, lesson, { rounds: amount(3, 1), codes, seed, signal }))
    expect(each.isRight, JSON.stringify(each)).toBe(true);
});
