// The script's output: whether it is a response, the line where parsing its headers stopped, and where its headers are.
import type { ByteString } from "../../contract/bytes-text.js";
import type { Span } from "../../contract/trace.js";
import { byteString, fromBytes } from "../../protocol/byte-string.js";
import type { Bytes, TraceFacts } from "../base/facts.js";
import { remembered } from "../base/remembered.js";

/** How much of the output the rules search for headers. */
const headBytes = 64 << 10;
/** Headers that waited in a buffer are behind all that was written past it, such as a picture. */
const wholeBytes = 1 << 20;

/** The script ran, and its output is not a response; messages of a WebSocket are none, and need not be. */
export function hasNoResponse({ outcome, script, response }: TraceFacts): boolean {
  if (response?.status === 101) return false;
  return (outcome === "invalid-output" || outcome === "crashed") && (script === null || script.kind === "invalid");
}

/** The script ran, and stdout is empty. */
export const wroteNothing = (facts: TraceFacts): boolean => hasNoResponse(facts) && (facts.stdout?.bytes ?? 0) === 0;

/** `[from, to)` in stdout; neither `text` nor the range has the line ending. */
interface OutputLine {
  readonly text: ByteString;
  readonly from: number;
  readonly to: number;
}
export interface BadOutput {
  /** The first `headBytes` of stdout. */
  readonly head: ByteString;
  /** The line that is not a valid header. */
  readonly stopped: OutputLine;
  readonly stdout: Bytes;
}

/** Output that is not a response; null if there is no output, or if it is one. */
export const badOutput = remembered((facts: TraceFacts): BadOutput | null => {
  const { stdout, script } = facts;
  if (!hasNoResponse(facts) || !stdout || stdout.captured === 0) return null;
  const head = fromBytes(stdout.read(0, headBytes));
  const from = Math.min(script?.stoppedAt ?? 0, head.length);
  const lineFeed = head.indexOf("\n", from);
  const to = lineFeed < 0 ? head.length : lineFeed;
  return { head, stopped: { text: byteString(head.slice(from, to).replace(/\r$/, "")), from, to }, stdout };
});

/** A line that can only be a CGI header (RFC 3875 §6.3), by its value too: text has lines that begin with “Status:”. */
const cgiField = new RegExp(
  [
    // a type, or the one word that was taken for one
    "^content-type[ \\t]*:[ \\t]*[\\w.+-]+(?:/|[ \\t]*(?:;|\\r?$))",
    "^status[ \\t]*:[ \\t]*[1-5]\\d\\d\\b",
    // a path, a URL, or a relative one, without blanks
    "^location[ \\t]*:[ \\t]*(?=/|[a-z][\\w+.-]*:|[^\\s/?#.]*(?:[/?#]|\\.\\S))\\S+[ \\t]*\\r?$",
  ].join("|"),
  "gim",
);

/** A CGI header in the middle of a line; text is full of “status:” and “location:” in small letters. */
const fieldInLine =
  /(?<=[^\r\n>"'`])(?:[Cc]ontent-[Tt]ype:[ \t]*[\w.+-]{1,99}\/|Status:[ \t]*[1-5]\d\d\b|Location:[ \t]*https?:\/\/)[^\r\n<>]{0,200}\r?\n/g;
/** So many places, and so many lines behind each, are searched for headers. */
const maxPlaces = 20;
const maxLines = 50;

/**
 * The offset of the next CGI header behind the line that is none, or in that line, before the blank line that
 * ends those above it.
 */
export function nextCgiField({ head, stopped, stdout }: BadOutput): number | null {
  const rest = head.slice(stopped.from);
  if (stopped.from > 0) {
    const [first] = rest.matchAll(cgiField);
    return first === undefined || /\r?\n\r?\n/.test(rest.slice(0, first.index)) ? null : stopped.from + first.index;
  }
  const at = placeOf(rest, cgiField);
  const inLine = placeOf(fromBytes(stdout.read(0, wholeBytes)), fieldInLine);
  return inLine === null || (at !== null && at < inLine) ? at : inLine;
}

/** Where headers begin: one line like them may be a sentence, but a type is none at the beginning of its line. */
function placeOf(text: string, field: RegExp): number | null {
  let places = 0;
  for (const { 0: line, index } of text.matchAll(field)) {
    const isFirst = field === cgiField;
    if ((isFirst && /^content-type/i.test(line)) || isHead(text, index, isFirst)) return index;
    if (++places === maxPlaces) return null;
  }
  return null;
}

/** Headers from there on, up to a blank line; a status alone is enough where `mayBeStatus`. */
function isHead(text: string, from: number, mayBeStatus: boolean): boolean {
  let isResponse = mayBeStatus;
  for (let at = from, lines = 0; lines < maxLines; lines++) {
    const end = text.indexOf("\n", at);
    if (end < 0) return false;
    const line = text.slice(at, Math.min(end, at + 300)).replace(/\r$/, "");
    if (line === "") return isResponse;
    if (!/^[\w-]+[ \t]*:/.test(line)) return false;
    isResponse ||= /^(?:content-type|location):/i.test(line);
    at = end + 1;
  }
  return false;
}

/** A finding's range: at least one byte, within the stream. */
export function rangeIn({ bytes }: Pick<Bytes, "bytes">, from: number, to: number): [number, number] {
  const start = Math.max(0, Math.min(from, bytes - 1));
  return [start, Math.max(start, Math.min(Math.max(to, start + 1), bytes))];
}

/** Which header of the script has `\n` at its end, or two of them, where line ends were meant; null: none has. */
export function escapedLineEnd({ script }: Pick<TraceFacts, "script">): number | null {
  const index = script?.headers.findIndex(([, value]) => /[^\\](?:\\r)?\\n(?:(?:\\r)?\\n|$)/.test(value)) ?? -1;
  return index < 0 ? null : index;
}

/** The blank line that ends the headers; null if there is none. Its `to` is where the body begins. */
export const blankLine = ({ script }: Pick<TraceFacts, "script">): Span | null =>
  script?.spans.findLast(({ is }) => is === "empty-line") ?? null;

const token = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
const spaceBeforeColon = new RegExp(`^${token}[ \\t]+:`);
const validHeader = new RegExp(`^${token}:`);

/** What follows the name of a header that is written without its colon: text has lines that begin with such a name. */
const valueWithoutColon: Readonly<Record<string, string>> = {
  "content-type": "[\\w.+-]+/",
  "content-length": "\\d+$",
  "content-disposition": "(?:attachment|inline)\\b",
  "cache-control": "(?:no-|max-age|private|public)",
  location: "(?:/|[a-z][\\w+.-]*:)\\S",
  "set-cookie": "[\\w-]+=",
  status: "[1-5]\\d\\d\\b",
};
/** Group 1: the header's name. */
export const nameWithoutColon = new RegExp(
  `^(${Object.entries(valueWithoutColon)
    .map(([name, value]) => `${name}(?=[ \\t;=,]+${value})`)
    .join("|")})[ \\t;=,]+`,
  "i",
);

/**
 * Other rules explain a missing colon, folding, a space before the colon, stray carriage returns, byte
 * order marks, UTF-16 and HTTP status lines.
 */
export function hasOwnRule(line: string): boolean {
  return (
    /^[ \t]/.test(line) ||
    line.startsWith("HTTP/") ||
    /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/.test(line) ||
    nameWithoutColon.test(line) ||
    spaceBeforeColon.test(line) ||
    validHeader.test(line)
  );
}

/** The author cannot have meant it as a header. */
export const isNotHeader = (line: string): boolean => !line.startsWith(":") && !validHeader.test(line);
