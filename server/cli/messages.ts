// Why the command line cannot request a script.
import { defineProblems } from "../base/problem.js";

export const cliMessage = defineProblems({
  "never-served": {
    message: ({ path }: { readonly path: string }) => `No request reaches ${path}.`,
    fix: "Hidden files, backups and databases are never served.",
  },
});
