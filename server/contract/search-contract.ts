// Find and replace in the folder's files: text in each file's own encoding, or bytes. A search is pulled: each `next`
// searches on until there is something to show, so a page that stops asking stops the search.

import { z } from "zod";
import { call } from "./call.js";
import { leftOut } from "./encodings-contract.js";
import { shownRoot } from "./files-contract.js";
import { maxExaminedFiles, maxSearchText } from "./limits.js";
import { fileEncoding, workspacePath } from "./workspace.js";

const count = z.number().int().nonnegative();
const line = z.number().int().positive();

const textQuery = z.object({
  kind: z.literal("text"),
  text: z.string().min(1).max(maxSearchText),
  matchesCase: z.boolean(),
  wholeWord: z.boolean(),
  /** The text is a regular expression in the syntax of RE2, which takes linear time. */
  isRegex: z.boolean(),
});
export type TextQuery = z.infer<typeof textQuery>;

/** Pairs of hex digits, and `??` for any byte. */
const bytesQuery = z.object({
  kind: z.literal("bytes"),
  hex: z
    .string()
    .max(2 * maxSearchText)
    .regex(/^(?:[0-9a-f]{2}|\?\?)+$/),
});

const query = z.discriminatedUnion("kind", [textQuery, bytesQuery]);
export type SearchQuery = z.infer<typeof query>;

/** What the user reads a file as, apart from what is detected. */
const fileAs = z.object({ path: workspacePath, encoding: fileEncoding.nullable() });
export type FileAs = z.infer<typeof fileAs>;

/** Patterns of paths, separated by commas; an empty text: every file, or none. */
const patterns = z.string().max(maxSearchText);

const wanted = z.object({
  query,
  include: patterns,
  exclude: patterns,
  /** Files that the user reads as something else than what is detected. */
  readAs: z.array(fileAs).max(maxExaminedFiles),
});
export type Wanted = z.infer<typeof wanted>;

/** A line with matches. `text` may be cut around the first one; `marks` are offsets in it, `[from, to)`. */
const foundLine = z.object({
  line,
  /** The column of the first match, in UTF-16 units from 1; `length` likewise. */
  column: line,
  length: count,
  text: z.string(),
  marks: z.array(z.tuple([count, count])),
});
export type FoundLine = z.infer<typeof foundLine>;

/** Bytes at an offset with those around them, in hex. `line` null: the file is no text. */
const foundBytes = z.object({
  offset: count,
  length: count,
  line: line.nullable(),
  before: z.string(),
  match: z.string(),
  after: z.string(),
});
export type FoundBytes = z.infer<typeof foundBytes>;

const foundFile = z.object({
  path: workspacePath,
  /** What it was read as; "mixed": as Western text, with valid UTF-8 sequences in it; null: it is no text. */
  encoding: z.enum(["mixed", ...fileEncoding.options]).nullable(),
  /** Matches, those that are not listed included. */
  matches: count,
  lines: z.array(foundLine),
  bytes: z.array(foundBytes),
});
export type FoundFile = z.infer<typeof foundFile>;

const progress = z.object({
  /** Files searched so far, and files to search in all. */
  searched: count,
  files: count,
  /** Files without text, which a search for text leaves out. */
  binary: count,
  /** Files that were not searched: too large, or not readable. */
  skipped: count,
  matches: count,
  /** Lines longer than `maxExpressionLine`, of which a regular expression was tried on the beginning alone. */
  cutLines: count,
  /** Work so far, ms. */
  ms: z.number(),
  /** Null: there is more to search. "list": the folder has more files than the list. */
  end: z.enum(["all", "matches", "bytes", "time", "list"]).nullable(),
  maxMatches: count,
  maxBytes: count,
  maxFileBytes: count,
  maxMs: count,
});
export type SearchProgress = z.infer<typeof progress>;

const batch = z.object({ found: z.array(foundFile), progress });
export type SearchBatch = z.infer<typeof batch>;

/** A stretch of a changed line. */
const changePart = z.object({ kind: z.enum(["same", "removed", "added"]), text: z.string() });
export type ChangePart = z.infer<typeof changePart>;

const replacement = z.object({
  path: workspacePath,
  /** SHA-256 of the bytes, hex. */
  hash: z.string(),
  encoding: fileEncoding,
  matches: count,
  /** Lines that a search shows cut: what their rest has is not replaced. */
  cutLines: count,
  /** The first changed lines, each with how many further matches it has; and how many further lines there are. */
  lines: z.array(z.object({ line, parts: z.array(changePart), more: count })),
  more: count,
});
export type Replacement = z.infer<typeof replacement>;

const change = z.object({
  root: shownRoot,
  query: textQuery,
  /** For a regular expression `$1` is its first group, `$&` the match and `$$` a dollar sign. */
  replacement: z.string().max(maxSearchText),
});

export const searchContract = {
  /** Problem "bad-pattern": the regular expression is not valid, or not supported. */
  begin: call.input(wanted).output(z.object({ id: z.uuid() })),
  /** What was found since the last call. Problem "not-found": the search is no longer kept. */
  next: call.input(z.object({ id: z.uuid() })).output(batch),
  /** What a replacement would change; nothing is written. */
  preview: call
    .input(change.extend({ files: z.array(fileAs).max(maxExaminedFiles) }))
    .output(z.object({ files: z.array(replacement), left: z.array(leftOut) })),
  /** Replaces in files that still have the hash of the preview. `token` undoes it; null: no file was changed. */
  replace: call
    .input(
      change.extend({
        files: z.array(replacement.pick({ path: true, hash: true, encoding: true })).max(maxExaminedFiles),
      }),
    )
    .output(
      z.object({
        token: z.uuid().nullable(),
        replaced: z.array(workspacePath),
        matches: count,
        left: z.array(leftOut),
      }),
    ),
  /**
   * Restores the bytes of all files that are as the replacement left them. `token` restores those that could not be
   * written; null: there is nothing to try again.
   */
  undo: call
    .input(z.object({ token: z.uuid() }))
    .output(z.object({ restored: z.array(workspacePath), left: z.array(leftOut), token: z.uuid().nullable() })),
};
