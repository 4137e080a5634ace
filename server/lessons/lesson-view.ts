// A lesson as the window shows it.
import type { LessonView } from "../contract/lessons-contract.js";
import { formEncoded } from "./check/fill.js";
import type { Course } from "./course.js";
import { type Lesson, scriptOf, textsIn } from "./format/lesson.js";
import { untrusted } from "./lesson-trust.js";
import type { WorkFile } from "./work.js";

/** @throws ProblemError */
export async function lessonView(
  course: Course,
  lesson: Lesson,
  { code, name, progress }: WorkFile,
  language: string,
): Promise<LessonView> {
  const { front } = lesson;
  const { checks, predict, look, ...texts } = textsIn(lesson, language);
  return {
    id: lesson.id,
    ...{ code, name, progress },
    ...texts,
    hints: [...texts.hints],
    minutes: front.minutes,
    script: scriptOf(lesson, code),
    request: firstRequest(lesson, code),
    doctor: front.doctor,
    predict: predict && front.predict ? { ...predict, answer: front.predict.answer } : null,
    look: [...look],
    checks: lesson.checks.map(({ id, say, points }) => ({ id, say: checks.get(id)?.say ?? say, points })),
    next: course.has(lesson) ? await following(course, lesson.id, language) : null,
    trust: await untrusted(course, lesson),
  };
}

/** Without the values of a check, which are for checks alone. */
function firstRequest(lesson: Lesson, code: WorkFile["code"]): LessonView["request"] {
  const { request } = lesson.front;
  if (request === undefined) return null;
  const filled = (text: string): string => text.replaceAll("{script}", scriptOf(lesson, code));
  const { form, text = null, type = "text/plain; charset=utf-8", mode = null } = request;
  const fields = Object.entries(form ?? {}).flatMap(([name, value]) =>
    [value].flat().map((one) => `${formEncoded(name)}=${formEncoded(filled(one))}`),
  );
  const body = form === undefined ? text : fields.join("&");
  const bodyType = form === undefined ? type : "application/x-www-form-urlencoded";
  const headers = Object.entries(request.headers ?? {}).map(([name, value]): [string, string] => [name, filled(value)]);
  return {
    method: request.method ?? (body === null ? "GET" : "POST"),
    target: filled(request.target),
    headers: body === null ? headers : [...headers, ["Content-Type", bodyType]],
    body: filled(body ?? ""),
    mode,
  };
}

async function following(course: Course, id: string, language: string): Promise<LessonView["next"]> {
  const ids = await course.ids();
  const next = ids[ids.indexOf(id) + 1];
  return next === undefined ? null : { id: next, title: textsIn(await course.lesson(next), language).title };
}
