// Why the workbench cannot find out whether a folder is open elsewhere.
import { defineProblems } from "../../contract/problem.js";

export const lockMessage = defineProblems({
  lock: {
    message: ({ systemText }: { readonly systemText: string }) =>
      `The workbench cannot find out whether another window has this folder open: ${systemText}.`,
  },
});
