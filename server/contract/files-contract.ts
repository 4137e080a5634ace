// The workspace's files, for explorer and editor. No call overwrites a file that another program wrote: a new file, a
// new name and a restored file need a free name; a save needs the version that the editor read.

import { z } from "zod";
import { call } from "./call.js";
import { maxFileText, maxRangeBytes } from "./limits.js";
import { fileContent, fileEncoding, fileListChange, saved, scriptHash, workspacePath } from "./workspace.js";

const text = z.string().max(maxFileText);

/**
 * The folder that the caller shows; null: whichever is open. Problem "other-folder" if another one is open: the same
 * path is another file there.
 */
export const shownRoot = z.string().min(1).max(4096).nullable().default(null);

/** The text of a script as a trace ran it, without its byte order mark; or why it is not shown as text. */
export const fileVersion = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), text: z.string(), bom: z.boolean(), encoding: fileEncoding }),
  z.object({ kind: z.literal("binary"), sizeBytes: z.number().int(), why: z.string() }),
]);
export type FileVersion = z.infer<typeof fileVersion>;

export const filesContract = {
  /** `since`: the version of the list that the caller has; null: none. */
  list: call.input(z.object({ since: z.string().max(100).nullable() })).output(fileListChange),
  /** Bytes of a file from an offset, fewer where it ends. For files that are no text. */
  range: call
    .input(
      z.object({
        path: workspacePath,
        from: z.number().int().nonnegative(),
        length: z.number().int().min(0).max(maxRangeBytes),
      }),
    )
    .output(z.object({ base64: z.string() })),
  /** `encoding`: what its bytes are to be read as; null: it is detected. A file with a NUL is text in UTF-16 alone. */
  read: call
    .input(z.object({ path: workspacePath, encoding: fileEncoding.nullable().default(null) }))
    .output(fileContent),
  /**
   * Replaces the file at once, or writes it in place where its folder may not be written to or it has other hard links.
   * Keeps the mode; `executable`: of a file that does not exist. Only if the file still has `expectedHash` (null: the
   * file must not exist).
   * `readAs`: what the text was decoded with; null: it is new. Lines that are the same in the file keep their bytes if
   * `encoding` is the same. `lineEnds` "kept": they keep their line ends, too. `undecodable`: the text was read with
   * lines that could not be decoded, which the file may no longer have. Problems: "not-in-encoding",
   * "undecodable-line", "read-only-encoding".
   */
  write: call
    .input(
      z.object({
        root: shownRoot,
        path: workspacePath,
        text,
        encoding: fileEncoding.default("utf-8"),
        bom: z.boolean(),
        readAs: fileEncoding.nullable().default(null),
        lineEnds: z.enum(["kept", "of-text"]).default("of-text"),
        undecodable: z.boolean().default(false),
        executable: z.boolean().default(false),
        expectedHash: z.string().nullable(),
      }),
    )
    .output(saved),
  /**
   * Creates a file with its whole text and its mode, and missing folders above it. Problem "exists" if the name is
   * taken.
   */
  create: call
    .input(z.object({ root: shownRoot, path: workspacePath, text, executable: z.boolean() }))
    .output(z.null()),
  /** Creates a folder, and missing folders above it. Problem "exists" if the name is taken. */
  createFolder: call.input(z.object({ root: shownRoot, path: workspacePath })).output(z.null()),
  /** Copies a file with its bytes and mode. Problem "exists" if the new name is taken. */
  copy: call.input(z.object({ root: shownRoot, from: workspacePath, to: workspacePath })).output(z.null()),
  /** Renames or moves a file or folder; of a link, the link itself. Problem "exists" if the new name is taken. */
  move: call.input(z.object({ root: shownRoot, from: workspacePath, to: workspacePath })).output(z.null()),
  /**
   * Removes a file or folder; `token` restores it. Problem "too-large-to-keep" if it is too large for that, unless
   * `forGood`.
   */
  remove: call
    .input(z.object({ root: shownRoot, path: workspacePath, forGood: z.boolean() }))
    .output(z.object({ token: z.string().nullable() })),
  /** Restores what was removed, with its bytes, mode and path. Problem "exists" if that path is taken now. */
  restore: call.input(z.object({ root: shownRoot, token: z.uuid() })).output(z.object({ path: workspacePath })),
  /** Sets the execute bit of everyone who has the read bit, or clears all execute bits. */
  setExecutable: call
    .input(z.object({ root: shownRoot, path: workspacePath, executable: z.boolean() }))
    .output(z.null()),
  /**
   * A script as a trace ran it, by the trace's `scriptHash`. The newest versions are kept, up to
   * `maxScriptVersionsBytes` in memory and `maxStoredVersionsBytes` with the stored traces. `encoding`: as in `read`.
   */
  version: call
    .input(z.object({ hash: scriptHash, encoding: fileEncoding.nullable().default(null) }))
    .output(fileVersion),
};
