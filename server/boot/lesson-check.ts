// The process that checks the works of a class, one after the other. A work can make it end; its parent then begins
// another one.
import { LessonChecker } from "../lessons/check/checker.js";
import { type CheckAnswer, type CheckOrder, checkOrder } from "../lessons/class/check-order.js";
import { Course } from "../lessons/course.js";
import { demandTrust } from "../lessons/lesson-trust.js";
import { notChecked } from "../lessons/messages.js";

const course = new Course();
const checker = new LessonChecker();
const ending = new AbortController();

async function answerTo({ lesson: name, folder, code, seed }: CheckOrder): Promise<CheckAnswer> {
  try {
    const lesson = await course.lesson(name);
    await demandTrust(course, lesson);
    const { signal } = ending;
    return { report: await checker.check(lesson, { folder, code }, { seed, texts: lesson.texts, signal }) };
  } catch (error) {
    return { problem: notChecked(folder, error) };
  }
}

process.on("message", async (message) => {
  const answer = await answerTo(checkOrder.parse(message));
  if (process.connected) process.send?.(answer);
});
process.on("disconnect", async () => {
  ending.abort();
  await checker.dispose();
  process.exit();
});
// The terminal sends Ctrl+C and its end to both; the parent ends this process.
for (const signal of ["SIGINT", "SIGHUP"]) process.on(signal, () => {});
