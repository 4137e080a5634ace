// Static checks of a script, and the fixes of findings. The user sees a fix before it is applied; it is applied only if
// the files have not changed since, and it can be undone.

import { z } from "zod";
import { call } from "./call.js";
import { fixId } from "./doctor-contract.js";
import { maxFileText, maxFixedTogether } from "./limits.js";
import { answer } from "./recorded-answers.js";
import { message, sentence, severity } from "./trace.js";
import { fileEncoding, workspacePath } from "./workspace.js";

const text = z.string().max(maxFileText);
/** The editor's text, and how it would be saved (see `files.write`), if that differs from the file; null: the file. */
const unsaved = z
  .object({
    text,
    bom: z.boolean(),
    encoding: fileEncoding.default("utf-8"),
    readAs: fileEncoding.nullable().default(null),
    lineEnds: z.enum(["kept", "of-text"]).default("of-text"),
    undecodable: z.boolean().default(false),
  })
  .nullable();

/** A fix that would change something here. `path`: the file that it changes, if that is another one than the script. */
const availableFix = z.object({ id: fixId, title: z.string(), path: workspacePath.optional() });
export type AvailableFix = z.infer<typeof availableFix>;

/** The script to fix, and others that get the same fix with it. */
const toFix = {
  path: workspacePath,
  others: z.array(workspacePath).max(maxFixedTogether).default([]),
  fix: fixId,
  unsaved,
};

const position = z.int().positive();
/**
 * A diagnostic at a place in a script. Lines and columns count from 1, columns in UTF-16 units; the end is exclusive.
 */
export const marker = z.object({
  rule: z.string(),
  severity,
  title: sentence,
  detail: sentence,
  line: position,
  column: position,
  endLine: position,
  endColumn: position,
  fixes: z.array(availableFix),
});
export type Marker = z.infer<typeof marker>;

export const change = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("text"),
    path: workspacePath,
    /** Null: the file does not exist yet. */
    before: text.nullable(),
    after: text,
    bomBefore: z.boolean(),
    bomAfter: z.boolean(),
    /** If the file gets another one. */
    encoding: z.object({ before: fileEncoding, after: fileEncoding }).optional(),
    /** SHA-256 of the file on disk, hex; null: it does not exist. */
    hash: z.string().nullable(),
  }),
  z.object({ kind: z.literal("mode"), path: workspacePath, /** Permission bits. */ before: z.int(), after: z.int() }),
]);
export type Change = z.infer<typeof change>;

/** The fixes for a trace's findings. */
const traceFixes = z.object({
  /** The script in the workspace; null: the trace ran no script of the open folder. */
  path: workspacePath.nullable(),
  scriptHash: z.string().nullable(),
  /** The rule of each finding. */
  rules: z.array(z.string()),
  /** For each finding, the fixes that would change something. */
  fixes: z.array(z.array(availableFix)),
  /** Where the findings are in the script. */
  markers: z.array(marker),
});
export type TraceFixes = z.infer<typeof traceFixes>;

export const fixContract = {
  /**
   * Checks a script without running it. `unchecked`: why its text or its syntax was not checked, a sentence;
   * `uncheckedWhy`: the same with code and data.
   */
  check: call
    .input(z.object({ path: workspacePath, unsaved }))
    .output(z.object({ markers: z.array(marker), unchecked: sentence.nullable(), uncheckedWhy: message.nullable() })),
  /** The folder's `.htaccess` files, which its list leaves out; `check` says what each of them asks for. */
  htaccess: call.output(z.object({ paths: z.array(workspacePath) })),
  /**
   * The fixes for a trace's findings, in the order of the findings, once every rule has run; and the findings' places
   * in the script, valid while the file has `scriptHash`.
   */
  fixes: call.input(z.object({ traceId: z.string() })).output(traceFixes),
  /** What a fix would change; nothing is written. Problem "nothing-to-change" if it changes nothing. */
  preview: call.input(z.object(toFix)).output(z.object({ title: z.string(), changes: z.array(change) })),
  /**
   * Applies a fix, if every file still has the hash from the preview; `leave`: files whose text the editor changes
   * itself, after this.
   */
  apply: call
    .input(
      z.object({
        ...toFix,
        expected: z.array(z.object({ path: workspacePath, hash: z.string().nullable() })),
        leave: z.array(workspacePath),
      }),
    )
    .output(z.object({ /** For `undo`. */ token: z.uuid() })),
  /**
   * Records what a command answers that this machine does not have, before the answers that it has already. It needs
   * trust.
   */
  recordAnswer: call.input(answer).output(z.object({ path: workspacePath, /** For `undo`. */ token: z.uuid() })),
  /** Undoes an applied fix, if the files have not changed since. */
  undo: call.input(z.object({ token: z.uuid() })).output(z.object({ paths: z.array(workspacePath) })),
};
