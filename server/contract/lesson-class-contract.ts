// A class: what it is given, and its works, checked again.

import { eventIterator } from "@orpc/contract";
import { z } from "zod";
import { call } from "./call.js";
import { shownRoot } from "./files-contract.js";
import { languageId } from "./samples-contract.js";
import { problem } from "./workspace.js";

/** A work of a class. An empty text is not known. */
export const classRow = z.object({
  /** The path that was named. */
  work: z.string(),
  /** Whose it is, as the work says. */
  name: z.string(),
  lesson: z.string(),
  code: z.string(),
  /** Null: it could not be checked. */
  passed: z.boolean().nullable(),
  points: z.number().int().nonnegative(),
  of: z.number().int().nonnegative(),
  /** The checks that failed, or wait for one that did. */
  failed: z.array(z.string()),
  notJudged: z.array(z.string()),
  seed: z.string(),
  /** Works with the same code. */
  sameAs: z.array(z.string()),
  /** Why it could not be checked. */
  problem: problem.nullable(),
});
export type ClassRow = z.infer<typeof classRow>;

/** The rows so far; `whole`: the table of all of them, and what the works were kept from, as sentences. */
const classFound = z.object({
  rows: z.array(classRow),
  whole: z.object({ csv: z.string(), limits: z.array(z.object({ isHeld: z.boolean(), say: z.string() })) }).nullable(),
});
export type ClassFound = z.infer<typeof classFound>;

const folder = z.string().min(1).max(4096);

export const lessonClassContract = {
  /** Makes the ZIP that a class is given: the start of a lesson of the course, or with `lesson` null the open folder. */
  handOut: call
    .input(z.object({ root: shownRoot, lesson: z.string().max(100).nullable(), code: languageId }))
    .output(z.object({ name: z.string(), base64: z.base64() })),
  /**
   * Unpacks the ZIPs in a folder into a new folder in it. `lesson`: the folder of a lesson of one's own, which works
   * name by another machine's path. `runs`: the files that run when the works are checked.
   */
  collect: call
    .input(z.object({ folder, lesson: folder.nullable() }))
    .output(z.object({ into: z.string(), works: z.number().int(), runs: z.array(z.string()) })),
  /** Checks the works that were collected `into` a folder, which runs them and trusts the lesson. */
  report: call.input(z.object({ into: folder })).output(eventIterator(classFound)),
};
