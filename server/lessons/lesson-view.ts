// A lesson as the window shows it.
import type { LessonView } from "../contract/lessons-contract.js";
import { outgoing } from "./check/outgoing.js";
import { drawValues } from "./check/values.js";
import type { Course } from "./course.js";
import { type Lesson, scriptOf, textsIn } from "./format/lesson.js";
import { untrusted } from "./lesson-trust.js";
import type { WorkFile } from "./work.js";

/** @throws ProblemError */
export async function lessonView(
  course: Course,
  lesson: Lesson,
  { code, progress }: WorkFile,
  language: string,
): Promise<LessonView> {
  const { front } = lesson;
  const script = scriptOf(lesson, code);
  const { checks, predict, look, hints, ...texts } = textsIn(lesson, language);
  const trust = await untrusted(course, lesson);
  return {
    id: lesson.id,
    code,
    progress,
    language,
    ...texts,
    ...(await placeIn(course, lesson, language)),
    hints: [...hints],
    script,
    request: firstRequest(lesson, script),
    predict: predict && front.predict ? { ...predict, answer: front.predict.answer } : null,
    look: [...look],
    checks: lesson.checks.map(({ id, say }) => ({ id, say: checks.get(id)?.say ?? say })),
    doctor: front.doctor,
    trust: trust && { fingerprint: trust.fingerprint, runs: trust.runs },
  };
}

async function placeIn(course: Course, lesson: Lesson, language: string): Promise<Pick<LessonView, "place" | "next">> {
  if (!course.has(lesson)) return { place: null, next: null };
  const ids = await course.ids();
  const number = ids.indexOf(lesson.id) + 1;
  const next = ids[number];
  return {
    place: { number, of: ids.length },
    next: next === undefined ? null : { id: next, title: textsIn(await course.lesson(next), language).title },
  };
}

/** Its values are the same each time, and not those of a check. */
function firstRequest({ id, front: { request }, values: kinds }: Lesson, script: string): LessonView["request"] {
  if (request === undefined) return null;
  const values = drawValues(kinds, id).set("script", script).set("seed", id);
  const { body, headers, ...line } = outgoing(request, values, new Map());
  return { ...line, headers: [...headers], body: body && { base64: Buffer.from(body).toString("base64") } };
}
