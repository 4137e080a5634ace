// Reads the folder of a lesson and finds everything that is wrong with it, each with its file and line.
import { basename, join } from "node:path";
import { ProblemError } from "../../base/problem.js";
import { type Message, wordsOf } from "../../contract/message.js";
import { utf8Text } from "../../protocol/byte-string.js";
import { lessonMistake, lessonProblem } from "../messages.js";
import { checkLesson } from "./check-lesson.js";
import { readTree, type TreeFile } from "./file-tree.js";
import type { Lesson, LessonTexts } from "./lesson.js";
import { type LessonFile, numbered, readLessonFile, translatedChecks } from "./lesson-text.js";
import { type Mistake, readYaml } from "./read-yaml.js";
import { checkFile, lessonFront, translatedFront } from "./schema.js";

const maxKiB = 32;
const hintCount = 3;
const sections = ["story", "task", "hints", "after"] as const;

/** @throws ProblemError that tells the first mistake */
export async function lessonIn(folder: string): Promise<Lesson> {
  const { lesson, mistakes } = await readLesson(folder);
  const [first] = mistakes;
  if (first === undefined && lesson !== null) return lesson;
  const { path = "lesson.md", line = null } = first ?? {};
  throw new ProblemError(
    lessonProblem("lesson-invalid", { path: join(folder, path), line, mistake: wordsOf(first?.why.text ?? "") }),
  );
}

/** `lesson` null: there is too little of it. @throws ProblemError for a folder that cannot be read */
export async function readLesson(folder: string): Promise<{ lesson: Lesson | null; mistakes: readonly Mistake[] }> {
  const mistakes: Mistake[] = [];
  const files = await readTree(folder);
  const text = textOf(files, "lesson.md", mistakes);
  const checkText = textOf(files, "check.yaml", mistakes);
  const file = text === null ? null : readLessonFile(lessonFront, { path: "lesson.md", text }, sections, mistakes);
  const checkYaml = { path: "check.yaml", text: checkText ?? "", above: 0 };
  const read = checkText === null ? null : readYaml(checkFile, checkYaml, mistakes);
  if (file === null || read === null) return { lesson: null, mistakes };
  const says = read.value.checks.map(
    ({ id, say, otherwise }) => [id, { say, remarks: otherwise.map((one) => one.say) }] as const,
  );
  const { title, goal, predict, look, misconception } = file.front;
  const parts = partsOf("lesson.md", file, mistakes);
  for (const section of sections)
    if (!parts[section]?.length)
      mistakes.push({ path: "lesson.md", line: null, why: lessonMistake("lesson-section-missing", { section }) });
  const { story = "", task = "", hints = [], after = "" } = parts;
  const texts = { title, goal, predict, look, misconception, story, task, hints, after, checks: new Map(says) };
  const translations = new Map<string, Partial<LessonTexts>>();
  for (const { path } of files) {
    const language = /^lesson\.([a-z]{2,3}(?:-[A-Za-z]+)?)\.md$/.exec(path)?.[1];
    const translated = language === undefined ? null : translation(files, path, texts, mistakes);
    if (language !== undefined && translated !== null) translations.set(language, translated);
  }
  const lesson = { ...read.value, id: basename(folder), folder, files, front: file.front, texts, translations };
  checkLesson(lesson, file.lineOf, read.lineOf, mistakes);
  return { lesson, mistakes };
}

function textOf(files: readonly TreeFile[], path: string, mistakes: Mistake[]): string | null {
  const refuse = (why: Message): null => {
    mistakes.push({ path, line: null, why });
    return null;
  };
  const bytes = files.find((file) => file.path === path)?.bytes;
  if (bytes === undefined) return refuse(lessonMistake("lesson-file-missing"));
  if (bytes.length > maxKiB << 10) return refuse(lessonMistake("lesson-file-too-large", { maxKiB }));
  return utf8Text(bytes)?.replace(/^\ufeff/, "") ?? refuse(lessonMistake("lesson-not-utf-8"));
}

/** What is not there is undefined. */
function partsOf(path: string, { sections: found }: LessonFile<unknown>, mistakes: Mistake[]) {
  const hints = found.get("hints");
  const list = hints && numbered(hints.text);
  if (list && list.length !== hintCount) {
    const why = lessonMistake("lesson-hint-count", { count: list.length });
    mistakes.push({ path, line: hints?.line ?? null, why });
  }
  const [story, task, after] = (["story", "task", "after"] as const).map((name) => found.get(name)?.text);
  return { story, task, hints: list, after };
}

/** Null: there is too little of it. */
function translation(
  files: readonly TreeFile[],
  path: string,
  texts: LessonTexts,
  mistakes: Mistake[],
): Partial<LessonTexts> | null {
  const text = textOf(files, path, mistakes);
  const file =
    text === null ? null : readLessonFile(translatedFront, { path, text }, [...sections, "checks"], mistakes);
  if (file === null) return null;
  const { sections: found, front, lineOf } = file;
  const section = found.get("checks");
  const checks = section && translatedChecks(section.text);
  const line = section?.line ?? null;
  const compare = (what: string, at: number | null, count: number | undefined, of: number): void => {
    if (count !== undefined && count !== of)
      mistakes.push({ path, line: at, why: lessonMistake("lesson-texts-differ", { what, count, of }) });
  };
  compare("choices", lineOf(["predict"]), front.predict?.choices.length, texts.predict?.choices.length ?? 0);
  compare("look", lineOf(["look"]), front.look?.length, texts.look.length);
  compare("checks", line, checks?.size, texts.checks.size);
  for (const [id, { remarks }] of checks ?? []) {
    const original = texts.checks.get(id);
    if (original === undefined) mistakes.push({ path, line, why: lessonMistake("lesson-name-unknown", { name: id }) });
    else compare(id, line, remarks.length, original.remarks.length);
  }
  const { schema: _, ...words } = front;
  const all = { ...words, ...partsOf(path, file, mistakes), checks };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
