// Why a fix cannot be shown or applied, and why a change for a script cannot be undone: a fix, or one of its mode, of
// what it preloads, or of its wrapper.
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
    message: ({ path }: Path) => `${path} has changed since.`,
    fix: "Undo the change by hand.",
  },
});
