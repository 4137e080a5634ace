// Why a script is not debugged, and what a person who debugs is told.
import type { WantedByte } from "../../contract/debug-contract.js";
import { defineMessages } from "../../contract/message.js";
import { defineProblems } from "../../contract/problem.js";
import type { ByteOrigin } from "./debugger-answers.js";

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

export const originText: Readonly<Record<ByteOrigin, string>> = {
  printed: "This line prints it. It has not run yet.",
  flushed: "This line writes it. Another line may have made the text.",
  buffered: "This line printed it before. It leaves the script’s buffer only now, so the values may be later ones.",
  ran: "This line has just run: the values are those after it.",
  child: "This line started the process that writes it.",
  passed:
    "The debugger noticed it only here: the script wrote it before, without its usual streams. Step through the lines before to find it.",
};

/** The script runs without a debugger, or with a difference. */
export const debugMessage = defineMessages({
  "debug-mode": ({ mode }: { readonly mode: string }) =>
    `The script ran without the debugger: in the mode ${mode} its process has served other requests, whose state a new process would not have. Send the request with the mode cgi.`,
  "debug-language": ({ install }: { readonly install: string | null }) =>
    `The script ran without the debugger: ${
      install === null
        ? "there is one for Python, Perl, Ruby, Node, PHP, bash, C and C++, and the script is in none of them."
        : `it is not installed. Install it with: ${install}`
    }`,
  "debug-switch": ({ switch: word }: { readonly switch: string }) =>
    `The script ran without the debugger, which the switch ${word} of its first line keeps out.`,
  "debug-silent": ({ waitedMs }: { readonly waitedMs: number }) =>
    `The debugger did not start within ${waitedMs / 1000} s, so the script runs without it.`,
  "debug-as-bash":
    "The script's first line names sh. For this request bash runs it, because no other shell can be stepped through.",
  "debug-byte": ({ stream, offset, how }: WantedByte & { readonly how: ByteOrigin }) =>
    `Stopped where byte ${offset} of ${stream} was written. ${originText[how]}`,
  "debug-byte-missed": ({ stream, offset, written }: WantedByte & { readonly written: number }) =>
    written > offset
      ? `The script has ended, and wrote byte ${offset} of ${stream} on a way that the debugger does not see. Set a breakpoint before its last lines, and look at what is written so far.`
      : `This time the script wrote only ${written} bytes to ${stream}, so byte ${offset} was not reached. Compare this request with the one before, and choose a byte that both have.`,
  "debug-no-script": "No script ran for the request.",
  "debug-waits": ({ url, hasCookie }: { readonly url: string; readonly hasCookie: boolean }) =>
    `The next request to ${url}${hasCookie ? " with the cookie" : ""} is debugged.`,
});
