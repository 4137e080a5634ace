// UnicodeDecodeError on stderr.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { stderrMatch } from "../../../evidence/stderr-match.js";

const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "Python could not read bytes as text",
  summary: "UnicodeDecodeError: what came in is in another encoding than Python expected.",
  explanation:
    'The script read bytes and took them for UTF-8, and they are not: a form that was sent as Latin-1, a file in windows-1252, binary data such as an image in an upload. Read bytes as bytes (sys.stdin.buffer, open(…, "rb")) and decode them where you know the encoding: data.decode("windows-1252"). For forms, let the page say charset=utf-8 and accept-charset="utf-8".',
  reference: "RFC 3875 §4.2",
  logged: [
    {
      server: "Apache",
      message:
        "AH01215: stderr from S: UnicodeDecodeError: 'utf-8' codec can't decode byte 0xfc in position 1: invalid start byte",
      answers: "500 Internal Server Error",
    },
    {
      server: "nginx",
      message:
        "FastCGI sent in stderr: \"...UnicodeDecodeError: 'utf-8' codec can't decode byte 0xfc in position 1: invalid start byte\"",
      answers: "502 Bad Gateway",
    },
    { server: "Apache", message: "End of script output before headers: S", answers: "500 Internal Server Error" },
    { server: "lighttpd", message: null, answers: "400 Bad Request: it takes no address whose bytes are not UTF-8" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "unicode-decode-error",
  text,
  when: "later",
  on: "failures",
  check: (facts) => {
    const match = stderrMatch(facts, /UnicodeDecodeError: '([\w-]+)' codec can't decode bytes? (0x[0-9a-f]+)?[^\r\n]*/);
    if (match === null) return null;
    const [codec = "", byte = ""] = match.groups;
    return {
      detail: `${byte === "" ? "Some bytes are" : `The byte ${byte} is`} no ${codec}. It came in from a form, a file or another program in another encoding.`,
      ...match.place,
    };
  },
};
