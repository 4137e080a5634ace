// The encodings of all text files of the folder: what each file is, what it declares, and the conversion to UTF-8 of
// those that the user chose. A conversion is previewed, written only over what was previewed, and undone as a whole.

import { z } from "zod";
import { call } from "./call.js";
import { shownRoot } from "./files-contract.js";
import { maxExaminedFiles } from "./limits.js";
import { message } from "./trace.js";
import { fileEncoding, workspacePath } from "./workspace.js";

const count = z.number().int().nonnegative();
const line = z.number().int().positive();

/** "mixed": one file has valid UTF-8 sequences and other bytes above 0x7F. */
const detectedEncoding = z.enum(["ascii", "mixed", ...fileEncoding.options]);
export type DetectedEncoding = z.infer<typeof detectedEncoding>;

/** A charset that a file names. `by`: a header that the script prints, a meta element, or the source about itself. */
const declaration = z.object({
  /** The name as the file writes it. */
  charset: z.string(),
  encoding: fileEncoding,
  by: z.enum(["header", "meta", "source"]),
  line,
});
export type Declaration = z.infer<typeof declaration>;

/** A part of a line: text in ASCII, or the bytes of one character. */
const linePart = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), text: z.string() }),
  z.object({ kind: z.literal("bytes"), hex: z.string(), /** A valid UTF-8 sequence. */ utf8: z.boolean() }),
]);
export type LinePart = z.infer<typeof linePart>;

/** In the order in which they decide. */
const verdict = z.enum(["mixed", "contradicts", "bom", "undeclared", "agrees"]);
export type Verdict = z.infer<typeof verdict>;

const encodedFile = z.object({
  path: workspacePath,
  detected: detectedEncoding,
  bom: z.boolean(),
  /** The declaration that contradicts, else the first one; null: none. */
  declared: declaration.nullable(),
  /** The first line with a byte above 0x7F, cut around that byte; null: the file is ASCII. */
  first: z.object({ line, parts: z.array(linePart) }).nullable(),
  verdict,
  /** Whether a conversion to UTF-8 would change the file and lose nothing. */
  convertible: z.boolean(),
});
export type EncodedFileRow = z.infer<typeof encodedFile>;

const encodingReport = z.object({
  files: z.array(encodedFile),
  /** Files that are no text. */
  binary: count,
  /** Files that were not examined: too large, or not readable. */
  skipped: count,
  /** Which bound ended the examination; null: every file was examined. */
  bound: z.enum(["files", "bytes", "time"]).nullable(),
  maxFiles: count,
  maxBytes: count,
  maxFileBytes: count,
  maxMs: count,
});
export type EncodingReport = z.infer<typeof encodingReport>;

/** What a conversion changes in one file. */
const conversion = z.object({
  path: workspacePath,
  /** SHA-256 of the bytes, hex. */
  hash: z.string(),
  from: fileEncoding,
  /** A byte order mark is removed. */
  mark: z.boolean(),
  /** Each character that gets other bytes, the most frequent first. */
  characters: z.array(z.object({ character: z.string(), before: z.string(), after: z.string(), count: line })),
  /** How many further characters there are. */
  more: count,
  /** Declarations that will name UTF-8: the line before and after, a very long one without its end. */
  declarations: z.array(z.object({ line, before: z.string(), after: z.string() })),
});
export type Conversion = z.infer<typeof conversion>;

/** A file that stays as it is, and why. */
export const leftOut = z.object({ path: workspacePath, why: message });
export type LeftOut = z.infer<typeof leftOut>;

const paths = z.array(workspacePath).max(maxExaminedFiles);

export const encodingsContract = {
  /** Examines the folder's text files, within bounds. */
  scan: call.output(encodingReport),
  /**
   * What a conversion to UTF-8 would change; nothing is written. `encoding`: what the user reads the file as; null: it
   * is detected.
   */
  preview: call
    .input(
      z.object({
        root: shownRoot,
        files: z.array(z.object({ path: workspacePath, encoding: fileEncoding.nullable() })).max(maxExaminedFiles),
      }),
    )
    .output(z.object({ files: z.array(conversion), left: z.array(leftOut) })),
  /**
   * Converts files to UTF-8 that still have the hash of the preview. `token` undoes it; null: no file was converted.
   */
  convert: call
    .input(
      z.object({
        root: shownRoot,
        files: z.array(conversion.pick({ path: true, hash: true, from: true })).max(maxExaminedFiles),
      }),
    )
    .output(z.object({ token: z.uuid().nullable(), converted: paths, left: z.array(leftOut) })),
  /**
   * Restores the bytes of all files that are as the conversion left them. `token` restores those that could not be
   * written; null: there is nothing to try again.
   */
  undo: call
    .input(z.object({ token: z.uuid() }))
    .output(z.object({ restored: paths, left: z.array(leftOut), token: z.uuid().nullable() })),
};
