// Reads the folder of a lesson and finds everything that is wrong with it, each with its file and line.
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { errorCode, readBounded } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";
import { fileProblem } from "../../workspace/files/file-problem.js";
import { lessonMistake, lessonProblem } from "../messages.js";
import { readTree } from "./file-tree.js";
import { type Lesson, type LessonTexts, scriptOf } from "./lesson.js";
import { type LessonFile, numbered, readLessonFile, translatedChecks } from "./lesson-text.js";
import { type LineOf, type Mistake, readYaml } from "./read-yaml.js";
import { type Check, checkFile, lessonFront, translatedFront } from "./schema.js";

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
    lessonProblem("lesson-invalid", { path: join(folder, path), line, mistake: first?.why.text ?? "" }),
  );
}

/** `lesson` null: there is too little of it. @throws ProblemError for a folder that cannot be read */
export async function readLesson(folder: string): Promise<{ lesson: Lesson | null; mistakes: readonly Mistake[] }> {
  const mistakes: Mistake[] = [];
  const text = await textOf(folder, "lesson.md", mistakes);
  const checkText = await textOf(folder, "check.yaml", mistakes);
  const file = text === null ? null : readLessonFile(lessonFront, { path: "lesson.md", text }, sections, mistakes);
  const checkYaml = { path: "check.yaml", text: checkText ?? "", above: 0 };
  const read = checkText === null ? null : readYaml(checkFile, checkYaml, mistakes);
  if (file === null || read === null) return { lesson: null, mistakes };
  const { checks } = read.value;
  const says = checks.map(({ id, say, otherwise }) => [id, { say, remarks: otherwise.map((one) => one.say) }] as const);
  const { title, goal, predict, look, misconception } = file.front;
  const texts = { title, goal, predict, look, misconception, ...partsOf(file, mistakes), checks: new Map(says) };
  const translations = new Map<string, Partial<LessonTexts>>();
  for (const language of await translationsIn(folder)) {
    const translated = await translation(folder, language, texts, mistakes);
    if (translated !== null) translations.set(language, translated);
  }
  const lesson: Lesson = {
    ...read.value,
    id: basename(folder),
    folder,
    front: file.front,
    texts,
    translations,
  };
  checkNames(lesson, read.lineOf, mistakes);
  const { answer = 0, choices = [] } = predict ?? {};
  if (answer > choices.length) {
    const line = file.lineOf(["predict", "answer"]);
    mistakes.push({ path: "lesson.md", line, why: lessonMistake("lesson-answer-unknown", { answer }) });
  }
  await checkFolders(lesson, file.lineOf, read.lineOf, mistakes);
  return { lesson, mistakes };
}

async function textOf(folder: string, path: string, mistakes: Mistake[]): Promise<string | null> {
  const refuse = (why: Mistake["why"]): null => {
    mistakes.push({ path, line: null, why });
    return null;
  };
  try {
    const read = await readBounded(join(folder, path), maxKiB << 10);
    if (read.kind === "too-large") return refuse(lessonMistake("lesson-file-too-large", { maxKiB }));
    return new TextDecoder("utf-8", { fatal: true }).decode(read.bytes);
  } catch (error) {
    if (error instanceof TypeError) return refuse(lessonMistake("lesson-not-utf-8"));
    if (errorCode(error) === "ENOENT") return refuse(lessonMistake("lesson-file-missing"));
    throw fileProblem(error, join(folder, path));
  }
}

const translationsIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).flatMap((name) => /^lesson\.([a-z]{2,3}(?:-[A-Za-z]+)?)\.md$/.exec(name)?.[1] ?? []).sort();

function partsOf({ sections: found }: LessonFile<unknown>, mistakes: Mistake[]) {
  const part = (section: (typeof sections)[number]): string => {
    const text = found.get(section)?.text ?? "";
    if (text === "")
      mistakes.push({ path: "lesson.md", line: null, why: lessonMistake("lesson-section-missing", { section }) });
    return text;
  };
  const hints = numbered(part("hints"));
  countHints("lesson.md", hints, found.get("hints")?.line ?? null, mistakes);
  return { story: part("story"), task: part("task"), hints, after: part("after") };
}

function countHints(path: string, hints: readonly string[], line: number | null, mistakes: Mistake[]): void {
  const { length: count } = hints;
  if (line !== null && count !== hintCount)
    mistakes.push({ path, line, why: lessonMistake("lesson-hint-count", { count }) });
}

