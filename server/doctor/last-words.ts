// What a script said last on stderr, and on which of its lines it failed, where its language says so in a form we know.

import { fromBytes } from "../protocol/byte-string.js";
import { toDisplayText } from "../trace/decode-text.js";
import type { TraceFacts } from "./subject.js";

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
  const last = /([^\r\n]*[^\s][^\r\n]*)\s*$/.exec(tail);
  if (last?.[1] === undefined) return null;
  const text = toDisplayText(fromBytes(stderr.read(from + last.index, last[1].length)));
  const line = route.file === null ? null : lineIn(toDisplayText(tail), toDisplayText(route.file));
  return { text: text.trim(), range: [from + last.index, from + last.index + last[1].length], line };
}

/** The innermost mention of the script: Python's `File "x.py", line 3`, Perl's `at x.pl line 3.`, sh's `x.sh: 3:`, PHP's `in x.php on line 3`. */
export function lineIn(text: string, file: string): number | null {
  const name = file.slice(file.lastIndexOf("/") + 1);
  const path = `[^"\\n]*${escapePattern(name)}`;
  const forms = new RegExp(
    `File "${path}", line (\\d+)|at ${path} line (\\d+)|${path}: (?:line )?(\\d+):|in ${path}(?: on line |:)(\\d+)|${path}:(\\d+):|\\(file "${path}" line (\\d+)\\)`,
    "g",
  );
  let line: number | null = null;
  for (const match of text.matchAll(forms)) line = Number(match.slice(1).find((group) => group !== undefined));
  return line;
}

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
