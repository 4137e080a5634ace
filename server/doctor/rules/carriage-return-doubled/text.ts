// What the rule carriage-return-doubled says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "Lines end in two carriage returns",
  summary: "The header's lines end in CR CR LF: the line ends were converted twice.",
  explanation:
    'The script writes "\\r\\n" itself, and then the language or the system turns each "\\n" into "\\r\\n" once more: standard output is in text mode, mostly on Windows. Images and archives are damaged by it too. Write "\\n" alone, or put standard output into binary mode: binmode(STDOUT) in Perl, sys.stdout.buffer in Python, _setmode(1, _O_BINARY) in C.',
  reference: "RFC 3875 §7.2",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on with its line ends" },
    { server: "lighttpd", message: null, answers: "200 OK, everything becomes the page, or 500 Internal Server Error" },
    { server: "nginx", message: null, answers: "200 OK, passed on with its line ends" },
  ],
  fixes: ["binary-output"],
};
