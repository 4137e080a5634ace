// Checks of a script's text before any request: what a visitor may inject, and encodings that the language misreads.
import { toDisplayText } from "../../base/decode-text.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { shiftJisTrouble } from "../evidence/shift-jis.js";
import type { ScriptLanguage } from "../fixes/language.js";
import { type Diagnostic, onLine } from "./markers.js";

const fromClient = "(?:QUERY_STRING|REQUEST_URI|PATH_INFO|HTTP_[A-Z_]+)";

/** Longer lines are generated, not written by a person. */
const maxLineLength = 2000;

/** Code that evaluates what the client sent. */
const evaluated: Partial<Record<ScriptLanguage, RegExp>> = {
  shell: new RegExp(`^(?:[^#\\n']*[;&|({])?\\s*(?:(?:then|do|else)\\s+)?eval\\b[^#\\n';]*\\$\\{?${fromClient}\\b`),
  perl: new RegExp(`^[^#\\n]*\\beval\\s*\\(?\\s*(?:"[^"\\n]*)?(?:\\$ENV\\{['"]?${fromClient}|(?:\\$\\w+->)?param\\()`),
  php: /^[^#\n]*\beval\s*\([^;\n]*\$_(?:GET|POST|REQUEST|COOKIE)\b/,
  python: new RegExp(`^[^#\\n]*(?<![.\\w])(?:eval|exec)\\s*\\([^\\n]*(?:\\.getvalue\\(|${fromClient})`),
  ruby: new RegExp(`^[^#\\n]*\\beval[\\s(][^\\n]*(?:\\bparams\\[|ENV\\[['"]${fromClient})`),
};

/** `text`: the file's bytes. */
export function checkSource(text: ByteString, language: ScriptLanguage | null): Diagnostic[] {
  return language === null ? [] : [...evaluation(text, language), ...shiftJis(text, language)];
}

function evaluation(text: ByteString, language: ScriptLanguage): Diagnostic[] {
  const form = evaluated[language];
  const line = form ? text.split("\n").findIndex((one) => one.length <= maxLineLength && form.test(one)) : -1;
  if (line < 0) return [];
  return [
    onLine(toDisplayText(text), line + 1, {
      rule: "input-evaluated",
      severity: "warning",
      title: "The script runs what the client sends as code",
      detail:
        "`eval` takes its argument as code, and this one has a part of the request in it: everybody who can send a request can run any command with the rights of the script. Read the values instead: split the query at `&` and `=`, decode them, and keep them in variables.",
    }),
  ];
}

/** Python reports it itself. */
function shiftJis(text: ByteString, language: ScriptLanguage): Diagnostic[] {
  const trouble = language === "python" ? null : shiftJisTrouble(text, "backslash");
  if (trouble === null) return [];
  return [
    onLine(toDisplayText(text), trouble.line, {
      rule: "shift-jis-source",
      severity: "hint",
      title: `The second byte of “${trouble.character}” is a backslash`,
      detail:
        "The script is written in Shift_JIS, and the language reads it byte by byte: in a string in double quotes, this backslash changes the meaning of the next sign. Save the script as UTF-8, and declare `charset=utf-8` in `Content-Type`.",
    }),
  ];
}
