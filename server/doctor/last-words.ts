// What a script said last on stderr, and on which of its lines it failed, where its language says so in a form we know.

import { fromBytes } from "../protocol/byte-string.js";
import { toDisplayText } from "../trace/decode-text.js";
import type { TraceRecord } from "../trace/trace-record.js";

const tailBytes = 8192;

export interface LastWords {
  /** The last non-empty line of stderr. */
  readonly text: string;
  /** 1-based line of the script, when a traceback or message names it. */
  readonly line: number | null;
}

export function lastWords({ stderr, route }: TraceRecord): LastWords | null {
  if (!stderr || stderr.captured === 0) return null;
  const tail = toDisplayText(fromBytes(stderr.read(Math.max(0, stderr.captured - tailBytes), tailBytes)));
  const text = tail.split(/\r?\n/).findLast((line) => line.trim() !== "");
  if (text === undefined) return null;
  return { text: text.trim(), line: route.file === null ? null : lineIn(tail, toDisplayText(route.file)) };
}

/** The innermost mention of the script: Python's `File "x.py", line 3`, Perl's `at x.pl line 3.`, sh's `x.sh: 3:`, PHP's `in x.php on line 3`. */
function lineIn(text: string, file: string): number | null {
  const name = file.slice(file.lastIndexOf("/") + 1);
  const path = `[^"\\n]*${escapePattern(name)}`;
  const forms = new RegExp(`File "${path}", line (\\d+)|at ${path} line (\\d+)|${path}: (?:line )?(\\d+):|in ${path} on line (\\d+)|${path}:(\\d+):`, "g");
  let line: number | null = null;
  for (const match of text.matchAll(forms)) line = Number(match.slice(1).find((group) => group !== undefined));
  return line;
}

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
