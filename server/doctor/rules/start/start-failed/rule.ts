// The system refused for a reason that has no rule of its own.
import { toDisplayText } from "../../../../base/decode-text.js";
import type { DeferredRule, RuleText } from "../../../engine/rule.js";

const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "The system could not start the script",
  summary: "The system gave an error that says nothing about the script itself, such as too many processes.",
  explanation:
    'Starting a program can fail for reasons outside of it: too many processes or open files, too little memory. The error\'s name says which; "man 2 execve" explains each.',
  reference: "RFC 3875 §3.4",
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: (N)REASON: exec of 'S' failed",
      answers: "500 Internal Server Error",
      unproved: true,
    },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "start-failed",
  text,
  when: "later",
  on: "fallback",
  check: ({ outcome, process, route }) => {
    if (outcome !== "spawn-error") return null;
    const errno = process?.errno ?? "an unknown error";
    return {
      title: `The system could not start the script: ${errno}`,
      detail: `Starting ${route.file === null ? "it" : toDisplayText(route.file)} failed with ${errno}.`,
      evidence: [{ kind: "errno", errno }],
    };
  },
};
