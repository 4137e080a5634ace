// What can be told of a script before it runs, and what can be done about a finding: changes are shown first, made only while the
// files still are what was shown, and can be taken back.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { fixId } from "./doctor-contract.js";
import { maxFileText } from "./limits.js";
import { message, severity } from "./trace.js";
import { problem, workspacePath } from "./workspace.js";

const failures = { NOT_FOUND: { data: problem }, NOT_POSSIBLE: { data: problem } } as const;
const text = z.string().max(maxFileText);
/** The editor's text where it differs from the file's; null: as it is on disk. */
const unsaved = z.object({ text, bom: z.boolean() }).nullable();

/** A fix that would change something here. */
export const fixOffer = z.object({ id: fixId, title: z.string() });
export type FixOffer = z.infer<typeof fixOffer>;

const position = z.int().positive();
/** Something to say about a place in a script. Lines and columns count from 1, columns in UTF-16 units; the end is behind the last character. */
export const marker = z.object({
  rule: z.string(),
  severity,
  title: z.string(),
  detail: z.string(),
  line: position,
  column: position,
  endLine: position,
  endColumn: position,
  fixes: z.array(fixOffer),
});
export type Marker = z.infer<typeof marker>;

export const change = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("text"),
    path: workspacePath,
    /** Null: there is no such file yet. */
    before: text.nullable(),
    after: text,
    bomBefore: z.boolean(),
    bomAfter: z.boolean(),
    /** SHA-256 of the file as it is on disk, hex; null: there is none. */
    hash: z.string().nullable(),
  }),
  z.object({ kind: z.literal("mode"), path: workspacePath, /** Permission bits. */ before: z.int(), after: z.int() }),
]);
export type Change = z.infer<typeof change>;

export const repairContract = {
  /** What is known without running it. `unchecked`: why the syntax was not checked, a sentence; `uncheckedWhy`: the same with its code and data. */
  check: oc
    .errors(failures)
    .input(z.object({ path: workspacePath, unsaved }))
    .output(z.object({ markers: z.array(marker), unchecked: z.string().nullable(), uncheckedWhy: message.nullable() })),
  /** Once every rule has been asked: what can be done about a trace's findings, in their order; and where in the script they show, for an editor whose file still has `scriptHash`. */
  remedies: oc
    .errors(failures)
    .input(z.object({ traceId: z.string() }))
    .output(
      z.object({
        path: workspacePath.nullable(),
        scriptHash: z.string().nullable(),
        /** Of each finding. */
        rules: z.array(z.string()),
        offers: z.array(z.array(fixOffer)),
        markers: z.array(marker),
      }),
    ),
  /** What a fix would change, nothing done yet. Problem "nothing-to-change" when that is nothing. */
  preview: oc
    .errors(failures)
    .input(z.object({ path: workspacePath, fix: fixId, unsaved }))
    .output(z.object({ title: z.string(), changes: z.array(change) })),
  /** Does it, while every file still has the hash that the preview showed; `leave`: files whose text the editor changes itself. */
  apply: oc
    .errors(failures)
    .input(
      z.object({
        path: workspacePath,
        fix: fixId,
        expected: z.array(z.object({ path: workspacePath, hash: z.string().nullable() })),
        leave: z.array(workspacePath),
      }),
    )
    .output(z.object({ /** Takes it back. */ token: z.uuid() })),
  /** Takes back what was applied, while the files still are as they were left. */
  undo: oc
    .errors(failures)
    .input(z.object({ token: z.uuid() }))
    .output(z.object({ paths: z.array(workspacePath) })),
};
