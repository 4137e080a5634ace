// How a bug of the workbench is reported, and a temporary folder that cannot be made.
import { defineProblems } from "../contract/problem.js";

export const faultMessage = defineProblems({
  /** `what`: what failed, a sentence. `why`: the exception's message. */
  fault: {
    message: ({ what, why }: { readonly what: string; readonly why: string }) => `${what} ${why}`,
    fix: "This is a bug in CGI Workbench. The terminal that started it has the details.",
  },
});

export const temporaryMessage = defineProblems({
  "no-temporary-folder": {
    message: ({ path, systemText }: { readonly path: string; readonly systemText: string }) =>
      `No temporary folder can be made in ${path}: ${systemText}.`,
    fix: "Set TMPDIR to a folder that exists and that you may write to.",
  },
});
