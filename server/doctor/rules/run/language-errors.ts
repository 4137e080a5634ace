// Rules for errors that ended the script: a table by language. The key is the rule's id.

import type { FactsWithFile } from "../../base/facts.js";
import { apache, lighttpd, nginx, onlyStderrLogged, php, unproved } from "../../base/logged.js";
import { type DeferredRule, family, type RuleTexts } from "../../base/rule.js";
import { errorOccurrence, hasOwnRule, readPhp, readPython, readRuby } from "../../evidence/language-error.js";
import { readLua, readNode, readOctave, readPanic, readTcl } from "../../evidence/other-languages.js";
import { effectOf } from "../../evidence/process.js";

type ScriptError = Parameters<typeof errorOccurrence>[1];

interface LanguageError
  extends Pick<RuleTexts, "title" | "explanation">,
    Partial<Pick<RuleTexts, "summary" | "logged">> {
  readonly read: (facts: FactsWithFile) => ScriptError | null;
  /** The finding's title, where it says more than the rule's. */
  readonly finding?: (facts: FactsWithFile, error: ScriptError) => string;
}

const uncaught =
  "The script did not catch an error. Its message is the first on standard error, before the calls that led there.";

const languageErrors: Readonly<Record<string, LanguageError>> = {
  "javascript-error": {
    read: readNode,
    title: "A JavaScript error ended the script",
    explanation:
      "Node prints the line that threw, then the error, then the calls that led there, and at the end its own version. The error is in the middle, and a log that shows only the last lines hides it.",
    finding: (facts) => `A JavaScript error ${effectOf(facts)}`,
  },
  "lua-error": {
    read: readLua,
    title: "A Lua error ended the script",
    explanation:
      "Lua prints the file, the line and the error first, and then the calls that led there, the last of which is its own: `[C]: in ?`.",
  },
  "octave-error": {
    read: readOctave,
    title: "An Octave error ended the script",
    explanation: "Octave prints the error first, after `error:`, and then the calls that led there.",
  },
  panic: {
    read: readPanic,
    title: "The program panicked",
    summary: "A program in Go or Rust met an error that it does not handle, and ended itself.",
    explanation:
      "Go and Rust print the reason of a panic first, and then the calls that led there or how to list them. A log that shows only the last lines hides it.",
    finding: (facts) => `A panic ${effectOf(facts)}`,
  },
  "php-error": {
    read: readPhp,
    title: "A PHP error ended the script",
    summary: "PHP met a fatal error, or could not parse the script.",
    explanation:
      "PHP stopped at an error from which it cannot continue: a call of something that does not exist, an uncaught exception, or a syntax error. On servers `display_errors` is usually off. Then the visitor gets an empty page with status 500, and the message goes to the log, which is standard error here.",
    logged: [
      unproved(apache.logs("stderr", 500, { TEXT: "PHP Fatal error:  Uncaught Error: ..." })),
      unproved(nginx.logs("stderr", 500, { TEXT: "PHP message: PHP Fatal error:  ..." })),
      unproved(php.says("PHP Fatal error:  Uncaught Error: ... in S:3", 500)),
    ],
    finding: (facts, { kind }) =>
      kind === "Parse error" ? "PHP cannot parse the script" : `A PHP error ${effectOf(facts)}`,
  },
  "python-error": {
    read: (facts) => {
      const error = readPython(facts);
      return error && !hasOwnRule(error, facts) ? error : null;
    },
    title: "A Python error ended the script",
    summary:
      "The script did not catch an exception, or its framework did and responded with an error. The traceback shows where it was raised.",
    explanation:
      "Python met an error while the script ran, and the script did not handle it. The traceback on standard error lists the calls that led there, the last one at the bottom, and ends with the error. In a server's log it is easy to miss; here it is next to the request that caused it.",
    logged: [
      apache.logs("stderr", "200 OK with the page cut short; 500 Internal Server Error when the header had not come", {
        TEXT: "Traceback (most recent call last):",
      }),
      nginx.logs("stderr", "200 OK with the page cut short; 502 Bad Gateway when the header had not come", {
        TEXT: "Traceback (most recent call last):...",
      }),
      lighttpd.silent("200 OK with the page cut short; 500 Internal Server Error when the header had not come"),
    ],
    finding: (facts, { kind }) => `A Python error ${effectOf(facts)}: ${kind}`,
  },
  "ruby-error": {
    read: readRuby,
    title: "A Ruby error ended the script",
    summary: "The script did not rescue an exception, or Ruby could not parse the script.",
    explanation:
      "Ruby met an error, and the script did not rescue it. The message on standard error begins with the file and the line, then names the error and lists the calls that led there.",
    logged: [
      apache.logs("stderr", "200 OK with the page cut short; 500 Internal Server Error when the header had not come", {
        TEXT: "...undefined local variable or method `NAME' for main:Object (NameError)",
      }),
      nginx.says(
        "FastCGI sent in stderr: \"...undefined local variable or method `NAME' for main:Object (NameError)",
        "200 OK with the page cut short; 502 Bad Gateway when the header had not come",
      ),
      lighttpd.silent("200 OK with the page cut short; 500 Internal Server Error when the header had not come"),
    ],
    finding: (facts, { kind }) => `A Ruby error ${effectOf(facts)}: ${kind}`,
  },
  "tcl-error": {
    read: readTcl,
    title: "A Tcl error ended the script",
    explanation:
      "Tcl prints the error first, and then the commands that led there, from the innermost to the line of the script.",
  },
};

export const rules = family<LanguageError, DeferredRule>(languageErrors, ({ read, finding, ...texts }) => ({
  severity: "error",
  summary: uncaught,
  logged: onlyStderrLogged,
  ...texts,
  on: "failures",
  explains: ["fastcgi-died"],
  check: (facts) => {
    const error = read(facts);
    return error && errorOccurrence(facts, error, finding && { title: finding(facts, error) });
  },
}));
