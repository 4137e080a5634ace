// The script ran here through its extension's interpreter; a real server would have refused it.
import { finding, type Rule } from "../rule.js";

export const handlerUsed: Rule = ({ notes }) =>
  notes.handlerBecause === null
    ? null
    : finding({
        rule: "handler-used",
        severity: "hint",
        title: `Most servers would not run this script: ${notes.handlerBecause}`,
        detail:
          "It was run with the interpreter that belongs to its extension. Apache, lighttpd and nginx execute the file itself: it needs its execute bit and a first line that begins with #!.",
        line: 1,
        reference: "RFC 3875 §3.4",
      });
