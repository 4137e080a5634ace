// Why a script is not debugged, and what a person who debugs is told.
import { defineMessages } from "../../contract/message.js";
import { defineProblems } from "../../contract/problem.js";

export const debugProblem = defineProblems({
  "debug-not-trusted": {
    message: ({ path }: { readonly path: string }) =>
      `${path} is not trusted, and a debugger runs code in its scripts.`,
    fix: "Trust the folder first.",
  },
  "debug-arguments": {
    message: ({ detail }: { readonly detail: string }) => `The request to the debugger is not right: ${detail}.`,
  },
  "debug-not-running": { message: "No script is debugged at the moment." },
  "debug-hover": {
    message: "Only names and what is behind literal subscripts are evaluated while one points at them.",
  },
  "debug-refused": {
    message: ({ detail }: { readonly detail: string }) => `The debugger could not do that: ${detail}`,
  },
  "debug-pipes": {
    message: ({ systemText }: { readonly systemText: string }) =>
      `The pipes to the debugger could not be made: ${systemText}.`,
    fix: "Check the free space of XDG_RUNTIME_DIR, and that mkfifo is installed.",
  },
});

/** The script runs without a debugger, or with a difference. */
export const debugMessage = defineMessages({
  "debug-mode": ({ mode }: { readonly mode: string }) =>
    `The script ran without the debugger: in the mode ${mode} its process serves other requests, too. Send the request with the mode cgi.`,
  "debug-language":
    "The script ran without the debugger: there is one for Python, Perl, Ruby, Node and bash, and the first line of the script names another program.",
  "debug-switch": ({ switch: word }: { readonly switch: string }) =>
    `The script ran without the debugger, which the switch ${word} of its first line keeps out.`,
  "debug-silent": ({ waitedMs }: { readonly waitedMs: number }) =>
    `The debugger did not start within ${waitedMs / 1000} s, so the script runs without it.`,
  "debug-as-bash":
    "The script's first line names sh. For this request bash runs it, because no other shell can be stepped through.",
  "debug-left-out": ({ count }: { readonly count: number }) => `${count} more lines are left out.`,
  "debug-no-script": "No script ran for the request.",
  "debug-waits": ({ url }: { readonly url: string }) => `The next request to ${url} is debugged.`,
});
