// A fault in the program itself ended it: an invalid memory access, a failed assertion.
import type { FactsWithFile } from "../../../engine/facts.js";
import type { DeferredRule } from "../../../engine/rule.js";
import { wroteNothing } from "../../../evidence/output.js";
import { crashSignals, processEvidence, workerExit } from "../../../evidence/process.js";
import { lastLineSentence, lastStderrLine } from "../../../evidence/stderr.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The script crashed before it wrote anything",
  summary: "The system ended the program because of a fault in it, such as an invalid memory access.",
  explanation:
    "The program did something that the system does not allow, and the system ended it at once. `SIGSEGV` is an access to memory that the program does not own, `SIGABRT` an assertion or a corrupted heap, `SIGFPE` a division by zero, `SIGILL` an instruction that this processor does not have. With a script the fault is usually in the interpreter or in one of its compiled modules. Whatever the program had in its output buffer is lost.\n\nMost servers do not log the signal (only lighttpd does). They report missing headers.",
  reference: "RFC 3875 §6.2",
  logged: [
    { server: "Apache", message: "End of script output before headers: S", response: "500 Internal Server Error" },
    { server: "lighttpd", message: "CGI pid n died with signal 11", response: "500 Internal Server Error" },
    {
      server: "fcgiwrap",
      message: "An error occurred while reading CGI reply (no response received)",
      response: "502 Bad Gateway",
    },
    {
      server: "nginx",
      message: "upstream prematurely closed FastCGI stdout while reading response header from upstream",
      response: "502 Bad Gateway, for a FastCGI application",
      unproved: true,
    },
  ],
  when: "deferred",
  on: "fallback",
  check: (facts) => {
    const { process } = facts;
    if (!wroteNothing(facts) || !(process?.signal != null && crashSignals.has(process.signal))) return null;
    const stderrLine = lastStderrLine(facts);
    const unset = process.signal === "SIGSEGV" ? namedButUnset(facts) : [];
    return {
      title: `The script crashed (${process.signal}) before it wrote anything`,
      detail:
        workerExit(facts) ??
        `${process.signal} ended the script and stdout is empty, so there is no response.${unsetWords(unset)}${lastLineSentence(stderrLine)}`,
      stream: stderrLine ? "stderr" : "stdout",
      range: stderrLine?.range ?? null,
      line: stderrLine?.line ?? null,
      evidence: [...unset.map((name) => ({ kind: "variable" as const, name, value: null })), ...processEvidence(facts)],
    };
  },
};

/** Variables that depend on the request. `getenv` of one that is not set is a null pointer. */
const dependent = ["CONTENT_LENGTH", "CONTENT_TYPE", "PATH_INFO", "REMOTE_USER", "HTTP_COOKIE", "HTTP_REFERER"];

/** Those that a compiled program names and this request does not set. */
function namedButUnset({ file, env }: FactsWithFile): string[] {
  if (file === null || file.program === null) return [];
  return dependent.filter(
    (name) => file.source.includes(`\0${name}\0`) && !env?.some((variable) => variable.name === name),
  );
}

const unsetWords = (names: readonly string[]): string =>
  names.length === 0
    ? ""
    : ` The program reads ${names.map((name) => `\`${name}\``).join(", ")}, which ${names.length === 1 ? "is" : "are"} not set for this request: \`getenv\` then returns a null pointer, and to use it without a check ends in SIGSEGV. \`CONTENT_LENGTH\` is set only with a request body.`;
