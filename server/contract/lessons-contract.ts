// The course: its lessons, a learner's work on one, and what a check of the work found.

import { z } from "zod";
import { call } from "./call.js";
import { fileVersion, shownRoot } from "./files-contract.js";
import { languageId } from "./samples-contract.js";
import { message } from "./trace.js";
import { workspacePath } from "./workspace.js";

/** The places of the window that a lesson may point at. */
export const lessonPlaces = [
  "composer",
  "editor",
  "explorer",
  "xray",
  "env",
  "stdin",
  "stdout",
  "stderr",
  "response",
  "timing",
  "records",
  "encoding",
  "doctor",
  "traces",
  "compare",
  "latency",
  "workers",
  "server",
  "breakpoint",
  "hold",
] as const;
/** The parts of the place `xray`. */
export const xrayParts = ["request", "environment", "output", "gateway", "client"] as const;

/**
 * A place, or a part of one: "env/QUERY_STRING", "xray/output"; in "editor/def greet" a line that holds the text.
 * "breakpoint/def greet" sets a breakpoint there, and "hold" asks which requests to hold.
 */
const place = z.string();

/** The states of a check. "waiting": the one before has not passed; "not-judged": this machine cannot judge it. */
export const checkStates = ["passed", "failed", "waiting", "not-judged"] as const;

export const lessonFailure = z.object({
  /** The number of the check's request, from 1. */
  step: z.number().int().positive(),
  /** What was looked at: a fact of check.yaml, with its name if it has one ("status", "header Location"). */
  fact: z.string(),
  /** What it was; null: it was not there. Long texts are cut. */
  got: z.string().nullable(),
  wanted: z.string(),
  why: message,
  /**
   * The mistake that was recognised: its number from 1, its sentence in the lesson's language, where to look. If the
   * lesson knows none, an error that the doctor found, in English, with the number 0.
   */
  remark: z.object({ number: z.number().int().nonnegative(), say: z.string(), look: place.nullable() }).nullable(),
  /** The trace that proves it, for `lessons.show` until the next check; null: it was not kept. */
  trace: z.string().nullable(),
});
export type LessonFailure = z.infer<typeof lessonFailure>;

export const lessonCheck = z.object({
  id: z.string(),
  /** What must be true, as a sentence in the lesson's language. */
  say: z.string(),
  points: z.number().int().nonnegative(),
  state: z.enum(checkStates),
  /** For "waiting": the check it waits for. */
  after: z.string().nullable(),
  tookMs: z.number(),
  failure: lessonFailure.nullable(),
});
export type LessonCheck = z.infer<typeof lessonCheck>;

export const lessonReport = z.object({
  schema: z.literal(1),
  lesson: z.string(),
  code: languageId,
  /** It makes the same values again. */
  seed: z.string(),
  /** All of the checks passed. */
  passed: z.boolean(),
  tookMs: z.number(),
  checks: z.array(lessonCheck),
});
export type LessonReport = z.infer<typeof lessonReport>;

/** What the work folder remembers. */
export const lessonProgress = z.object({
  /** How many checks there were. */
  attempts: z.number().int().nonnegative(),
  /** How many hints were shown. */
  hints: z.number().int().nonnegative().default(0),
  /** The choice, from 1; null: nothing was predicted. */
  prediction: z.number().int().positive().nullable().default(null),
  /** When all of them passed for the first time, RFC 3339. */
  passedAt: z.iso.datetime().nullable(),
});
export type LessonProgress = z.infer<typeof lessonProgress>;

const lessonLine = z.object({
  id: z.string(),
  title: z.string(),
  goal: z.string(),
  /** The languages that the lesson exists in and that are installed here. */
  codes: z.array(languageId),
  /** Null: it has not been started. */
  work: z.object({ root: z.string(), code: languageId, isPassed: z.boolean() }).nullable(),
});
export type LessonLine = z.infer<typeof lessonLine>;

export const lessonSections = ["story", "task", "hints", "after", "checks", "front"] as const;

