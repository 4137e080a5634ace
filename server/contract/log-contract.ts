// What the workbench logs: ports, configuration mistakes, how scripts are started, failures that no script caused.
// The window pulls it like the traces. What scripts write to stderr is in their traces.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { sentence } from "./trace.js";
import { workspacePath } from "./workspace.js";

/** Entries kept; the oldest are evicted first. */
export const maxLogEntries = 1000;

export const logLevel = z.enum(["info", "warning", "error"]);

const logEntry = z.object({
  /** Unique within a server process, ascending. */
  id: z.number().int(),
  /** Grows with each change: a repeated entry counts up and moves to the end. */
  rev: z.number().int(),
  /** Unix time in ms of its last occurrence. */
  at: z.number(),
  level: logLevel,
  about: z.enum(["workbench", "server", "folder", "configuration", "scripts"]),
  /** What is the same whatever the sentence says. */
  code: z.string(),
  message: sentence,
  /** How to fix it. */
  fix: sentence.nullable(),
  /** How often it happened in a row. */
  times: z.number().int().positive(),
  /** The file with the mistake. */
  file: workspacePath.nullable(),
  /** Counted from 1. */
  line: z.number().int().positive().nullable(),
  /** The last request that it happened to. */
  traceId: z.string().nullable(),
});
export type LogEntry = z.infer<typeof logEntry>;

/** Entries whose `rev` is above `since`, in the order of `rev`. `missed`: at most this many of them were evicted. */
const logBatch = z.object({
  generation: z.string(),
  entries: z.array(logEntry),
  next: z.number().int(),
  missed: z.number().int(),
});
export type LogBatch = z.infer<typeof logBatch>;

export const logContract = {
  next: oc
    .input(z.object({ since: z.number().int().nonnegative(), generation: z.string().nullable() }))
    .output(logBatch),
};
