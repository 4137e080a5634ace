// What the composer has when a lesson of the course is opened: a whole request, with no name of a value left in it.
import { expect, test } from "vitest";
import { Course } from "../../../server/lessons/course.js";
import { lessonView } from "../../../server/lessons/lesson-view.js";

test("the first request of each lesson is filled in", async () => {
  const course = new Course();
  const ids = await course.ids();
  expect(ids).toHaveLength(32);
  for (const id of ids) {
    const lesson = await course.lesson(id);
    const progress = { attempts: 0, hints: 0, prediction: null, passedAt: null };
    const work = { schema: 1, lesson: id, code: "python", name: null, progress } as const;
    const { request } = await lessonView(course, lesson, work, "en");
    const body = Buffer.from(request?.body?.base64 ?? "", "base64").toString("latin1");
    expect(`${id} ${JSON.stringify([request?.target, request?.headers])}`).not.toMatch(/\{\w+\}/);
    expect(body).not.toContain("{file}");
    if (id === "upload") expect(body.length).toBeGreaterThan(3000);
  }
});
