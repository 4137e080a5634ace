// What code needs of a trace's contract beside its types. The threads of the store load this without the schemas,
// which would take a third of their start.
import type { WrittenMarks } from "./trace-marks.js";

export const outcomes = [
  "ok",
  "invalid-output",
  "crashed",
  "timeout",
  "client-gone",
  "stopped",
  "queue-full",
  "spawn-error",
  "bad-request",
  "upstream-error",
] as const;

/** Who may have sent a request. */
export const origins = ["composer", "browser", "replay", "cli", "assistant", "lesson", "other"] as const;

/** What a request's route may lead to. */
export const routeKinds = ["script", "static", "none"] as const;

/** The most severe first. */
export const severities = ["error", "warning", "hint"] as const;

/** The moments of a trace: each is null until it has happened. */
export const timingNames = [
  "headAt",
  "admittedAt",
  "spawnedAt",
  "firstByteAt",
  "headersAt",
  "lastByteAt",
  "exitAt",
  "doneAt",
] as const;

/** The user has written nothing to the trace. */
export const noMarks: WrittenMarks = { name: null, note: null, tags: [] };
