// Why a fix cannot be shown or applied, and why a fix or another change for a script (its mode, what it preloads, its
// wrapper, a line that puts back what leaks) cannot be undone.
import { defineProblems } from "../../contract/problem.js";

type Path = { readonly path: string };

export const fixMessage = defineProblems({
  "nothing-to-change": {
    message: (_: Path & { readonly fix: string }) => "This fix has nothing left to change in this script.",
  },
  "script-missing": { code: "not-found", message: ({ path }: Path) => `${path} no longer exists.` },
  "fix-not-kept": { code: "not-found", message: "This change can no longer be undone." },
  "changed-since-preview": {
    code: "changed",
    message: ({ path }: Path) => `${path} has changed since the preview.`,
    fix: "Preview the fix again.",
  },
  "patch-malformed": {
    message: ({ why }: { readonly why: string }) => `The change is no unified diff of text files: ${why}.`,
    fix: "Write one as diff -u does, with paths that begin at the folder.",
  },
  "patch-removes": {
    message: ({ path }: Path) => `The change would remove, move or copy ${path}.`,
    fix: "Do that yourself. A diff may only change files and add new ones.",
  },
  "patch-does-not-fit": {
    message: ({ path }: Path) => `The change does not fit ${path} as it is.`,
    fix: "Run the command again.",
  },
  "changed-since-fix": {
    code: "changed",
    message: ({ path }: Path) => `${path} has changed again since that change.`,
    fix: "Undo the earlier change by hand.",
  },
});
