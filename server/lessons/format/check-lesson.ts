// What the forms of a lesson's files cannot tell: names in them lead to nothing, or a file of it is missing.
import type { Message } from "../../contract/message.js";
import { lessonMistake } from "../messages.js";
import { filesBelow } from "./file-tree.js";
import { unfilled } from "./fill.js";
import { type Lesson, scriptOf } from "./lesson.js";
import type { LineOf, Mistake } from "./read-yaml.js";

/** Values that every check has. */
const always = ["script", "seed", "pid"];

type Report = (keys: readonly PropertyKey[], why: Message) => void;

/** The mistakes are added to `mistakes`. `frontLine`, `checkLine`: of lesson.md and of check.yaml. */
export function checkLesson(lesson: Lesson, frontLine: LineOf, checkLine: LineOf, mistakes: Mistake[]): void {
  const inFront: Report = (keys, why) => mistakes.push({ path: "lesson.md", line: frontLine(keys), why });
  const inChecks: Report = (keys, why) => mistakes.push({ path: "check.yaml", line: checkLine(keys), why });
  const { answer = 0, choices = [] } = lesson.front.predict ?? {};
  if (answer > choices.length) inFront(["predict", "answer"], lessonMistake("lesson-answer-unknown", { answer }));
  checkNames(lesson, inChecks);
  checkValues(lesson, inChecks);
  checkFolders(lesson, inFront, inChecks);
}

/** Checks and wrong answers name checks that there are. */
function checkNames({ checks, wrong }: Lesson, report: Report): void {
  const seen = new Map<string, number>();
  for (const [index, { id: name, after, otherwise }] of checks.entries()) {
    if (seen.has(name)) report(["checks", index, "id"], lessonMistake("lesson-name-repeated", { name }));
    if (after !== undefined && !seen.has(after))
      report(["checks", index, "after"], lessonMistake("lesson-check-later", { name: after }));
    seen.set(name, otherwise.length);
  }
  for (const [answer, fails] of Object.entries(wrong))
    for (const [name, number] of Object.entries(fails)) {
      const remarks = seen.get(name);
      const keys = ["wrong", answer, name];
      if (remarks === undefined) report(keys, lessonMistake("lesson-name-unknown", { name }));
      else if (number > remarks) report(keys, lessonMistake("lesson-remark-unknown", { name, number }));
    }
}

/** Requests and facts name values that there are; what is put into a file may hold anything. */
function checkValues({ values, checks }: Lesson, report: Report): void {
  const names = new Set(always);
  const look = (part: unknown, keys: readonly PropertyKey[]): void => {
    if (typeof part === "string")
      for (const name of unfilled(part, names)) report(keys, lessonMistake("lesson-value-unknown", { name }));
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
function checkFolders(lesson: Lesson, inFront: Report, inChecks: Report): void {
  for (const code of lesson.front.code)
    for (const part of ["start", "solution"]) {
      const path = `${part}/${code}/${scriptOf(lesson, code)}`;
      if (!lesson.files.some((file) => file.path === path))
        inFront(["open"], lessonMistake("lesson-path-missing", { path }));
    }
  for (const answer of Object.keys(lesson.wrong)) {
    const path = `wrong/${answer}`;
    if (filesBelow(lesson.files, path).length === 0)
      inChecks(["wrong", answer], lessonMistake("lesson-path-missing", { path }));
  }
}