const lessonView = z.object({
  id: z.string(),
  code: languageId,
  title: z.string(),
  goal: z.string(),
  /** Its place in the course, from 1; null: it is of no course. */
  place: z.object({ number: z.number().int(), of: z.number().int() }).nullable(),
  /** The script to open, in the work folder. */
  script: workspacePath,
  /** What the composer sends first; null: a GET of the script. */
  request: z
    .object({
      method: z.string(),
      target: z.string(),
      headers: z.array(z.tuple([z.string(), z.string()])),
      body: z.object({ base64: z.string() }).nullable(),
    })
    .nullable(),
  predict: z
    .object({ ask: z.string(), choices: z.array(z.string()), answer: z.number().int(), because: z.string() })
    .nullable(),
  look: z.array(z.object({ place, say: z.string() })),
  misconception: z.string(),
  /** When the doctor's findings are shown: "late" after two checks, "hidden" once the work has passed. */
  doctor: z.enum(["shown", "late", "hidden"]),
  /** Markdown, as are `task`, `hints` and `after`. */
  story: z.string(),
  task: z.string(),
  hints: z.array(z.string()),
  after: z.string(),
  checks: z.array(z.object({ id: z.string(), say: z.string() })),
  /** The language of the texts, and the parts that are in the lesson's own, because it has none in this one. */
  language: z.string(),
  untranslated: z.array(z.enum(lessonSections)),
  progress: lessonProgress,
  /** The next lesson of the course; null: this is the last one, or of no course. */
  next: z.object({ id: z.string(), title: z.string() }).nullable(),
  /** What must be trusted before it is checked; null: nothing, or it is. `runs`: the programs that it brings along. */
  trust: z.object({ fingerprint: z.string(), runs: z.array(z.string()) }).nullable(),
});
export type LessonView = z.infer<typeof lessonView>;

/** The language of the texts: "de". */
const language = z.string().min(2).max(20).default("en");
/** The folder of all works; null: the usual one. */
const works = z.string().min(1).max(4096).nullable();

const shown = z.object({ root: shownRoot });

export const lessonsContract = {
  /** The course, and what is started and passed. */
  list: call.input(z.object({ language, works })).output(
    z.object({
      title: z.string(),
      languages: z.array(z.string()),
      works: z.string(),
      parts: z.array(z.object({ title: z.string(), lessons: z.array(lessonLine) })),
    }),
  ),
  /** The lesson whose work folder is open; null: the open folder is no such one. */
  open: call.input(shown.extend({ language })).output(lessonView.nullable()),
  /**
   * Makes the work folder of a lesson of the course, or finds it: the window then opens `root`. In another programming
   * language if the lesson does not exist in `code` or that is not installed.
   */
  start: call
    .input(z.object({ id: z.string().max(100), code: languageId, works }))
    .output(z.object({ root: z.string(), isNew: z.boolean() })),
  /** Begins a lesson of one's own from a trace, in a new folder among the works: the window then opens `root`. */
  fromTrace: call.input(z.object({ trace: z.string().max(64), works })).output(z.object({ root: z.string() })),
  /** Checks the open work, as it is on disk. The traces that prove its failures are kept until the next check. */
  check: call.input(shown.extend({ language })).output(z.object({ report: lessonReport, progress: lessonProgress })),
  /** Brings a trace that proves a failure of the last check into the list, until the next one. Returns its id there. */
  show: call.input(shown.extend({ trace: z.string().max(64) })).output(z.object({ id: z.string() })),
  /** Remembers in the work folder what was shown or chosen. */
  note: call
    .input(
      shown.extend({
        hints: z.number().int().min(0).max(3).exactOptional(),
        prediction: z.number().int().min(1).max(5).exactOptional(),
      }),
    )
    .output(lessonProgress),
  /** The files that the course's answer has otherwise. Problem "lesson-not-passed" before the work has passed. */
  solution: call.input(shown).output(z.array(z.object({ path: workspacePath, content: fileVersion }))),
  /** Puts the files back as they were at the start; the earlier ones stay in a hidden folder, which is returned. */
  reset: call.input(shown).output(z.object({ kept: z.string(), progress: lessonProgress })),
  /** Trusts a lesson that is not of the course, as it is now. Problem "lesson-changed" if it has changed. */
  trust: call.input(shown.extend({ fingerprint: z.string().length(64) })).output(z.null()),
};
