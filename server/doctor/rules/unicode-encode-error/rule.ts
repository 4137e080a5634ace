// UnicodeEncodeError on stderr, with what in the environment led to it.
import { localeOf, textHandling } from "../../../protocol/encoding/interpreter-text.js";
import type { RuleLater } from "../../rule.js";
import { stderrMatch } from "../../stderr-match.js";
import { text } from "./text.js";

export const unicodeEncodeError: RuleLater = {
  id: "unicode-encode-error",
  text,
  when: "later",
  on: "failures",
  look: (facts) => {
    const match = stderrMatch(facts, /UnicodeEncodeError: '([\w-]+)' codec can't encode characters? (?:(u?'[^']*') )?in position (\d+)[^\r\n]*/);
    if (match === null) return null;
    const [codec = "", character = ""] = match.groups;
    const value = (name: string): string | undefined => facts.env?.find((variable) => variable.name === name)?.value;
    const isSurrogate = codec.startsWith("utf") || /\\ud[c-f]/.test(character);
    return {
      detail: isSurrogate
        ? "The text holds a lone surrogate: a byte that Python could not decode when it came in, as from a variable or a file name. Decode what comes in with the right encoding."
        : `Standard output is ${codec} here${character === "" ? "" : `, which has no ${character}`}. ${textHandling("python", value).why}`,
      title: isSurrogate ? "Python could not write text that it had not been able to read" : `Python could not write a character: its output is ${codec}`,
      ...match.place,
      fixes: isSurrogate ? [] : ["set-encoding-environment"],
      evidence: ["PYTHONIOENCODING", "PYTHONUTF8", "LC_ALL", "LC_CTYPE", "LANG"]
        .filter((name) => value(name) !== undefined || (name === "LANG" && localeOf(value) === "C"))
        .map((name) => ({ kind: "variable" as const, name, value: value(name) ?? null })),
    };
  },
};
