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
  "changed-since-fix": {
    code: "changed",
    message: ({ path }: Path) => `${path} has changed again since that change.`,
    fix: "Undo the earlier change by hand.",
  },
});
