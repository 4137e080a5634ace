// What a script wrote to stderr: its last line, a message that names the cause, and
// the script's line that a traceback names.
import { toDisplayText } from "../../base/decode-text.js";
import { byteString, fromBytes } from "../../protocol/byte-string.js";
import type { Bytes, TraceFacts } from "../base/facts.js";
import type { Occurrence } from "../base/rule.js";
import { startedFile } from "./process.js";

const lastLineBytes = 8 << 10;
const matchBytes = 64 << 10;
const maxQuoted = 300;

interface StderrLine {
  readonly text: string;
  /** Its bytes in stderr. */
  readonly range: [number, number];
  /** 1-based line of the script, if the end of stderr names one. */
  readonly line: number | null;
  /** How many bytes of stderr were kept, if there were more; null: all. */
  readonly cutAfter: number | null;
}

/** Indented, a version, the place in an interpreter's own code, a call or its heading, a quoted line: no error. */
const aside = /^(?:\s|Node\.js v\d|\[C\]|#\d+ |> *\d+ \||[\])}]+$|Stack trace:$|.* called at .+ line \d+$)/;

/** The last line of stderr that is not blank; of several the last that is more than an aside. */
export function lastStderrLine(facts: Pick<TraceFacts, "stderr" | "route" | "argv">): StderrLine | null {
  const { stderr } = facts;
  if (!stderr || stderr.captured === 0) return null;
  const from = Math.max(0, stderr.captured - lastLineBytes);
  const tail = fromBytes(stderr.read(from, lastLineBytes));
  const lines = [...tail.matchAll(/[^\r\n]+/g)].map(({ 0: line, index }) => ({ start: index, line: line.trimEnd() }));
  const said = lines.filter(({ line }) => line !== "");
  const last = said.findLast(({ line }) => !aside.test(line)) ?? said.at(-1);
  if (last === undefined) return null;
  const text = toDisplayText(byteString(last.line)).trim();
  const file = startedFile(facts);
  const cutAfter = stderr.captured < stderr.bytes ? stderr.captured : null;
  const line = file === null || cutAfter !== null ? null : scriptLine(toDisplayText(tail), toDisplayText(file));
  const start = from + last.start;
  return { text, range: [start, start + last.line.length], line, cutAfter };
}

/** The first line that is not blank, at most so much of it. */
export function firstStderrLine(stderr: Pick<Bytes, "read">): string {
  const [line = ""] = fromBytes(stderr.read(0, lastLineBytes))
    .trimStart()
    .split(/[\r\n]/, 1);
  const shown = toDisplayText(byteString(line)).trimEnd();
  return shown.length > maxQuoted ? `${shown.slice(0, maxQuoted)}…` : shown;
}

/** " The last line on stderr: “…”", to append to a detail. */
export function lastLineSentence(line: StderrLine | null): string {
  if (line === null) return "";
  const { text, cutAfter } = line;
  return cutAfter === null
    ? ` The last line on stderr: “${text}”`
    : ` Of stderr only the first ${cutAfter} bytes were kept (\`limits.captureBytes\`). Their last line: “${text}”`;
}

interface StderrMatch {
  readonly groups: readonly string[];
  /** The bytes of the match, and the script's line if stderr names one. */
  readonly location: Pick<Occurrence, "stream" | "range" | "line">;
}

/** The last match within the last 64 KiB. */
export function stderrMatch(facts: StderrOf, pattern: RegExp): StderrMatch | null {
  const found = lastMatch(facts, pattern);
  if (found === null) return null;
  const { match } = found;
  const end = match.index + match[0].length;
  return { groups: match.slice(1).map((group) => group ?? ""), location: located(facts, found, match.index, end) };
}

/**
 * Where the line is that has the last match there. (A pattern that begins with `[^\n]*` would take time that grows
 * with the square of a line's length.)
 */
export function stderrLineOf(facts: StderrOf, words: RegExp): StderrMatch["location"] | null {
  const found = lastMatch(facts, words);
  if (found === null) return null;
  const { text, match } = found;
  const end = text.indexOf("\n", match.index);
  return located(facts, found, text.lastIndexOf("\n", match.index) + 1, end < 0 ? text.length : end);
}

type StderrOf = Pick<TraceFacts, "stderr" | "route" | "argv">;

interface LastMatch {
  readonly match: RegExpExecArray;
  readonly text: string;
  /** Where the text begins in stderr. */
  readonly from: number;
}

function lastMatch({ stderr }: StderrOf, pattern: RegExp): LastMatch | null {
  if (!stderr || stderr.captured === 0) return null;
  const from = Math.max(0, stderr.captured - matchBytes);
  const text = fromBytes(stderr.read(from, matchBytes));
  const match = [...text.matchAll(new RegExp(pattern, "g"))].at(-1);
  return match === undefined ? null : { match, text, from };
}

function located(facts: StderrOf, { text, from }: LastMatch, start: number, end: number): StderrMatch["location"] {
  const file = startedFile(facts);
  const line = file === null ? null : scriptLine(text, file);
  return { stream: "stderr", range: [from + start, from + end], line };
}

/**
 * The last line of `file` that the text names: Python's `File "x.py", line 3`, Perl's `at x.pl line 3.`,
 * sh's `x.sh: 3:`, PHP's `in x.php on line 3`.
 */
export function scriptLine(text: string, file: string): number | null {
  const name = file.slice(file.lastIndexOf("/") + 1);
  for (let at = text.lastIndexOf(name); at >= 0 && name !== ""; at = at === 0 ? -1 : text.lastIndexOf(name, at - 1)) {
    const number = /^(?:",? line | (?:on )?line |:(?: line)? ?)(\d{1,9})\b/.exec(
      text.slice(at + name.length, at + name.length + 24),
    )?.[1];
    if (number !== undefined && Number(number) > 0 && isNamedAt(text, at, file)) return Number(number);
  }
  return null;
}

/** Whether a message's path is that of the script. */
export function isPathOf(path: string, file: string): boolean {
  const name = file.slice(file.lastIndexOf("/") + 1);
  return name !== "" && path.endsWith(name) && isNamedAt(path, path.length - name.length, file);
}

/** How many bytes a path may have more than the script's folder: for "../". */
const relativePathBytes = 64;
const pathEnds = " \t\r\n\"'`()[]<>,;=";

/** Whether the script's name at `at` means the script: it is not the end of a longer name, or in another folder. */
export function isNamedAt(text: string, at: number, file: string): boolean {
  const isPart = (index: number): boolean => /[\w.-]/.test(text.charAt(index));
  if (isPart(at - 1)) return false;
  const folder = file.slice(0, file.lastIndexOf("/") + 1);
  // each language writes other characters in its own way: "%20", "\xfc"
  if (text.charAt(at - 1) !== "/" || /[^\w./-]/.test(folder)) return true;
  if (text.slice(Math.max(0, at - folder.length), at) === folder && !isPart(at - folder.length - 1)) return true;
  const furthest = Math.max(0, at - folder.length - relativePathBytes);
  let from = at;
  while (from > furthest && !pathEnds.includes(text.charAt(from - 1))) from--;
  if (from > 0 && from === furthest) return false; // a longer path
  const above = text.slice(from, at).replace(/^(?:\.{1,2}\/)+/, "");
  return above === "" || folder.endsWith(`/${above}`);
}
