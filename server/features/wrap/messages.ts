// Why no application was made of a script.
import { defineProblems } from "../../contract/problem.js";

type Path = { readonly path: string };

export const wrapProblem = defineProblems({
  "no-application": {
    message: ({ path }: Path) => `No application can be made of ${path}.`,
    fix: "Choose a script in Python, Perl or Ruby.",
  },
  "file-is-there": {
    message: ({ path }: Path) => `${path} exists, or has just changed.`,
    fix: "Rename it, or edit it.",
  },
  "other-configuration": {
    message: ({ path }: Path) => `${path} is the configuration in place of the folder’s own, so none was written.`,
    fix: "Write the wrapper with “cgi-workbench wrap”, and its mode into that file.",
  },
});
