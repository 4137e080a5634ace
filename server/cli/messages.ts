// Why the command line cannot request or measure a script.
import { defineProblems } from "../base/problem.js";

export const cliMessage = defineProblems({
  "never-served": {
    message: ({ path }: { readonly path: string }) => `No request reaches ${path}.`,
    fix: "Hidden files, backups and databases are never served.",
  },
  "not-a-script": {
    message: ({ path }: { readonly path: string }) => `${path} leads to no script.`,
    fix: "Name the URL path of a script: /cgi-bin/cart.py.",
  },
  "mode-fails": {
    message: ({ mode, status, why }: Failed) =>
      `A request in the mode ${mode} failed${status === null ? "" : ` with the status ${status}`}.${why === null ? "" : ` ${why}`}`,
    fix: "Fix that, or leave the mode out with --modes.",
  },
});

type Failed = {
  readonly mode: string;
  readonly status: number | null;
  readonly why: string | null;
};