async function translation(
  folder: string,
  language: string,
  texts: LessonTexts,
  mistakes: Mistake[],
): Promise<Partial<LessonTexts> | null> {
  const path = `lesson.${language}.md`;
  const text = await textOf(folder, path, mistakes);
  if (text === null) return null;
  const file = readLessonFile(translatedFront, { path, text }, [...sections, "checks"], mistakes);
  if (file === null) return null;
  const { sections: found, front, lineOf } = file;
  const part = (name: string): string | undefined => found.get(name)?.text;
  const hints = part("hints") === undefined ? undefined : numbered(part("hints") ?? "");
  const checks = part("checks") === undefined ? undefined : translatedChecks(part("checks") ?? "");
  if (hints !== undefined) countHints(path, hints, found.get("hints")?.line ?? null, mistakes);
  const compare = (what: string, line: number | null, count: number | undefined, of: number): void => {
    if (count !== undefined && count !== of)
      mistakes.push({ path, line, why: lessonMistake("lesson-texts-differ", { what, count, of }) });
  };
  compare("choices", lineOf(["predict"]), front.predict?.choices.length, texts.predict?.choices.length ?? 0);
  compare("look", lineOf(["look"]), front.look?.length, texts.look.length);
  const line = found.get("checks")?.line ?? null;
  compare("checks", line, checks?.size, texts.checks.size);
  for (const [id, { remarks }] of checks ?? []) {
    const original = texts.checks.get(id);
    if (original === undefined) mistakes.push({ path, line, why: lessonMistake("lesson-name-unknown", { name: id }) });
    else compare(id, line, remarks.length, original.remarks.length);
  }
  const { title, goal, predict, look, misconception } = front;
  const all = { title, goal, predict, look, misconception, hints, checks };
  const parts = { story: part("story"), task: part("task"), after: part("after") };
  return Object.fromEntries(Object.entries({ ...all, ...parts }).filter(([, value]) => value !== undefined));
}

/** Checks and wrong answers name checks that there are. */
function checkNames({ checks, wrong }: Lesson, lineOf: LineOf, mistakes: Mistake[]): void {
  const report = (keys: readonly PropertyKey[], why: Mistake["why"]): void => {
    mistakes.push({ path: "check.yaml", line: lineOf(keys), why });
  };
  const seen = new Map<string, Check>();
  for (const [index, check] of checks.entries()) {
    if (seen.has(check.id)) report(["checks", index, "id"], lessonMistake("lesson-name-repeated", { name: check.id }));
    if (check.after !== undefined && !seen.has(check.after))
      report(["checks", index, "after"], lessonMistake("lesson-check-later", { name: check.after }));
    seen.set(check.id, check);
  }
  for (const [answer, fails] of Object.entries(wrong))
    for (const [name, number] of Object.entries(fails)) {
      const remarks = seen.get(name)?.otherwise.length;
      const keys = ["wrong", answer, name];
      if (remarks === undefined) report(keys, lessonMistake("lesson-name-unknown", { name }));
      else if (number > remarks) report(keys, lessonMistake("lesson-remark-unknown", { name, number }));
    }
}

/** There is a start and a solution in each language, and a folder for each wrong answer. */
async function checkFolders(lesson: Lesson, front: LineOf, checks: LineOf, mistakes: Mistake[]): Promise<void> {
  for (const code of lesson.front.code)
    for (const part of ["start", "solution"]) {
      const files = await readTree(join(lesson.folder, part, code));
      const path = `${part}/${code}`;
      const script = scriptOf(lesson, code);
      if (files.length === 0) {
        const why = lessonMistake("lesson-folder-missing", { path });
        mistakes.push({ path: "lesson.md", line: front(["code"]), why });
      } else if (!files.some((file) => file.path === script)) {
        const why = lessonMistake("lesson-script-missing", { path: `${path}/${script}` });
        mistakes.push({ path: "lesson.md", line: front(["open"]), why });
      }
    }
  for (const answer of Object.keys(lesson.wrong)) {
    const path = `wrong/${answer}`;
    if ((await readTree(join(lesson.folder, path))).length > 0) continue;
    const why = lessonMistake("lesson-folder-missing", { path });
    mistakes.push({ path: "check.yaml", line: checks(["wrong", answer]), why });
  }
}
