// The script was silent for longer than the limit and was ended.
import { type Mode, traitsOf } from "../../../../contract/modes.js";
import { notAccepted } from "../../../../trace/fastcgi-notes.js";
import type { DeferredRule, RuleText } from "../../../engine/rule.js";

const text: RuleText = {
  stage: "end",
  severity: "error",
  title: "The script took too long and was ended",
  summary: "It wrote nothing for longer than the server waits.",
  explanation:
    "A server waits only so long for a script, then ends it, so that a hung one does not hold a connection for ever. Either the script computes or waits for something else (a database, the network, a lock) longer than the limit, or it reads from standard input more than there is, or it never ends. The timing view shows what it did until then. If the work really takes so long, write something while it goes on, or raise the limit.",
  reference: "RFC 3875 §6.1",
  logged: [
    {
      server: "Apache",
      message: "AH01220: Timeout waiting for output from CGI script S",
      answers: "504 Gateway Timeout",
    },
    { server: "Apache", message: "Script timed out before returning headers: S", answers: "504 Gateway Timeout" },
    { server: "lighttpd", message: "read timeout on CGI: S (pid: n)", answers: "504 Gateway Timeout" },
    {
      server: "nginx",
      message: "upstream timed out (110: Connection timed out) while reading response header from upstream",
      answers: "504 Gateway Time-out",
    },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "timeout",
  text,
  when: "later",
  on: "failures",
  check: ({ outcome, detail, stdin, request, env, stdout, process, route, fastcgi }) => {
    if (outcome !== "timeout") return null;
    const promised = Number(env?.find(({ name }) => name === "CONTENT_LENGTH")?.value ?? 0);
    if (process !== null && promised > request.body.bytes) return null;
    const waits = request.body.bytes > (stdin?.bytes ?? 0);
    const deaf = fastcgi?.notes.includes(notAccepted)
      ? ` ${notAccepted} One that listens at an address of its own belongs to a route with that address.`
      : "";
    const { title, after } = wordsFor(route.mode, (stdout?.bytes ?? 0) > 0);
    return {
      title,
      detail: `${detail ?? "It wrote nothing within the limit."}${waits ? ` It had read ${stdin?.bytes ?? 0} of ${request.body.bytes} bytes of the request body.` : ""}${after}${deaf} The limit stands in cgi-workbench.json under limits.silenceMs.`,
      evidence: [{ kind: "quote", of: "stdout", text: `${stdout?.bytes ?? 0} bytes until then` }],
    };
  },
};

/** A process that is kept outlives the request, or is replaced after it; one that runs elsewhere is not ours to end. */
function wordsFor(mode: Mode | null, hasBegun: boolean): { readonly title: string; readonly after: string } {
  if (traitsOf(mode)?.isExternal)
    return {
      title: hasBegun
        ? "The application stopped in the middle of its response"
        : "The application did not answer in time",
      after:
        " The request was aborted (ABORT_REQUEST) and its connection closed; the application runs on, and may still be at it. See its log, and whether all of its processes are busy.",
    };
  if (traitsOf(mode)?.keepsProcesses)
    return {
      title: hasBegun ? "The application stopped in the middle of its response" : "The application took too long",
      after: " It was told to give the request up (ABORT_REQUEST); a process that does not is replaced.",
    };
  return { title: hasBegun ? "The script stopped in the middle of its response and was ended" : text.title, after: "" };
}
