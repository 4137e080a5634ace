// Reads the folder of a lesson and finds everything that is wrong with it, each with its file and line.
import { basename, join } from "node:path";
import { ProblemError } from "../../base/problem.js";
import { lessonMistake, lessonProblem } from "../messages.js";
import { filesBelow, readTree, type TreeFile } from "./file-tree.js";
import { unfilled } from "./fill.js";
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
  const files = await readTree(folder);
  const text = textOf(files, "lesson.md", mistakes);
  const checkText = textOf(files, "check.yaml", mistakes);
  const file = text === null ? null : readLessonFile(lessonFront, { path: "lesson.md", text }, sections, mistakes);
  const checkYaml = { path: "check.yaml", text: checkText ?? "", above: 0 };
  const read = checkText === null ? null : readYaml(checkFile, checkYaml, mistakes);
  if (file === null || read === null) return { lesson: null, mistakes };
  const { checks } = read.value;
  const says = checks.map(({ id, say, otherwise }) => [id, { say, remarks: otherwise.map((one) => one.say) }] as const);
  const { title, goal, predict, look, misconception } = file.front;
  const texts = { title, goal, predict, look, misconception, ...partsOf(file, mistakes), checks: new Map(says) };
  const translations = new Map<string, Partial<LessonTexts>>();
  for (const language of translationsIn(files)) {
    const translated = translation(files, language, texts, mistakes);
    if (translated !== null) translations.set(language, translated);
  }
  const lesson: Lesson = {
    ...read.value,
    id: basename(folder),
    folder,
    files,
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
  checkValues(lesson, read.lineOf, mistakes);
  checkFolders(lesson, file.lineOf, read.lineOf, mistakes);
  return { lesson, mistakes };
}

function textOf(files: readonly TreeFile[], path: string, mistakes: Mistake[]): string | null {
  const refuse = (why: Mistake["why"]): null => {
    mistakes.push({ path, line: null, why });
    return null;
  };
  const bytes = files.find((file) => file.path === path)?.bytes;
  if (bytes === undefined) return refuse(lessonMistake("lesson-file-missing"));
  if (bytes.length > maxKiB << 10) return refuse(lessonMistake("lesson-file-too-large", { maxKiB }));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refuse(lessonMistake("lesson-not-utf-8"));
  }
}

const translationsIn = (files: readonly TreeFile[]): string[] =>
  files.flatMap(({ path }) => /^lesson\.([a-z]{2,3}(?:-[A-Za-z]+)?)\.md$/.exec(path)?.[1] ?? []);

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

function translation(
  files: readonly TreeFile[],
  language: string,
  texts: LessonTexts,
  mistakes: Mistake[],
): Partial<LessonTexts> | null {
  const path = `lesson.${language}.md`;
  const text = textOf(files, path, mistakes);
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

const always = ["script", "seed", "pid"];

/** Requests and facts name values that there are; what is put into a file may hold anything. */
function checkValues({ values, checks }: Lesson, lineOf: LineOf, mistakes: Mistake[]): void {
  const names = new Set(always);
  const look = (part: unknown, keys: readonly PropertyKey[]): void => {
    if (typeof part === "string")
      for (const name of unfilled(part, names))
        mistakes.push({ path: "check.yaml", line: lineOf(keys), why: lessonMistake("lesson-value-unknown", { name }) });
    if (typeof part !== "object" || part === null) return;
    for (const [key, inner] of Object.entries(part)) {
      if (!Array.isArray(part)) look(key, [...keys, key]);
      look(inner, [...keys, key]);
    }
  };
  for (const [name, kind] of Object.entries(values)) {
    look(kind, ["values", name]);
    names.add(name);
  }
  for (const [index, { files, steps, otherwise }] of checks.entries()) {
    const at = ["checks", index];
    for (const { keep = {} } of steps) for (const name of Object.keys(keep)) names.add(name);
    look(Object.keys(files), [...at, "files"]);
    for (const [number, step] of steps.entries()) look(step, steps.length === 1 ? at : [...at, "steps", number]);
    for (const [number, { when }] of otherwise.entries()) look(when, [...at, "otherwise", number, "when"]);
  }
}

/** There is a start and a solution in each language, and a folder for each wrong answer. */
function checkFolders(lesson: Lesson, front: LineOf, checks: LineOf, mistakes: Mistake[]): void {
  for (const code of lesson.front.code)
    for (const part of ["start", "solution"]) {
      const path = `${part}/${code}`;
      const files = filesBelow(lesson.files, path);
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
    if (filesBelow(lesson.files, path).length > 0) continue;
    const why = lessonMistake("lesson-folder-missing", { path });
    mistakes.push({ path: "check.yaml", line: checks(["wrong", answer]), why });
  }
}
