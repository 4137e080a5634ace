// What a script said last on stderr, and on which of its lines it failed, where its language says so in a form we know.

import { toDisplayText } from "../../base/decode-text.js";
import { byteString, fromBytes } from "../../protocol/byte-string.js";
import type { TraceFacts } from "../engine/subject.js";

const tailBytes = 8192;

export interface LastWords {
  /** The last non-empty line of stderr. */
  readonly text: string;
  /** Its bytes in stderr; null where they are not kept. */
  readonly range: [number, number];
  /** 1-based line of the script, when a traceback or message names it. */
  readonly line: number | null;
}

export function lastWords({ stderr, route }: Pick<TraceFacts, "stderr" | "route">): LastWords | null {
  if (!stderr || stderr.captured === 0) return null;
  const from = Math.max(0, stderr.captured - tailBytes);
  const tail = fromBytes(stderr.read(from, tailBytes));
  const end = tail.trimEnd().length;
  if (end === 0) return null;
  const start = Math.max(tail.lastIndexOf("\n", end - 1), tail.lastIndexOf("\r", end - 1)) + 1;
  const text = toDisplayText(byteString(tail.slice(start, end))).trim();
  const line = route.file === null ? null : lineIn(toDisplayText(tail), toDisplayText(route.file));
  return { text, range: [from + start, from + end], line };
}

/** The innermost mention of the script: Python's `File "x.py", line 3`, Perl's `at x.pl line 3.`, sh's `x.sh: 3:`, PHP's `in x.php on line 3`. */
export function lineIn(text: string, file: string): number | null {
  const name = file.slice(file.lastIndexOf("/") + 1);
  let line: number | null = null;
  for (let at = text.indexOf(name); at >= 0 && name !== ""; at = text.indexOf(name, at + name.length)) {
    const number = /^(?:",? line | (?:on )?line |:(?: line)? ?)(\d{1,9})\b/.exec(
      text.slice(at + name.length, at + name.length + 24),
    )?.[1];
    if (number !== undefined && Number(number) > 0) line = Number(number);
  }
  return line;
}
