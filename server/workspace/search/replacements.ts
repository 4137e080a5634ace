// Replaces text in files: a preview first, then only what was previewed, and one undo for all of it. A file is written
// as a save writes it: only changed lines are encoded again, in the file's encoding.
import { setImmediate as turn } from "node:timers/promises";
import { ProblemError } from "../../base/problem.js";
import type { FileEncoding } from "../../contract/charsets.js";
import type { LeftOut } from "../../contract/encodings-contract.js";
import type { Message } from "../../contract/message.js";
import type { ChangePart, FileAs, Replacement, TextQuery } from "../../contract/search-contract.js";
import type { Saved } from "../../contract/workspace.js";
import type { TextToSave } from "../files/file-contents.js";
import { eachFile, undoAll } from "../files/many-files.js";
import { encodedFile } from "../files/save-lines.js";
import { decodeLines, encodingOf, hasMark, joined } from "../files/text-encoding.js";
import { hashOf } from "../files/text-file.js";
import { type Undoable, UndoLog, type UndoStep } from "../files/undo-log.js";
import { replacementMessage, searchProblem } from "./messages.js";
import { type Match, type TextMatcher, textMatcher } from "./text-matcher.js";

/** What a replacement needs of the workspace. */
export interface Replaceable extends Undoable {
  write(path: string, text: TextToSave): Promise<Saved>;
}
export interface Change {
  readonly query: TextQuery;
  readonly replacement: string;
}

/** Replacements that can be undone: each keeps the bytes of its files. */
const maxUndos = 5;
/** Changed lines of a file that a preview lists. */
const maxLines = 200;
/** A preview shows no further match of a line that has so many parts. */
const maxParts = 50;
/** Characters that a preview shows of an unchanged stretch, and of a text that goes or comes. */
const maxSame = 60;
const maxChanged = 240;

export class Replacements {
  readonly #undos = new UndoLog(maxUndos);

  /**
   * What would change; nothing is written. `signal`: the caller no longer wants it.
   * @throws ProblemError "bad-pattern", or the signal's reason
   */
  async preview(
    folder: Replaceable,
    { query, replacement }: Change,
    files: readonly FileAs[],
    signal?: AbortSignal,
  ): Promise<{ files: Replacement[]; left: LeftOut[] }> {
    const matcher = textMatcher(query, replacement);
    const changes: Replacement[] = [];
    const left = await eachFile(
      files,
      async (file) => {
        const planned = await plan(folder, matcher, file, signal);
        if (planned.kind === "leave") return planned.why;
        const { path, edited, bytes, encoding, matches, cutLines, lines, more } = planned;
        encodedFile(path, edited, bytes); // fails before any file is written
        changes.push({ path, hash: hashOf(bytes), encoding, matches, cutLines, lines, more });
        return null;
      },
      failed,
    );
    return { files: changes, left };
  }

  /** Files that differ from the preview stay as they are. `token` null: no file was changed. @throws ProblemError */
  async replace(
    folder: Replaceable,
    { query, replacement }: Change,
    previewed: readonly Pick<Replacement, "path" | "hash" | "encoding">[],
  ): Promise<{ token: string | null; replaced: string[]; matches: number; left: LeftOut[] }> {
    const matcher = textMatcher(query, replacement);
    const steps: UndoStep[] = [];
    let replaced = 0;
    const left = await eachFile(
      previewed,
      async ({ path, hash, encoding }) => {
        const planned = await plan(folder, matcher, { path, encoding });
        if (planned.kind === "leave") return planned.why;
        const { edited, bytes, matches } = planned;
        if (hashOf(bytes) !== hash) return replacementMessage("changed");
        const saved = await folder.write(path, { ...edited, expectedHash: hash });
        if (saved.kind === "conflict") return replacementMessage("changed");
        steps.push({ kind: "text", path, bytes, leftAs: saved.hash });
        replaced += matches;
        return null;
      },
      failed,
    );
    const token = steps.length === 0 ? null : this.#undos.keep(folder, steps);
    return { token, replaced: steps.map(({ path }) => path), matches: replaced, left };
  }

