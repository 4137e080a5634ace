// The examples: small scripts in every language that is here, copied where a person says; and what a new script begins with.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { problem, workspacePath } from "./workspace.js";

export const languageIds = ["python", "perl", "shell", "php", "ruby", "node", "lua", "tcl", "c"] as const;
const languageId = z.enum(languageIds);
export type LanguageId = z.infer<typeof languageId>;

export const language = z.object({
  id: languageId,
  title: z.string(),
  /** What runs (or compiles) it: a name for PATH. */
  program: z.string(),
  /** Absolute path; null when it is not there. */
  path: z.string().nullable(),
  version: z.string().nullable(),
  /** How to get it: a command for this machine's package manager, or an address. */
  get: z.object({ command: z.string().nullable(), address: z.string() }),
  /** What a new script in it begins with. */
  template: z.object({ text: z.string(), extension: z.string() }),
});
export type Language = z.infer<typeof language>;

/** A request that shows what the example is about. */
export const sampleRequest = z.object({
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
  /** The first one is sent when the example is opened. */
  requests: z.array(sampleRequest).min(1),
});
export type Sample = z.infer<typeof sample>;

const failures = { NOT_FOUND: { data: problem }, NOT_POSSIBLE: { data: problem } } as const;
const folder = z.string().min(1).max(4096);

/** How a copy differs from the examples as they come. */
export const sampleChanges = z.object({
  /** Whether the open folder is a copy of the examples at all. */
  isSamples: z.boolean(),
  changed: z.array(workspacePath),
  missing: z.array(workspacePath),
  /** Something was written by the scripts: guestbook entries, sessions. */
  hasData: z.boolean(),
});
export type SampleChanges = z.infer<typeof sampleChanges>;

export const samplesContract = {
  /** Looks for the languages' programs again each time. */
  overview: oc.output(
    z.object({ suggestedFolder: z.string(), languages: z.array(language), samples: z.array(sample) }),
  ),
  /**
   * Copies the examples whose language is here into a folder that is new or empty; one that holds them already stays as it is.
   * `notCompiled`: why the C example was not compiled, null when it was or there is no compiler.
   */
  copy: oc
    .errors(failures)
    .input(z.object({ folder }))
    .output(z.object({ root: z.string(), isNew: z.boolean(), notCompiled: z.string().nullable() })),
  /** Makes a folder (and those above it) when it is missing; answers with its real path. */
  makeFolder: oc
    .errors(failures)
    .input(z.object({ folder }))
    .output(z.object({ root: z.string() })),
  /** Of the open folder. */
  changes: oc.errors(failures).output(sampleChanges),
  /** Puts the open folder's examples back as they were: edited and removed ones, and what the scripts wrote. Other files stay. */
  reset: oc.errors(failures).output(z.object({ restored: z.number().int() })),
  /** Compiles a C source of the open folder into cgi-bin, under its own name without the extension. */
  compile: oc
    .errors(failures)
    .input(z.object({ path: workspacePath }))
    .output(z.object({ program: workspacePath })),
};
