// The course: its lessons, a learner's work on one, and what a check of the work found.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { shownRoot } from "./files-contract.js";
import { languageId } from "./samples-contract.js";
import { message } from "./trace.js";
import { failures, workspacePath } from "./workspace.js";

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
] as const;
/** The parts of the place `xray`. */
export const xrayParts = ["request", "environment", "output", "gateway", "client"] as const;

/** A place, or a part of one: "env/QUERY_STRING", "xray/output"; in "editor/def greet" a line that holds the text. */
const place = z.string();

/** Of a check. "waiting": the check before it has not passed; "not-judged": the machine could not do what it needs. */
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
  /** The mistake that was recognised: its number from 1, its sentence in the lesson's language, where to look. */
  remark: z.object({ number: z.number().int().positive(), say: z.string(), look: place.nullable() }).nullable(),
  /** The trace that proves it, which is in the list from now on; null: it is in no list. */
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
  /** None of the checks failed, and none waits. */
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
  hints: z.number().int().nonnegative(),
  /** The choice, from 1; null: nothing was predicted. */
  prediction: z.number().int().positive().nullable(),
  /** The checks that passed the last time. */
  passedChecks: z.array(z.string()),
  /** When all of them passed for the first time, RFC 3339. */
  passedAt: z.iso.datetime().nullable(),
});
export type LessonProgress = z.infer<typeof lessonProgress>;

const lessonLine = z.object({
  id: z.string(),
  title: z.string(),
  goal: z.string(),
  minutes: z.number().int(),
  /** The languages that the lesson exists in and that are installed here. */
  codes: z.array(languageId),
  /** Lessons that should come before. */
  after: z.array(z.string()),
  /** The work on it below the folder of works; null: it has not been started. */
  work: z.object({ root: z.string(), code: languageId, progress: lessonProgress }).nullable(),
});
export type LessonLine = z.infer<typeof lessonLine>;

export const lessonSections = ["story", "task", "hints", "after", "checks", "front"] as const;

const lessonView = z.object({
  id: z.string(),
  code: languageId,
  /** Who works on it; null: not told. */
  name: z.string().nullable(),
  title: z.string(),
  goal: z.string(),
  minutes: z.number().int(),
  /** The script to open, in the work folder. */
  script: workspacePath,
  /** What Send sends first; null: a GET of the script. */
  request: z
    .object({
      method: z.string(),
      target: z.string(),
      headers: z.array(z.tuple([z.string(), z.string()])),
      body: z.string(),
      mode: z.string().nullable(),
    })
    .nullable(),
  /** "late": the doctor's findings are shown after the second failed check, its fixes when the lesson has passed. */
  doctor: z.enum(["shown", "late", "hidden"]),
  predict: z
    .object({ ask: z.string(), choices: z.array(z.string()), answer: z.number().int(), because: z.string() })
    .nullable(),
  look: z.array(z.object({ place, say: z.string() })),
  misconception: z.string(),
  /** Markdown, as are `task`, `hints` and `after`. */
  story: z.string(),
  task: z.string(),
  hints: z.array(z.string()),
  after: z.string(),
  checks: z.array(z.object({ id: z.string(), say: z.string(), points: z.number().int() })),
  /** The parts that are in the course's own language, because the asked one has none. */
  untranslated: z.array(z.enum(lessonSections)),
  progress: lessonProgress,
  /** The next lesson of the course; null: this is the last one, or of no course. */
  next: z.object({ id: z.string(), title: z.string() }).nullable(),
  /** What must be trusted before it is checked; null: nothing, or it is. `runs`: the programs that it brings along. */
  trust: z.object({ folder: z.string(), fingerprint: z.string(), runs: z.array(z.string()) }).nullable(),
});
export type LessonView = z.infer<typeof lessonView>;

/** Of the texts: "de". */
const language = z.string().min(2).max(20).default("en");
const folder = z.string().min(1).max(4096);

export const lessonsContract = {
  /** The course. `works`: the folder of all works, absolute; null: the usual one. */
  list: oc
    .errors(failures)
    .input(z.object({ language, works: folder.nullable().default(null) }))
    .output(
      z.object({
        title: z.string(),
        languages: z.array(z.string()),
        works: z.string(),
        parts: z.array(z.object({ title: z.string(), lessons: z.array(lessonLine) })),
      }),
    ),
  /** The lesson whose work folder is open; null: the open folder is no such one. */
  open: oc
    .errors(failures)
    .input(z.object({ root: shownRoot, language }))
    .output(lessonView.nullable()),
  /** Makes the work folder, or finds it: the window then opens `root`. */
  start: oc
    .errors(failures)
    .input(
      z.object({
        id: z.string().max(100),
        code: languageId,
        name: z.string().max(200).nullable(),
        works: folder.nullable(),
      }),
    )
    .output(z.object({ root: z.string(), isNew: z.boolean() })),
  /** Checks the open work, as it is on disk. The traces that prove a failure come into the list. */
  check: oc
    .errors(failures)
    .input(
      z.object({
        root: shownRoot,
        language,
        seed: z
          .string()
          .regex(/^[\w-]{1,40}$/)
          .nullable()
          .default(null),
      }),
    )
    .output(z.object({ report: lessonReport, progress: lessonProgress })),
  /** Remembers in the work folder what was shown or chosen. */
  note: oc
    .errors(failures)
    .input(
      z.object({
        root: shownRoot,
        hints: z.number().int().min(0).max(3).nullable().default(null),
        prediction: z.number().int().min(1).max(5).nullable().default(null),
      }),
    )
    .output(lessonProgress),
  /** Both sides of each file that differs. Problem "lesson-not-passed" before the work has passed. */
  solution: oc
    .errors(failures)
    .input(z.object({ root: shownRoot }))
    .output(z.array(z.object({ path: workspacePath, work: z.string().nullable(), solution: z.string().nullable() }))),
  /** Puts the files back as they were at the start; the earlier ones stay in a hidden folder, which is returned. */
  reset: oc
    .errors(failures)
    .input(z.object({ root: shownRoot }))
    .output(z.object({ kept: z.string() })),
  /** Trusts a lesson that is not of the course, as it is now. Problem "lesson-changed" if it has changed. */
  trust: oc
    .errors(failures)
    .input(z.object({ root: shownRoot, fingerprint: z.string().length(64) }))
    .output(z.null()),
};
