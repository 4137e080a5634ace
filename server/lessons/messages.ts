// What is wrong with a lesson's files, why a check failed, and why a call of the course cannot do its work.
import { errorText } from "../base/error-text.js";
import { ProblemError } from "../base/problem.js";
import { defineMessages } from "../contract/message.js";
import { defineProblems, toProblem } from "../contract/problem.js";
import type { Problem } from "../contract/workspace.js";

type Path = { readonly path: string };
type Name = { readonly name: string };
type Counted = { readonly what: string; readonly count: number; readonly of: number };

/** The mistakes in a file. A sentence names each one after the file's name and line. */
export const lessonMistake = defineMessages({
  "lesson-file-missing": "This file is missing.",
  "lesson-file-too-large": ({ maxKiB }: { readonly maxKiB: number }) => `It has more than ${maxKiB} KiB.`,
  "lesson-not-utf-8": "It is not in UTF-8.",
  "lesson-not-yaml": ({ systemText }: { readonly systemText: string }) => `This is not YAML: ${systemText}`,
  "lesson-key": ({ key, why }: { readonly key: string; readonly why: string }) => `${key}: ${why}.`,
  "lesson-key-unknown": ({ key }: { readonly key: string }) => `There is no key “${key}” here.`,
  "lesson-without-front": "It must begin with its keys, between two lines of three dashes.",
  "lesson-section-missing": ({ section }: { readonly section: string }) => `The part “# ${section}” is missing.`,
  "lesson-section-unknown": ({ section }: { readonly section: string }) => `There is no part “# ${section}”.`,
  "lesson-hint-count": ({ count }: { readonly count: number }) =>
    `There are ${count} hints. There must be three, each a line that begins with its number.`,
  "lesson-name-unknown": ({ name }: Name) => `No check is called “${name}”.`,
  "lesson-name-repeated": ({ name }: Name) => `Two checks are called “${name}”.`,
  "lesson-check-later": ({ name }: Name) => `The check “${name}” does not come before this one.`,
  "lesson-remark-unknown": ({ name, number }: Name & { readonly number: number }) =>
    `The check “${name}” has no remark ${number}.`,
  "lesson-value-unknown": ({ name }: Name) => `No value and no filter is called so: ${name}`,
  "lesson-answer-unknown": ({ answer }: { readonly answer: number }) => `There is no choice ${answer}.`,
  "lesson-path-missing": ({ path }: Path) => `${path} is missing.`,
  "lesson-texts-differ": ({ what, count, of }: Counted) => `${what}: there are ${count}, where the original has ${of}.`,
});

type Compared = { readonly fact: string; readonly got: string; readonly wanted: string };
type Wanted = Omit<Compared, "got">;
type Got = Omit<Compared, "wanted">;

/** Why a check failed, or was not made. */
export const checkMessage = defineMessages({
  "fact-differs": ({ fact, got, wanted }: Compared) => `${fact} is ${got}. It must be ${wanted}.`,
  "fact-missing": ({ fact, wanted }: Wanted) => `${fact} is missing. It must be ${wanted}.`,
  "fact-there": ({ fact, got }: Got) => `${fact} must not be there. It is ${got}.`,
  "text-lacks": ({ fact, wanted }: Wanted) => `${fact} does not contain ${wanted}.`,
  "text-contains": ({ fact, wanted }: Wanted) => `${fact} must not contain ${wanted}.`,
  "text-begins": ({ fact, got, wanted }: Compared) => `${fact} begins with ${got}. It must begin with ${wanted}.`,
  "text-ends": ({ fact, got, wanted }: Compared) => `${fact} ends with ${got}. It must end with ${wanted}.`,
  "text-unmatched": ({ fact, wanted }: Wanted) => `${fact} does not match ${wanted}.`,
  "text-not-empty": ({ fact, got }: Got) => `${fact} must be empty. It is ${got}.`,
  "text-empty": ({ fact }: { readonly fact: string }) => `${fact} is empty.`,
  "header-not-hidden": ({ name }: Name) => `The script was told the header ${name}.`,
  "none-of-yours": ({ fact }: { readonly fact: string }) => `Of your own requests to the script, none was ${fact} yet.`,
  "rule-found": ({ rule, title }: { readonly rule: string; readonly title: string }) =>
    `The doctor found ${rule}: ${title}`,
  "rule-not-found": ({ rule }: { readonly rule: string }) => `The doctor did not find ${rule}.`,
});

const archiveFaults = {
  "not-a-zip": "it is no ZIP, or not all of one",
  climbs: "this name leads out of its folder, or is no name of a file",
  link: "this is a link or a device",
  encrypted: "this file is encrypted",
  twice: "two files have this name",
  damaged: "this file is damaged, or is packed in a way that is not known here",
  "too-large": "it has more files or bytes than a work may have",
};
export type ArchiveFault = keyof typeof archiveFaults;

