// The matches in one file's bytes, as the window lists them: lines of text in the file's own encoding, or bytes.
import type { FileEncoding } from "../../contract/charsets.js";
import type { FoundBytes, FoundFile, FoundLine } from "../../contract/search-contract.js";
import { encodingOf, lineEnds, wantedLines } from "../files/text-encoding.js";
import { mixesUtf8 } from "../files/utf8-sequences.js";
import type { BytesMatcher } from "./bytes-matcher.js";
import type { Match, TextMatcher } from "./text-matcher.js";

/** Lets other work continue in between. False: the search is out of time. */
export type Pause = () => Promise<boolean>;

/** Matches of one file that are listed one by one. */
const maxListed = 1000;
/** Characters of a line that are shown, and how many of them before its first match. */
const maxShown = 240;
const maxBefore = 60;
/** Bytes that are shown on each side of a match, and of it. */
const bytesAround = 8;
const maxShownBytes = 32;
/** Characters that are searched between two looks at the clock: a regular expression can take long for each. */
const charactersPerLook = 4096;

/**
 * "binary": the file is no text. Null: it has no match. What was found until the time was over counts. `onCut`: called
 * for each line that was searched in part.
 */
export async function searchText(
  path: string,
  bytes: Uint8Array,
  matcher: TextMatcher,
  chosen: FileEncoding | null,
  pause: Pause,
  onCut: () => void,
): Promise<FoundFile | "binary" | null> {
  const encoding = encodingOf(bytes, chosen);
  if (encoding === null) return "binary";
  const texts = wantedLines(bytes, encoding, matcher.mayBeIn);
  if (texts === null) return null;
  const lines: FoundLine[] = [];
  let matches = 0;
  let unseen = 0;
  for (const [index, text] of texts.entries()) {
    if (unseen >= charactersPerLook) {
      if (!(await pause())) break;
      unseen = 0;
    }
    unseen += text.length + 1;
    const found = matcher.find(text);
    if (matcher.isCut(text)) onCut();
    const [first] = found;
    if (first === undefined) continue;
    matches += found.length;
    if (lines.length < maxListed) lines.push(shownLine(index + 1, text, first, found));
  }
  return matches === 0 ? null : { path, encoding: shown(bytes, encoding), matches, lines, bytes: [] };
}

/** Without the indent, and cut around the first match where it is long. */
function shownLine(line: number, text: string, first: Match, found: readonly Match[]): FoundLine {
  const indent = Math.min(first.from, text.length - text.trimStart().length);
  const from = text.length - indent <= maxShown ? indent : Math.max(indent, first.from - maxBefore);
  const to = Math.min(text.length, from + maxShown);
  const marks = found.flatMap((match): [number, number][] =>
    match.from < to ? [[match.from - from, Math.min(match.to, to) - from]] : [],
  );
  return { line, column: first.from + 1, length: first.to - first.from, text: text.slice(from, to), marks };
}

export function searchBytes(path: string, bytes: Buffer, matcher: BytesMatcher, chosen: FileEncoding | null) {
  const { length } = matcher;
  const listed: FoundBytes[] = [];
  let matches = 0;
  let encoding: FileEncoding | null = null;
  let lineAt: ((offset: number) => number) | null = null;
  const hexOf = (from: number, to: number): string => bytes.subarray(Math.max(0, from), to).toString("hex");
  for (let at = matcher.find(bytes, 0); at >= 0; at = matcher.find(bytes, at + length)) {
    if (matches === 0) {
      encoding = encodingOf(bytes, chosen);
      lineAt = encoding === null ? null : lineCounter(bytes, encoding);
    }
    matches += 1;
    if (listed.length === maxListed) continue;
    listed.push({
      offset: at,
      length,
      line: lineAt?.(at) ?? null,
      before: hexOf(at - bytesAround, at),
      match: hexOf(at, at + Math.min(length, maxShownBytes)),
      after: hexOf(at + length, at + length + bytesAround),
    });
  }
  const found: FoundFile | null =
    matches === 0 ? null : { path, encoding: shown(bytes, encoding), matches, lines: [], bytes: listed };
  return found;
}

const shown = (bytes: Uint8Array, encoding: FileEncoding | null): FoundFile["encoding"] =>
  mixesUtf8(bytes, encoding) ? "mixed" : encoding;

/** The number of the line that a byte is in, from 1. Call it with growing offsets. */
function lineCounter(bytes: Uint8Array, encoding: FileEncoding): (offset: number) => number {
  const { width, endAt } = lineEnds(bytes, encoding);
  let line = 1;
  let at = 0;
  return (offset) => {
    while (at < offset) {
      const length = endAt(at);
      if (at + length > offset) break; // the byte is in the line end
      if (length > 0) line += 1;
      at += Math.max(length, width);
    }
    return line;
  };
}
