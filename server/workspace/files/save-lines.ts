// The bytes of an edited text. Lines that did not change keep the bytes that they had: an encoding can have several for
// one character, and what it cannot decode is not lost by a save.
import { diffArrays } from "diff";
import { ProblemError } from "../../base/problem.js";
import { type FileEncoding, isReadOnlyEncoding } from "../../contract/charsets.js";
import { encodeText } from "./encode-text.js";
import { fileMessage } from "./messages.js";
import { decodeLines, isUtf16, type LineSpan, markOf, replacement } from "./text-encoding.js";

export interface EncodedText {
  readonly text: string;
  /** By default UTF-8. */
  readonly encoding?: FileEncoding;
  /** Whether a byte order mark precedes it. */
  readonly bom: boolean;
  /** What the file's bytes were decoded with for the editor; null, the default: the text is new. */
  readonly readAs?: FileEncoding | null;
  /**
   * "kept": lines keep the line ends that they have in the file, and a new line has that of its neighbour above; at the
   * top it has that of the file, or of the text if the file has several. By default all get those of the text.
   */
  readonly lineEnds?: "kept" | "of-text";
  /** Each line comes from the file's line of the same number, if there are as many. By default lines are compared. */
  readonly isLineForLine?: boolean;
  /** The text was read with lines that could not be decoded; the file may be another one now. By default false. */
  readonly undecodable?: boolean;
}

/** Lines are compared for so long, ms; then those between the first and the last changed line are paired in order. */
const maxComparingMs = 2000;

/**
 * `before`: the file's bytes now; null: there is none.
 * @throws ProblemError "not-text", "not-in-encoding", "undecodable-line", "read-only-encoding"
 */
export function encodedFile(path: string, edited: EncodedText, before: Uint8Array | null): Buffer {
  const { text, encoding = "utf-8", bom, readAs = null, lineEnds = "of-text", undecodable = false } = edited;
  const { isLineForLine = false } = edited;
  if (isReadOnlyEncoding(encoding)) throw new ProblemError(fileMessage("read-only-encoding", { path, encoding }));
  const mark = bom ? markOf(encoding) : Buffer.alloc(0);
  const { texts, ends } = linesOf(text);
  const old = before !== null && readAs !== null ? decodeLines(before, readAs) : null;
  const mayReplace = undecodable || (old?.undecodable.size ?? 0) > 0;
  /** Of a changed line: it has the sign for bytes that could not be decoded, and would be saved in their place. */
  const isDamaged = (line: string): boolean => mayReplace && line.includes(replacement);
  const origins = old === null ? new Map<number, Origin>() : originsOf(old.texts, texts, isLineForLine);
  const parts: Uint8Array[] = [mark];
  let kept = (lineEnds === "kept" && old && onlyEnd(old.ends)) || "";
  texts.forEach((line, index) => {
    const isLast = index === texts.length - 1;
    const origin = origins.get(index);
    const span = origin?.isSame ? old?.spans[origin.index] : undefined;
    if (span && before && readAs === encoding) {
      if (!isLast && isHalf(span, encoding)) throw undecodableLine(path, index, encoding);
      parts.push(before.subarray(span.from, span.to));
    } else if (origin?.isSame ? old?.undecodable.has(origin.index) : isDamaged(line))
      throw undecodableLine(path, index, readAs ?? encoding);
    else parts.push(encodedLine(path, line, index, encoding));
    if (lineEnds === "kept" && origin) kept = old?.ends[origin.index] || kept;
    if (!isLast) parts.push(encodedLine(path, kept || (ends[index] ?? ""), index, encoding));
  });
  return Buffer.concat(parts);
}

/** It ends with one byte of a character's two: whatever followed would be read one byte out of step. */
const isHalf = ({ from, to }: LineSpan, encoding: FileEncoding): boolean => isUtf16(encoding) && (to - from) % 2 === 1;

/** The one kind of line end that a file has; "" if it has several, or none. */
function onlyEnd(ends: readonly string[]): string {
  const kinds = new Set(ends.filter((end) => end !== ""));
  return kinds.size === 1 ? ([...kinds][0] ?? "") : "";
}

function encodedLine(path: string, line: string, index: number, encoding: FileEncoding): Buffer {
  // It could not be opened again: a file with a NUL is text in UTF-16 alone.
  if (line.includes("\0") && !isUtf16(encoding)) throw new ProblemError(fileMessage("nul", { path, line: index + 1 }));
  const bytes = encodeText(line, encoding);
  if (Buffer.isBuffer(bytes)) return bytes;
  const { unknown } = bytes;
  if (/\p{Surrogate}/u.test(unknown)) throw new ProblemError(fileMessage("lone-surrogate", { path, line: index + 1 }));
  throw new ProblemError(fileMessage("not-in-encoding", { path, line: index + 1, encoding, character: unknown }));
}

const undecodableLine = (path: string, index: number, encoding: FileEncoding): ProblemError =>
  new ProblemError(fileMessage("undecodable-line", { path, line: index + 1, encoding }));

function linesOf(text: string): { readonly texts: readonly string[]; readonly ends: readonly string[] } {
  const pieces = text.split(/(\r\n|\r|\n)/);
  return {
    texts: pieces.filter((_, index) => index % 2 === 0),
    ends: pieces.filter((_, index) => index % 2 === 1),
  };
}

/** A line of the file that a line of the edited text comes from; not `isSame`: it was changed. */
interface Origin {
  readonly index: number;
  readonly isSame: boolean;
}

/** By index in `after`. Lines that were added are not in it. */
function originsOf(
  before: readonly string[],
  after: readonly string[],
  isLineForLine: boolean,
): ReadonlyMap<number, Origin> {
  const isSame = (old: number, now: number): boolean => before[old] === after[now];
  // A comparison may take a line for another one that had the same text before, with other bytes or another end.
  if (isLineForLine && before.length === after.length)
    return new Map(after.map((_, index) => [index, { index, isSame: isSame(index, index) }]));
  const origins = new Map<number, Origin>();
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) {
    origins.set(head, { index: head, isSame: true });
    head++;
  }
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) {
    origins.set(after.length - 1 - tail, { index: before.length - 1 - tail, isSame: true });
    tail++;
  }
  const old = before.slice(head, before.length - tail);
  const now = after.slice(head, after.length - tail);
  const compared = diffArrays(old, now, { timeout: maxComparingMs }) ?? [];
  const kept = compared.reduce((sum, { added, removed, count }) => (added || removed ? sum : sum + count), 0);
  const inPlace = old.length === now.length ? old.filter((line, place) => line === now[place]).length : -1;
  const inOrder = [
    { removed: true, added: false, count: old.length },
    { removed: false, added: true, count: now.length },
  ];
  // Where as many lines stay without it, none has moved.
  const parts = compared.length > 0 && kept > inPlace ? compared : inOrder;
  let oldIndex = head;
  let index = head;
  let removed = 0; // just before, and not yet replaced
  for (const part of parts) {
    if (part.removed) {
      oldIndex += part.count;
      removed = part.count;
      continue;
    }
    const paired = part.added ? Math.min(removed, part.count) : part.count;
    const from = part.added ? oldIndex - removed : oldIndex;
    for (let at = 0; at < paired; at++)
      origins.set(index + at, { index: from + at, isSame: isSame(from + at, index + at) });
    index += part.count;
    if (!part.added) oldIndex += part.count;
    removed = 0;
  }
  return origins;
}
