// What the workbench itself notices: ports, configuration mistakes, how scripts are started, failures that are not a script's own.
// Pulled like the traces. What scripts write to stderr belongs to their traces.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { workspacePath } from "./workspace.js";

/** Entries kept; the oldest leave first. */
export const maxLogEntries = 1000;

export const logLevel = z.enum(["info", "warning", "error"]);

export const logEntry = z.object({
  /** Unique in a server's life, ascending. */
  id: z.number().int(),
  /** Grows with each change: an entry that comes again counts up and moves to the end. */
  rev: z.number().int(),
  /** Unix time in ms of its last occurrence. */
  at: z.number(),
  level: logLevel,
  about: z.enum(["workbench", "server", "folder", "configuration", "scripts"]),
  message: z.string(),
  /** What to do about it. */
  fix: z.string().nullable(),
  /** How often the same was noticed in a row. */
  times: z.number().int().positive(),
  /** Where the mistake is, when it is in a file. */
  file: workspacePath.nullable(),
  /** Counted from 1. */
  line: z.number().int().positive().nullable(),
  /** The last request it happened to. */
  traceId: z.string().nullable(),
});
export type LogEntry = z.infer<typeof logEntry>;

/** Entries whose `rev` is above `since`, in the order of `rev`. `missed`: how many of them, at most, had left the log. */
export const logBatch = z.object({
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
