// The examples, small scripts in every language that is installed, copied to a folder of the user's choice; and
// templates.

import { oc } from "@orpc/contract";
import { z } from "zod";
import { call } from "./call.js";
import { shownRoot } from "./files-contract.js";
import { workspacePath } from "./workspace.js";

const languageIds = ["python", "perl", "shell", "php", "ruby", "node", "lua", "tcl", "c"] as const;
export const languageId = z.enum(languageIds);
export type LanguageId = z.infer<typeof languageId>;

export const language = z.object({
  id: languageId,
  title: z.string(),
  /** The program that runs (or compiles) it: a name for PATH. */
  program: z.string(),
  /** Absolute path; null if it is not installed. */
  path: z.string().nullable(),
  version: z.string().nullable(),
  /** How to install it: a command for this machine's package manager, or an address. */
  get: z.object({ command: z.string().nullable(), address: z.string() }),
  /** The template of a new script. */
  template: z.object({ text: z.string(), extension: z.string() }),
});
export type Language = z.infer<typeof language>;

/** A request that shows the example. */
const sampleRequest = z.object({
  title: z.string(),
  method: z.string(),
  target: z.string(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  body: z.string(),
});
export type SampleRequest = z.infer<typeof sampleRequest>;

export const sample = z.object({
  id: z.string(),
  title: z.string(),
  /** What it teaches, a sentence. */
  teaches: z.string(),
  /** The script's (or the source's) path below the examples' folder. */
  file: workspacePath,
  language: languageId,
  /** The first one is sent when the user opens the example. */
  requests: z.array(sampleRequest).min(1),
});
export type Sample = z.infer<typeof sample>;

const folder = z.string().min(1).max(4096);

/** How a copy differs from the original examples. */
export const sampleChanges = z.object({
  /** Whether the open folder is a copy of the examples. */
  isSamples: z.boolean(),
  changed: z.array(workspacePath),
  missing: z.array(workspacePath),
  /** The scripts have stored something: guestbook entries, sessions. */
  hasData: z.boolean(),
});
export type SampleChanges = z.infer<typeof sampleChanges>;

export const samplesContract = {
  /** Searches for the languages' programs with each call. */
  overview: oc.output(
    z.object({ suggestedFolder: z.string(), languages: z.array(language), samples: z.array(sample) }),
  ),
  /**
   * Copies the examples of the installed languages into a new or empty folder; a folder that has a copy already stays
   * unchanged.
   * `notCompiled`: why the C example was not compiled; null if it was, or if there is no compiler.
   */
  copy: call
    .input(z.object({ folder }))
    .output(z.object({ root: z.string(), isNew: z.boolean(), notCompiled: z.string().nullable() })),
  /** Creates a folder, and missing folders above it; returns its real path. */
  makeFolder: call.input(z.object({ folder })).output(z.object({ root: z.string() })),
  /** What has changed in the open folder. */
  changes: call.output(sampleChanges),
  /**
   * Resets the open folder's examples: restores edited and removed ones, and deletes what the scripts stored. Other
   * files stay.
   */
  reset: call
    .input(z.object({ root: shownRoot }).default({ root: null }))
    .output(z.object({ restored: z.number().int() })),
  /** Compiles a C source of the open folder into cgi-bin, under its name without the extension. */
  compile: call.input(z.object({ root: shownRoot, path: workspacePath })).output(z.object({ program: workspacePath })),
};
