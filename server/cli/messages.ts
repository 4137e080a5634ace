// Why the command line does not request a script, or not as it is configured.
import { defineProblems } from "../base/problem.js";

export const cliMessage = defineProblems({
  "never-served": {
    message: ({ path }: { readonly path: string }) => `No request reaches ${path}.`,
    fix: "Hidden files, backups and databases are never served.",
  },
  "not-run": {
    message: ({ path }: { readonly path: string }) => `${path} was not run: its folder is not trusted.`,
    fix: "Pass --trust to run it, or trust the folder in the window.",
  },
  "settings-wait": {
    message: ({ settings }: { readonly settings: readonly string[] }) =>
      `The folder is not trusted, so these settings have no effect: ${settings.join(", ")}.`,
    fix: "Pass --trust to check with them, or trust the folder in the window.",
  },
});