type LessonName = { readonly lesson: string };

export const lessonProblem = defineProblems({
  "lesson-invalid": {
    message: ({ path, line, mistake }: Path & { readonly line: number | null; readonly mistake: string }) =>
      `${path}${line === null ? "" : `:${line}`}: ${mistake}`,
    fix: "cgi-workbench lesson verify shows every mistake of a lesson.",
  },
  "lesson-not-empty": {
    message: ({ path }: Path) => `${path} is not empty, so no lesson was begun there.`,
    fix: "Choose another folder.",
  },
  "trace-without-script": {
    message: ({ seq }: { readonly seq: number }) =>
      `No lesson can be made from the trace #${seq}: it ran no script in a language of the course, or had no response.`,
    fix: "Choose the trace of a script.",
  },
  "no-lesson": {
    message: ({ lesson }: LessonName) => `There is no lesson “${lesson}”.`,
    fix: "cgi-workbench lesson list shows them.",
  },
  "not-a-work": {
    message: ({ path }: Path) => `${path} holds no lesson.`,
    fix: "Start one: cgi-workbench lesson start ID.",
  },
  "work-damaged": {
    message: ({ path, systemText }: Path & { readonly systemText: string }) =>
      `${path} does not tell which lesson this is: ${systemText}`,
    fix: "Start the lesson in a new folder.",
  },
  "work-not-empty": {
    message: ({ path }: Path) => `${path} is not empty, and holds no work on this lesson.`,
    fix: "Choose another folder.",
  },
  "work-too-large": {
    message: ({ path, maxMiB, maxEntries }: Path & { readonly maxMiB: number; readonly maxEntries: number }) =>
      `${path} has more than ${maxMiB} MiB or ${maxEntries} entries. A check copies the folder, so it was not made.`,
    fix: "Move what does not belong to the lesson elsewhere.",
  },
  "work-ended-check": {
    message: ({ path, how }: Path & { readonly how: string }) =>
      `The process that checked ${path} has ended (${how}): a script of the work may have done that.`,
    fix: "Read the work’s scripts before it is checked again.",
  },
  "work-too-slow": {
    message: ({ path, minutes }: Path & { readonly minutes: number }) =>
      `The checks of ${path} took more than ${minutes} minutes, and were ended.`,
    fix: "Remove limits.silenceMs and limits.totalMs from the work’s cgi-workbench.json.",
  },
  "work-not-checked": {
    message: ({ path, systemText }: Path & { readonly systemText: string }) =>
      `${path} could not be checked: ${systemText}`,
    fix: "Check the files of the work and their permissions.",
  },
  "archive-refused": {
    message: ({ path, entry, why }: Path & { readonly entry: string; readonly why: ArchiveFault }) =>
      `${path} was not unpacked: ${archiveFaults[why]}${entry === "" ? "" : ` (${entry})`}.`,
    fix: "Make a new ZIP of the work’s folder.",
  },
  "nothing-to-hand-out": {
    message: ({ path }: Path) => `The folder ${path} has no file to hand out.`,
    fix: "Choose a folder with files in it; links are not handed out.",
  },
  "no-archives": {
    message: ({ path }: Path) => `${path} has no ZIP.`,
    fix: "Choose the folder that holds the ZIPs of the class.",
  },
  "not-collected": {
    message: ({ path }: Path) => `${path} is not what was collected last.`,
    fix: "Collect the ZIPs again.",
  },
  "works-untrusted": {
    message: "Works are programs of other people. To check them is to run them.",
    fix: ({ runs }: { readonly runs: readonly string[] }) =>
      `Look at these files, then pass --trust for all of them: ${runs.join(", ")}.`,
  },
  "no-such-code": {
    message: ({ lesson, code }: LessonName & { readonly code: string }) =>
      `The lesson “${lesson}” does not exist in ${code}.`,
  },
  "lesson-untrusted": {
    message: ({ lesson }: LessonName & { readonly runs: readonly string[] }) =>
      `The lesson “${lesson}” is not part of the course. Its checks and scripts would run as you.`,
    fix: ({ runs }: { readonly runs: readonly string[] }) =>
      `Read them, then pass --trust, or trust it in the window: ${runs.join(", ")}.`,
  },
  "lesson-changed": {
    message: ({ lesson }: LessonName) => `The lesson “${lesson}” has changed since it was shown.`,
    fix: "Look at it again.",
  },
  "lesson-not-passed": {
    message: ({ lesson }: LessonName) => `The solution of “${lesson}” is shown when your own work has passed.`,
  },
});

/** Why the work in a folder could not be checked, whatever has prevented it. */
export const notChecked = (path: string, error: unknown): Problem =>
  error instanceof ProblemError
    ? error.problem
    : toProblem(lessonProblem("work-not-checked", { path, systemText: errorText(error) }));
