// Why files cannot be searched as asked, or a file is left out of a replacement or of its undo.
import { defineMessages } from "../../contract/message.js";
import { defineProblems } from "../../contract/problem.js";

export const replacementMessage = defineMessages({
  gone: "The file no longer exists.",
  "not-text": "The file is not text.",
  "nothing-found": "The file no longer has a match.",
  changed: "The file has changed since the preview.",
  "changed-since": "The file has changed since the replacement.",
  failed: ({ problem }: { readonly problem: string }) => problem,
});

type Pattern = { readonly pattern: string };

export const searchProblem = defineProblems({
  "bad-pattern": {
    message: ({ reason }: Pattern & { readonly reason: string }) => `This regular expression is not valid: ${reason}.`,
    fix: "Write it in the syntax of RE2, which has no lookahead and no backreferences.",
  },
  "pattern-too-large": {
    code: "bad-pattern",
    message: (_: Pattern) => "This regular expression is too large.",
    fix: "Use smaller counts of repetition.",
  },
  "search-not-kept": { code: "not-found", message: "This search is no longer kept.", fix: "Search again." },
  "replacement-not-kept": { code: "not-found", message: "This replacement can no longer be undone." },
});
