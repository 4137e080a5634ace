// UnicodeEncodeError on stderr, with what in the environment led to it.
import { localeOf, textHandling } from "../../../../protocol/encoding/interpreter-text.js";
import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { stderrMatch } from "../../../evidence/stderr-match.js";

const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "Python could not write a character: its output encoding does not have it",
  summary: "UnicodeEncodeError: standard output is ASCII or Latin-1 here, and the text has more.",
  explanation:
    'Python chooses the encoding of print() from the environment: PYTHONIOENCODING, PYTHONUTF8, LC_ALL, LC_CTYPE, LANG. A server starts scripts with hardly any of these, so what works in the terminal can fail here: with ASCII there is no “ü”, with Latin-1 no “€”. The page is cut at that character.\n\nSay UTF-8 in the script, where it does not depend on anybody: sys.stdout.reconfigure(encoding="utf-8") before the first print. Or give the script PYTHONUTF8=1 in its environment. And say charset=utf-8 in Content-Type.',
  reference: "RFC 3875 §4.1, §7.2, PEP 540",
  logged: [
    {
      server: "Apache",
      message:
        "AH01215: stderr from S: UnicodeEncodeError: 'ascii' codec can't encode character '\\xfc' in position 2: ordinal not in range(128)",
      answers: "200 OK with a page cut short, or 500",
      unproved: true,
    },
    { server: "lighttpd", message: null, answers: "200 OK with a page cut short, or 500", unproved: true },
    {
      server: "nginx",
      message: 'FastCGI sent in stderr: "UnicodeEncodeError: …"',
      answers: "200 OK with a page cut short, or 502",
      unproved: true,
    },
  ],
  fixes: ["set-encoding-environment"],
};

export const rule: DeferredRule = {
  id: "unicode-encode-error",
  text,
  when: "later",
  on: "failures",
  check: (facts) => {
    const match = stderrMatch(
      facts,
      /UnicodeEncodeError: '([\w-]+)' codec can't encode characters? (?:(u?'[^']*') )?in position (\d+)[^\r\n]*/,
    );
    if (match === null) return null;
    const [codec = "", character = ""] = match.groups;
    const value = (name: string): string | undefined => facts.env?.find((variable) => variable.name === name)?.value;
    const isSurrogate = codec.startsWith("utf") || /\\ud[c-f]/.test(character);
    return {
      detail: isSurrogate
        ? "The text holds a lone surrogate: a byte that Python could not decode when it came in, as from a variable or a file name. Decode what comes in with the right encoding."
        : `Standard output is ${codec} here${character === "" ? "" : `, which has no ${character}`}. ${textHandling("python", value).why}`,
      title: isSurrogate
        ? "Python could not write text that it had not been able to read"
        : `Python could not write a character: its output is ${codec}`,
      ...match.place,
      fixes: isSurrogate ? [] : ["set-encoding-environment"],
      evidence: ["PYTHONIOENCODING", "PYTHONUTF8", "LC_ALL", "LC_CTYPE", "LANG"]
        .filter((name) => value(name) !== undefined || (name === "LANG" && localeOf(value) === "C"))
        .map((name) => ({ kind: "variable" as const, name, value: value(name) ?? null })),
    };
  },
};
