// What the rule unicode-encode-error says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
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
      message: "AH01215: stderr from S: UnicodeEncodeError: 'ascii' codec can't encode character '\\xfc' in position 2: ordinal not in range(128)",
      answers: "200 OK with a page cut short, or 500",
      unproved: true,
    },
    { server: "lighttpd", message: null, answers: "200 OK with a page cut short, or 500", unproved: true },
    { server: "nginx", message: 'FastCGI sent in stderr: "UnicodeEncodeError: …"', answers: "200 OK with a page cut short, or 502", unproved: true },
  ],
  fixes: ["set-encoding-environment"],
};
