// What the stored traces of a script, or of a whole folder, say about it: how
// many, how fast in each version, what failed.
import { z } from "zod";
import { outcome, severity } from "./trace.js";

const count = z.number().int().nonnegative();
/** Unix time, ms. */
const time = z.number();
/** ms; null: there are too few times. Failed requests are not in percentiles. */
const share = z.number().nullable();
const percentiles = { p50Ms: share, p95Ms: share, p99Ms: share };

const someTrace = z.object({
  id: z.string(),
  startedAt: time,
  method: z.string(),
  target: z.string(),
  status: z.number().int().nullable(),
  outcome,
  tookMs: z.number().nullable(),
});
export type FigureTrace = z.infer<typeof someTrace>;

const versionFigures = z.object({
  /** The first 12 digits of the script's hash; null: traces without one. */
  version: z.string().nullable(),
  /** The whole hash if the version itself is stored; else null. */
  hash: z.string().nullable(),
  requests: count,
  failed: count,
  firstAt: time,
  lastAt: time,
  ...percentiles,
  maxMs: share,
});
export type VersionFigures = z.infer<typeof versionFigures>;

/** Requests that began within one step of the time axis. */
const stepFigures = z.object({ at: time, requests: count, failed: count, ...percentiles });
export type StepFigures = z.infer<typeof stepFigures>;

const failureFigures = z.object({
  /** Null: it failed, and the doctor found no reason. */
  rule: z.string().nullable(),
  severity: severity.nullable(),
  requests: count,
  /** The newest one. */
  last: z.string(),
});
export type FailureFigures = z.infer<typeof failureFigures>;

export const storedFigures = z.object({
  requests: count,
  failed: count,
  /** Null: no request. */
  firstAt: time.nullable(),
  lastAt: time.nullable(),
  ...percentiles,
  /** The versions that ran last come first. Empty for a whole folder. */
  versions: z.array(versionFigures),
  /** The time axis, oldest first; steps without a request are left out. */
  stepMs: z.number(),
  steps: z.array(stepFigures),
  /** One entry for each finding; those with most requests come first. */
  failures: z.array(failureFigures),
  slowest: z.array(someTrace),
  lastFailed: someTrace.nullable(),
});
export type StoredFigures = z.infer<typeof storedFigures>;

/** `file`: of a script in the folder; null: of all requests. `from`: Unix time, ms; null: from the oldest on. */
export const figuresWanted = z.object({ file: z.string().max(4096).nullable(), from: time.nullable() });
