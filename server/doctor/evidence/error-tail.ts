// The end of a script's stderr, in which the readers of each language look for the error that ended it.
import { toDisplayText } from "../../base/decode-text.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString, fromBytes } from "../../protocol/byte-string.js";
import type { TraceFacts } from "../base/facts.js";
import { endedByError, startedFile } from "./process.js";
import { isPathOf, scriptLine } from "./stderr.js";

const tailBytes = 16 << 10;

export interface LanguageError {
  /** "ModuleNotFoundError", "syntax error"; "" if the language does not name it. */
  readonly kind: string;
  readonly message: string;
  /** A KeyError of Python's `os.environ`. */
  readonly isOfEnviron?: boolean;
  /** The program that Python's `subprocess` did not find. */
  readonly missingCommand?: string;
  readonly stream: "stderr" | "stdout";
  /** The bytes of the message there. */
  readonly range: [number, number];
  readonly line: number | null;
  /** Where the message places it, as written there: the script, or a file that it requires. */
  readonly at?: { readonly file: string; readonly line: number };
}

export interface Tail {
  readonly stream: "stderr" | "stdout";
  readonly text: ByteString;
  readonly from: number;
  /** The path with which the script was started; "" of an application at an address, of which no file is known. */
  readonly file: string;
  /** Its bytes, escaped for a regular expression: they may contain blanks, at which another path ends. */
  readonly own: string;
}

/** Where the reason of the failure is: null if no error of the script's own may have led to it. */
export const tailOf = (facts: TraceFacts, stream?: Tail["stream"]): Tail | null =>
  endedByError(facts) ? endOf(facts, stream) : null;

/** A reader of the error that ended a script, as one language prints it. */
export const inTail =
  <Facts extends TraceFacts>(read: (tail: Tail, facts: Facts) => LanguageError | null) =>
  (facts: Facts): LanguageError | null => {
    const tail = tailOf(facts);
    return tail && read(tail, facts);
  };

/** The line of the first call that is in the script: group 1 is its path, group 2 its line. Null: none is. */
export function callerLine(tail: Tail, calls: Iterable<RegExpExecArray>): number | null {
  for (const [, path, line] of calls) if (isScript(tail, path)) return Number(line);
  return null;
}

/** The end of what the script wrote; null if it wrote nothing there, or if its end was not kept. */
export function endOf(facts: TraceFacts, stream: Tail["stream"] = "stderr"): Tail | null {
  const bytes = facts[stream];
  const file = startedFile(facts);
  if (!bytes || bytes.captured === 0 || bytes.captured < bytes.bytes) return null;
  const from = Math.max(0, bytes.captured - tailBytes);
  return {
    stream,
    text: fromBytes(bytes.read(from, tailBytes)),
    from,
    file: toDisplayText(file ?? byteString("")),
    own: file?.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&") ?? "(?!)",
  };
}

/** Whether the path in a message is that of the script. */
export const isScript = ({ file }: Pick<Tail, "file">, path = ""): boolean =>
  isPathOf(toDisplayText(byteString(path)), file);

/** `line`: null if the error is not in the script, undefined if it is to be looked for. */
export function errorAt(
  { stream, text, from, file }: Tail,
  match: Pick<RegExpMatchArray, "index" | 0> | null | undefined,
  kind: string,
  message: string,
  line?: number | null,
): LanguageError | null {
  if (match?.index === undefined) return null;
  const end = match.index + match[0].length;
  const shown = toDisplayText(byteString(message)).trim().slice(0, 300);
  return {
    kind,
    message: shown,
    stream,
    range: [from + match.index, from + end],
    line: line !== undefined ? line : scriptLine(toDisplayText(byteString(text.slice(0, end))), file),
  };
}

export const last = (text: string, form: RegExp): RegExpMatchArray | undefined => [...text.matchAll(form)].at(-1);
