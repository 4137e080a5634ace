// A lesson as the window shows it.
import type { LessonView } from "../contract/lessons-contract.js";
import type { Course } from "./course.js";
import { formEncoded } from "./format/fill.js";
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
    script: scriptOf(lesson, code),
    request: firstRequest(lesson, code),
    predict: predict && front.predict ? { ...predict, answer: front.predict.answer } : null,
    look: [...look],
    checks: lesson.checks.map(({ id, say }) => ({ id, say: checks.get(id)?.say ?? say })),
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

/** Without the values of a check, which are for checks alone. */
function firstRequest(lesson: Lesson, code: WorkFile["code"]): LessonView["request"] {
  const { request } = lesson.front;
  if (request === undefined) return null;
  const filled = (text: string): string => text.replaceAll("{script}", scriptOf(lesson, code));
  const { form, text = null, type = "text/plain; charset=utf-8" } = request;
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
  };
}
