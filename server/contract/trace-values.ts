// What code needs of a trace's contract beside its types. The threads of the store load this without the schemas,
// which would take a third of their start.
import type { WrittenMarks } from "./trace-marks.js";

/** The most severe first. */
export const severities = ["error", "warning", "hint"] as const;

/** Of a trace: each is null until it has happened. */
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
