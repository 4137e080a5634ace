// The script ran here through its extension's interpreter; a real server would have refused it.
import { toDisplayText } from "../../../../base/decode-text.js";
import { traitsOf } from "../../../../contract/modes.js";
import type { InlineRule, RuleText } from "../../../engine/rule.js";

const text: RuleText = {
  stage: "elsewhere",
  severity: "hint",
  title: "Most servers would not run this script",
  summary: "It ran here by its extension's interpreter; elsewhere it needs its execute bit and a #! line.",
  explanation:
    "The workbench knows by the extension which program runs the file, so that a first script works at once. Apache, lighttpd and nginx execute the file itself: there it needs its execute bit (chmod +x) and a first line that begins with #! and names the interpreter.",
  reference: "RFC 3875 §3.4",
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: (13)Permission denied: exec of 'S' failed",
      answers: "500 Internal Server Error",
    },
    { server: "lighttpd", message: "S: Permission denied", answers: "500 Internal Server Error" },
    { server: "fcgiwrap", message: null, answers: "403 Forbidden" },
  ],
  fixes: ["make-executable", "set-shebang", "remove-byte-order-mark"],
};

export const rule: InlineRule = {
  id: "handler-used",
  text,
  when: "at-once",
  check: ({ notes, route }) =>
    notes.handlerBecause === null || traitsOf(route.mode)?.interpreter != null // on every server its interpreter reads the file
      ? null
      : {
          title: `Most servers would not run this script: ${notes.handlerBecause}`,
          detail:
            "It was run with the interpreter that belongs to its extension. Apache, lighttpd and nginx execute the file itself: it needs its execute bit and a first line that begins with #!.",
          line: 1,
          evidence: route.file === null ? [] : [{ kind: "file", path: toDisplayText(route.file), line: 1 }],
          fixes: [
            ...(notes.handlerBecause.includes("not executable") ? ["make-executable" as const] : []),
            ...(notes.handlerBecause.includes("no shebang") ? ["set-shebang" as const] : []),
            ...(notes.handlerBecause.includes("byte order mark") ? ["remove-byte-order-mark" as const] : []),
          ],
        },
};
