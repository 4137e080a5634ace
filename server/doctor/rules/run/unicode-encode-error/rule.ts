// UnicodeEncodeError on stderr, with the environment variables that led to it.
import { localeOf, textHandling } from "../../../../protocol/encoding/interpreter-text.js";
import type { DeferredRule } from "../../../engine/rule.js";
import { stderrMatch } from "../../../evidence/stderr.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "Python could not write a character in its output encoding",
  summary: "`UnicodeEncodeError`: standard output is ASCII or Latin-1 here, and the text contains other characters.",
  explanation:
    'Python chooses the encoding of `print()` from the environment: `PYTHONIOENCODING`, `PYTHONUTF8`, `LC_ALL`, `LC_CTYPE`, `LANG`. A server starts scripts with few or none of these, so a script that works in the terminal can fail here. ASCII has no “ü”, and Latin-1 has no “€”. The output ends at that character.\n\nSet UTF-8 in the script, independent of the environment: `sys.stdout.reconfigure(encoding="utf-8")` before the first `print`. Or set `PYTHONUTF8=1` in the script\'s environment. In both cases declare `charset=utf-8` in `Content-Type`.',
  reference: "RFC 3875 §4.1, §7.2, PEP 540",
  logged: [
    {
      server: "Apache",
      message:
        "AH01215: stderr from S: UnicodeEncodeError: 'ascii' codec can't encode character '\\xfc' in position 2: ordinal not in range(128)",
      response: "200 OK with a truncated body, or 500",
      unproved: true,
    },
    { server: "lighttpd", message: null, response: "200 OK with a truncated body, or 500", unproved: true },
    {
      server: "nginx",
      message: 'FastCGI sent in stderr: "UnicodeEncodeError: …"',
      response: "200 OK with a truncated body, or 502",
      unproved: true,
    },
  ],
  fixes: ["set-encoding-environment"],
  when: "deferred",
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
        ? "The text contains a lone surrogate: a byte that Python could not decode on input, for example in an environment variable or a file name. Decode the input with the right encoding."
        : `The encoding of standard output is ${codec}${character === "" ? "" : `, which has no ${character}`}. ${textHandling("python", value).why}`,
      title: isSurrogate
        ? "Python could not write text that it failed to decode"
        : `Python could not write a character: its output encoding is ${codec}`,
      ...match.location,
      fixes: isSurrogate ? [] : ["set-encoding-environment"],
      evidence: ["PYTHONIOENCODING", "PYTHONUTF8", "LC_ALL", "LC_CTYPE", "LANG"]
        .filter((name) => value(name) !== undefined || (name === "LANG" && localeOf(value) === "C"))
        .map((name) => ({ kind: "variable" as const, name, value: value(name) ?? null })),
    };
  },
};
