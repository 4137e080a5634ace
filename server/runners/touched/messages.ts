// Why a script was not watched, and what watching changed.
import { ProblemError } from "../../base/problem.js";
import { defineMessages } from "../../contract/message.js";
import { defineProblems } from "../../contract/problem.js";

type WithPath = { readonly path: string };

export const touchedMessage = defineMessages({
  "touched-not-linux": "Nothing was watched: what a script touches can be seen on Linux alone.",
  "touched-no-strace": ({ command }: { readonly command: string }) =>
    `Nothing was watched, because strace is not installed. Install it: ${command}`,
  "touched-refused": ({ systemText }: { readonly systemText: string }) =>
    `Nothing was watched, because strace may not watch processes here: ${systemText} A container needs the capability SYS_PTRACE for that.`,
  "touched-set-id": ({ path }: WithPath) =>
    `Nothing was watched: ${path} runs with the rights of its owner, which it would lose under strace.`,
  "touched-not-begun": "Nothing was watched, because strace could not start the script.",
  "touched-mode": ({ mode }: { readonly mode: string }) =>
    `Nothing was watched: in the mode ${mode} the script's process was started for other requests, too. Send the request with the mode cgi.`,
  "touched-ptrace":
    "The script calls ptrace itself. That fails while it is watched, so it may have responded differently.",
  "touched-cut": ({ count }: { readonly count: number }) =>
    `Only the beginning was watched: the script touched more than ${count} things.`,
});

export const touchedProblem = defineProblems({
  "touched-not-trusted": {
    message: ({ path }: WithPath) => `${path} is not trusted, so its scripts are not watched.`,
    fix: "Trust the folder first.",
  },
});

/** @throws ProblemError */
export function needTrust({ root, isTrusted }: { readonly root: string; readonly isTrusted: boolean }): void {
  if (!isTrusted) throw new ProblemError(touchedProblem("touched-not-trusted", { path: root }));
}
