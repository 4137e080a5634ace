// Why a script cannot be measured.
import { defineProblems } from "../../contract/problem.js";

export const benchProblem = defineProblems({
  "not-a-script": {
    message: ({ path }: { readonly path: string }) => `${path} leads to no script.`,
    fix: "Name the URL path of a script: /cgi-bin/cart.py.",
  },
  "mode-fails": {
    message: ({ mode, status, why }: Failed) =>
      `A request in the mode ${mode} failed${status === null ? "" : ` with the status ${status}`}.${why === null ? "" : ` ${why}`}`,
    fix: "Fix that, or measure the other modes alone.",
  },
  "reports-spoiled": {
    /** `what`: the error that the agent met; null when it met none. */
    message: ({ what }: { readonly what: string | null }) =>
      `The script changes what the agent reports with${what === null ? "" : ` (${what})`}, so what it leaves behind cannot be found.`,
    fix: "Look for a change to the standard library or to built-in functions in the script.",
  },
});

type Failed = {
  readonly mode: string;
  readonly status: number | null;
  readonly why: string | null;
};
