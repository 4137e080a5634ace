// UnicodeEncodeError on stderr: of standard output, with the variables that led to it, or of something else.

import type { Evidence } from "../../../../contract/trace.js";
import type { CodecName } from "../../../../formats/encodings/codecs.js";
import { type Lookup, localeOf, textHandling } from "../../../../formats/encodings/interpreter-text.js";
import type { FactsWithFile } from "../../../base/facts.js";
import { apache, lighttpd, nginx, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { last, tailOf } from "../../../evidence/error-tail.js";
import { readPython, severityOf } from "../../../evidence/language-error.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "Python could not write a character in its output encoding",
  summary:
    "`UnicodeEncodeError`: standard output, or what else is written to, is ASCII or Latin-1, and the text contains other characters.",
  explanation:
    'Python chooses the encoding of `print()` from the environment: `PYTHONIOENCODING`, `PYTHONUTF8`, `LC_ALL`, `LC_CTYPE`, `LANG`. A server starts scripts with few or none of these, so a script that works in the terminal can fail here. ASCII has no “ü”, and Latin-1 has no “€”. The output ends at that character.\n\nSet UTF-8 in the script, independent of the environment: `sys.stdout.reconfigure(encoding="utf-8")` before the first `print`. Or set `PYTHONUTF8=1` in the script\'s environment. In both cases declare `charset=utf-8` in `Content-Type`.\n\nFiles, mails and connections have encodings of their own: name one for each, as in `open(name, "w", encoding="utf-8")`.',
  reference: "RFC 3875 §4.1, §7.2, PEP 540",
  logged: [
    unproved(
      apache.logs("stderr", "200 OK with a truncated body, or 500", {
        TEXT: "UnicodeEncodeError: 'ascii' codec can't encode character '\\xfc' in position 2: ordinal not in range(128)",
      }),
    ),
    unproved(lighttpd.silent("200 OK with a truncated body, or 500")),
    unproved(nginx.logs("stderr", "200 OK with a truncated body, or 502", { TEXT: "UnicodeEncodeError: …" })),
  ],
  fixes: ["set-encoding-environment"],
  on: "failures",
  check: (facts) => {
    const error = readPython(facts);
    if (error?.kind !== "UnicodeEncodeError") return null;
    const { stream, range, line } = error;
    const place = { severity: severityOf(facts), stream, range, line };
    const [, codec = "", character = ""] =
      /^'([\w-]+)' codec can't encode characters? (?:(u?'[^']*') )?in position \d+/.exec(error.message) ?? [];
    const value = (name: string): string | undefined => facts.env?.find((variable) => variable.name === name)?.value;
    const isSurrogate = codec.startsWith("utf") || /\\ud[c-f]/.test(character);
    const has = character === "" ? "" : `, which has no ${character}`;
    if (isSurrogate)
      return {
        title: "Python could not write text that it failed to decode",
        detail:
          "The text contains a lone surrogate: a byte that Python could not decode on input, for example in an environment variable or a file name. Decode the input with the right encoding.",
        ...place,
        fixes: [],
        evidence: variablesFor(value),
      };
    const handling = textHandling("python", value);
    const isOfEnvironment = namesOf[codec] === handling.stdout.codec;
    const target = targetOf(facts, stream === "stderr" ? range : null, isOfEnvironment);
    if (target === "other")
      return {
        title: `Python could not encode a character as ${codec}`,
        detail: `The script encodes text as ${codec}${has}, for something other than \`print()\`: a file, a mail or a connection, or with \`encode()\`. Name an encoding that has the character there, such as \`encoding="utf-8"\`, or set \`errors\` to say what replaces it.`,
        ...place,
        fixes: [],
      };
    const title = `Python could not write a character: its output encoding is ${codec}`;
    if (target === "own-stdout")
      return {
        title,
        detail: `The script itself gives standard output the encoding ${codec}${has}. The environment does not change that: use "utf-8" there, and declare \`charset=utf-8\` in \`Content-Type\`.`,
        ...place,
        fixes: [],
      };
    return {
      title,
      detail: `The encoding of standard output is ${codec}${has}.${isOfEnvironment ? ` ${handling.why}` : ""}`,
      ...place,
      evidence: variablesFor(value),
    };
  },
};

const variablesFor = (value: Lookup): Evidence[] =>
  ["PYTHONIOENCODING", "PYTHONUTF8", "LC_ALL", "LC_CTYPE", "LANG"]
    .filter((name) => value(name) !== undefined || (name === "LANG" && localeOf(value) === "C"))
    .map((name) => ({ kind: "variable", name, value: value(name) ?? null }));

/** What Python's errors call the codecs that `textHandling` follows. */
const namesOf: Readonly<Record<string, CodecName>> = {
  ascii: "ascii",
  "latin-1": "latin-1",
  charmap: "windows-1252",
};

/** "own-stdout": standard output, whose encoding the script sets itself. */
type Target = "stdout" | "own-stdout" | "other";

/** What the text was for, by the line that Python was in; without one by the encoding alone. */
function targetOf(facts: FactsWithFile, range: Range | null | undefined, isOfEnvironment: boolean): Target {
  const source = facts.file?.source ?? "";
  const line = lineOfError(facts, range);
  const stdout: Target = setsEncoding.test(source) ? "own-stdout" : "stdout";
  const otherwise = isOfEnvironment ? stdout : "other";
  if (line === null) return otherwise;
  if (encodes.test(line)) return "other";
  if (/\bstdout\b/.test(line) || (prints.test(line) && !/\bfile\s*=/.test(line))) return stdout;
  if (writes.test(line) && !aliasOfStdout.test(source)) return "other";
  return otherwise;
}

/** Not to UTF-8, which has every character: the error came before that. */
const setsEncoding =
  /\bstdout\b(?![^\n]*utf)(?:\.reconfigure\([^)\n]*\bencoding\b|\s*=(?!=)[^\n]*\b(?:TextIOWrapper|getwriter|open)\b)/i;
const aliasOfStdout = /=\s*(?:sys\s*\.\s*)?(?:__)?stdout/;
/** Into another encoding than UTF-8, which has every character. */
const encodes = /\.encode\(\s*(?!["']utf|\))/i;
const prints = /(?:^|[;:[(,])\s*print\b/m;
const writes = /(?:\.write(?:lines)?\(|\bfile\s*=)/;

type Range = readonly [number, number];

/** The source of the last call of the traceback, which ends before the error, outside of Python's own codecs. */
function lineOfError(facts: FactsWithFile, range: Range | null | undefined): string | null {
  const tail = tailOf(facts);
  if (tail === null || !range) return null;
  const before = tail.text.slice(0, Math.max(0, range[0] - tail.from));
  const begins = before.lastIndexOf("Traceback (most recent call last):");
  const calls = begins < 0 ? "" : before.slice(begins);
  return (
    last(calls, /^ {2}File "(?!.*\/(?:encodings\/\w+|codecs)\.py").*", line \d+.*\n((?: {4}.*\n)+)/gm)?.[1] ?? null
  );
}
