// The workspace's files, for explorer and editor. Nothing here ever writes over a file that somebody else put there: a new file, a
// new name and a restored file need a free place, a save needs the version it began from.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { maxFileText } from "./limits.js";
import { fileContent, fileListChange, problem, saved, workspacePath } from "./workspace.js";

const failures = { NOT_FOUND: { data: problem }, NOT_POSSIBLE: { data: problem } } as const;
const text = z.string().max(maxFileText);

/** The text of a script as a trace ran it, its byte order mark apart; or why it is not shown as text. */
export const fileVersion = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), text: z.string(), bom: z.boolean() }),
  z.object({ kind: z.literal("binary"), sizeBytes: z.number().int(), why: z.string() }),
]);
export type FileVersion = z.infer<typeof fileVersion>;

export const filesContract = {
  /** `since`: the version of the list that is known; null: none is. */
  list: oc
    .errors(failures)
    .input(z.object({ since: z.string().max(100).nullable() }))
    .output(fileListChange),
  read: oc
    .errors(failures)
    .input(z.object({ path: workspacePath }))
    .output(fileContent),
  /** Writes atomically, keeping the mode, only when the file still has `expectedHash` (null: must not exist yet). */
  write: oc
    .errors(failures)
    .input(z.object({ path: workspacePath, text, bom: z.boolean(), expectedHash: z.string().nullable() }))
    .output(saved),
  /** A new file, there at once with its whole text and its mode; folders above it are made. Problem "exists" when the name is taken. */
  create: oc
    .errors(failures)
    .input(z.object({ path: workspacePath, text, executable: z.boolean() }))
    .output(z.null()),
  /** A new folder, with those above it. Problem "exists" when the name is taken. */
  createFolder: oc
    .errors(failures)
    .input(z.object({ path: workspacePath }))
    .output(z.null()),
  /** Renames or moves a file or folder; a link is moved itself. Problem "exists" when the new name is taken. */
  move: oc
    .errors(failures)
    .input(z.object({ from: workspacePath, to: workspacePath }))
    .output(z.null()),
  /** Takes a file or folder away; `token` brings it back. What is too large to keep is refused ("too-large-to-keep") unless `forGood`. */
  remove: oc
    .errors(failures)
    .input(z.object({ path: workspacePath, forGood: z.boolean() }))
    .output(z.object({ token: z.string().nullable() })),
  /** Brings back what was removed, bytes and mode, where it was. Problem "exists" when something else is there now. */
  restore: oc
    .errors(failures)
    .input(z.object({ token: z.uuid() }))
    .output(z.object({ path: workspacePath })),
  /** Sets or takes the execute bits: for whoever may read the file. */
  setExecutable: oc
    .errors(failures)
    .input(z.object({ path: workspacePath, executable: z.boolean() }))
    .output(z.null()),
  /** A script as a trace ran it, by the trace's `scriptHash`. The newest of these are kept, up to `maxScriptVersionsBytes`. */
  version: oc
    .errors(failures)
    .input(z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) }))
    .output(fileVersion),
};
