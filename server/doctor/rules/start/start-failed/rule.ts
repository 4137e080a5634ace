// The system refused to start the script, and no other rule explains the error.

import { toDisplayText } from "../../../../base/decode-text.js";
import { apache, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The system could not start the script",
  summary: "The system returned an error that is not about the script itself, such as too many processes.",
  explanation:
    "A start can fail for reasons outside the script: too many processes or open files, or too little memory. The name of the error says which. `man 2 execve` explains each of them.",
  reference: "RFC 3875 §3.4",
  logged: [unproved(apache.logs("stderr", 500, { TEXT: "(N)REASON: exec of 'S' failed" }))],
  on: "fallback",
  check: ({ outcome, process, route }) => {
    if (outcome !== "spawn-error") return null;
    const errno = process?.errno ?? "unknown error";
    return {
      title: `The system could not start the script: ${errno}`,
      detail: `Starting ${route.file === null ? "the script" : toDisplayText(route.file)} failed: ${errno}.`,
      evidence: [{ kind: "errno", errno }],
    };
  },
};
