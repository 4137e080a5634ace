// What the verbs of `cgi-workbench lesson` share.
import { randomBytes } from "node:crypto";
import type { LanguageId } from "../contract/samples-contract.js";
import { LessonChecker } from "../lessons/check/checker.js";
import type { Course } from "../lessons/course.js";
import type { Lesson } from "../lessons/format/lesson.js";
import { codeFor } from "../lessons/installed.js";
import { demandTrust, trustLesson } from "../lessons/lesson-trust.js";
import { untilEndSignal } from "./end-signal.js";
import { UsageError } from "./usage/usage.js";

export const seed = { type: "string" } as const;
export const trust = { type: "boolean" } as const;

export const trusting = (course: Course, lesson: Lesson, isTrusted = false): Promise<void> =>
  isTrusted ? trustLesson(course, lesson) : demandTrust(course, lesson);

export const seedOf = (given: string | undefined): string => {
  if (given === undefined) return randomBytes(3).toString("hex");
  if (/^[\w-]{1,40}$/.test(given)) return given;
  throw new UsageError(`--seed takes letters, digits, - and _, not “${given}”`);
};

/** Without `given`: the first that this machine can run. @throws UsageError if the lesson does not exist in it */
export function codeOf(lesson: Lesson, given: string | undefined): LanguageId {
  const code = codeFor(lesson, given);
  if (given === undefined || code === given) return code;
  throw new UsageError(`--code takes one of ${lesson.front.code.join(", ")}, not “${given}”`);
}

/** @throws UsageError for more words than that */
export function atMost(verb: string, words: readonly string[], most: number): readonly string[] {
  if (words.length <= most) return words;
  throw new UsageError(`lesson ${verb} does not take “${words[most]}”; see cgi-workbench lesson --help`);
}

/** Ctrl+C ends the scripts. */
export const checking = (work: (checker: LessonChecker, signal: AbortSignal) => Promise<number>): Promise<number> =>
  untilEndSignal(async (signal) => {
    const checker = new LessonChecker();
    try {
      return await work(checker, signal);
    } finally {
      await checker.dispose();
    }
  });
