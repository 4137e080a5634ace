// The script ran here through the interpreter of its extension; most servers would refuse it.

import { toDisplayText } from "../../../../base/decode-text.js";
import { wordsOf } from "../../../../contract/message.js";
import { traitsOf } from "../../../../contract/modes.js";
import { handlerReason } from "../../../../routing/messages.js";
import { fcgiwrap, startFailedLogged } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";

export const rule: InlineRule = {
  severity: "hint",
  title: "Most servers would not run this script",
  summary:
    "The script ran here with the interpreter for its extension. Other servers need an execute bit and a `#!` line.",
  explanation:
    "CGI Workbench chooses the interpreter by the file's extension, so that a first script works at once. Apache, lighttpd and nginx execute the file itself. For them it needs its execute bit (`chmod +x`), and a first line that begins with `#!` and names the interpreter.",
  reference: "RFC 3875 §3.4",
  logged: startFailedLogged("EACCES", fcgiwrap.silent(403)),
  fixes: ["make-executable", "set-shebang", "remove-byte-order-mark"],
  check: ({ notes, route }) =>
    // On every server its interpreter reads the file; UTF-16 has a rule of its own.
    notes.handlerBecause === null ||
    handlerReason.is(notes.handlerBecause, "saved-as-utf-16") ||
    traitsOf(route.mode)?.interpreter != null
      ? null
      : {
          title: `Most servers would not run this script: ${wordsOf(notes.handlerBecause.text)}`,
          detail:
            "The script ran with the interpreter for its extension. Apache, lighttpd and nginx execute the file itself: it needs its execute bit and a first line that begins with `#!`.",
          line: 1,
          evidence: route.file === null ? [] : [{ kind: "file", path: toDisplayText(route.file), line: 1 }],
          fixes: fixesFor[notes.handlerBecause.code] ?? [],
        },
};

/** The fixes for each code of `handlerReason`. */
const fixesFor: Readonly<Record<string, NonNullable<InlineRule["fixes"]>>> = {
  "not-executable": ["make-executable"],
  "no-shebang": ["set-shebang"],
  "byte-order-mark-first": ["remove-byte-order-mark"],
  "not-executable-no-shebang": ["make-executable", "set-shebang"],
  "not-executable-byte-order-mark": ["make-executable", "remove-byte-order-mark"],
};
