// How a bug of the workbench is reported.
import { defineProblems } from "../contract/problem.js";

export const faultMessage = defineProblems({
  /** `what`: what failed, a sentence. `why`: the exception's message. */
  fault: {
    message: ({ what, why }: { readonly what: string; readonly why: string }) => `${what} ${why}`,
    fix: "This is a bug in CGI Workbench. The terminal that started it has the details.",
  },
});
