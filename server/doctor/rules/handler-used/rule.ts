// The script ran here through its extension's interpreter; a real server would have refused it.
import { toDisplayText } from "../../../trace/decode-text.js";
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const handlerUsed: RuleAtOnce = {
  id: "handler-used",
  text,
  when: "at-once",
  look: ({ notes, route }) =>
    notes.handlerBecause === null || route.mode === "php-cgi" // as everywhere: PHP reads the file, the system does not start it
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
