// What a check of a learner's work found, and how far the work has come.
import { z } from "zod";
import { languageId } from "./samples-contract.js";
import { message } from "./trace.js";

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

/** "waiting": the check before it has failed; "not-judged": the machine could not do what the check needs. */
const checkStates = ["passed", "failed", "waiting", "not-judged"] as const;

const lessonFailure = z.object({
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
});
export type LessonFailure = z.infer<typeof lessonFailure>;

const lessonCheck = z.object({
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
  /** The checks that passed the last time. */
  passedChecks: z.array(z.string()),
  /** When all of them passed for the first time, RFC 3339. */
  passedAt: z.iso.datetime().nullable(),
});
export type LessonProgress = z.infer<typeof lessonProgress>;