  /**
   * Files that have changed since stay as they are. `token` undoes those that failed; null: none did.
   * @throws ProblemError "not-found"
   */
  async undo(token: string): Promise<{ restored: string[]; left: LeftOut[]; token: string | null }> {
    const undone = await undoAll(this.#undos, token, replacementMessage("changed-since"), failed);
    if (undone === null) throw new ProblemError(searchProblem("replacement-not-kept"));
    return undone;
  }
}

const failed = (problem: string): Message => replacementMessage("failed", { problem });

type Planned =
  | { readonly kind: "leave"; readonly why: Message }
  | ({
      readonly kind: "change";
      readonly path: string;
      readonly bytes: Uint8Array;
      readonly encoding: FileEncoding;
      readonly edited: Omit<TextToSave, "expectedHash">;
    } & Pick<Replacement, "matches" | "cutLines" | "lines" | "more">);

/** Work on a file without a pause, ms: a request of a script waits no longer for it. */
const sliceMs = 8;

/** What one file becomes. */
async function plan(
  folder: Replaceable,
  matcher: TextMatcher,
  { path, encoding: chosen }: FileAs,
  signal?: AbortSignal,
): Promise<Planned> {
  await turn(); // other work continues between two files
  signal?.throwIfAborted();
  const file = await folder.readBytes(path);
  if (file === null) return { kind: "leave", why: replacementMessage("gone") };
  const { bytes } = file;
  const encoding = encodingOf(bytes, chosen);
  if (encoding === null) return { kind: "leave", why: replacementMessage("not-text") };
  const { texts, ends } = decodeLines(bytes, encoding);
  const lines: Replacement["lines"] = [];
  let matches = 0;
  let cutLines = 0;
  let more = 0;
  const changed = [...texts];
  let began = performance.now();
  for (const [index, text] of texts.entries()) {
    if (performance.now() - began > sliceMs) {
      await turn();
      signal?.throwIfAborted();
      began = performance.now();
    }
    const found = matcher.find(text);
    if (matcher.isCut(text)) cutLines += 1;
    if (found.length === 0) continue;
    matches += found.length;
    const { after, ...shown } = withReplaced(text, found, matcher);
    if (lines.length < maxLines) lines.push({ line: index + 1, ...shown });
    else more += 1;
    changed[index] = after;
  }
  if (matches === 0) return { kind: "leave", why: replacementMessage("nothing-found") };
  const edited = {
    text: joined({ texts: changed, ends }),
    encoding,
    bom: hasMark(bytes, encoding),
    readAs: encoding,
    lineEnds: "kept" as const,
    isLineForLine: true,
  };
  return { kind: "change", path, bytes, encoding, edited, matches, cutLines, lines, more };
}

/** The whole line; and of its changes what a preview shows, with the number of matches that it leaves out. */
function withReplaced(text: string, found: readonly Match[], matcher: TextMatcher) {
  const parts: ChangePart[] = [];
  let after = "";
  let at = 0;
  let shown = 0;
  const same = (to: number, isShown: boolean): void => {
    const between = text.slice(at, to);
    after += between;
    const isLast = to === text.length;
    if (isShown && between !== "") parts.push({ kind: "same", text: shortened(between, at === 0, isLast) });
  };
  for (const match of found) {
    const isShown = parts.length < maxParts;
    same(match.from, isShown);
    const added = matcher.replaced(match);
    after += added;
    at = match.to;
    if (!isShown) continue;
    shown += 1;
    parts.push({ kind: "removed", text: beginningOf(text.slice(match.from, match.to)) });
    if (added !== "") parts.push({ kind: "added", text: beginningOf(added) });
  }
  same(text.length, shown === found.length);
  return { parts, after, more: found.length - shown };
}

const beginningOf = (text: string): string => (text.length > maxChanged ? `${text.slice(0, maxChanged)}…` : text);

/** Cut where no change is near. */
function shortened(text: string, isFirst: boolean, isLast: boolean): string {
  const shown = isFirst ? text.trimStart() : text;
  if (shown.length <= maxSame) return shown;
  if (isFirst) return `…${shown.slice(-maxSame)}`;
  if (isLast) return `${shown.slice(0, maxSame)}…`;
  return `${shown.slice(0, maxSame / 2)}…${shown.slice(-maxSame / 2)}`;
}
