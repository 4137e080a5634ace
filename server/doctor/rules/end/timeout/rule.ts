// The script wrote nothing for longer than the limit.
import { type Mode, traitsOf } from "../../../../contract/modes.js";
import { fastcgiNote } from "../../../../runners/fastcgi/messages.js";
import type { DeferredRule } from "../../../engine/rule.js";
import { isBodyLate } from "../../../evidence/late-body.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The script took too long and was stopped",
  summary: "The script wrote nothing for longer than the server waits.",
  explanation:
    "A server waits only so long for a script, then stops it, so that a hung script does not hold a connection forever. Either the script computes or waits for something (a database, the network, a lock) longer than the limit, or it reads more from standard input than there is, or it never ends. The timing view shows what it did until then. If the work really takes that long, write output while it runs, or raise the limit.",
  reference: "RFC 3875 §6.1",
  logged: [
    {
      server: "Apache",
      message: "AH01220: Timeout waiting for output from CGI script S",
      response: "504 Gateway Timeout",
    },
    { server: "Apache", message: "Script timed out before returning headers: S", response: "504 Gateway Timeout" },
    { server: "lighttpd", message: "read timeout on CGI: S (pid: n)", response: "504 Gateway Timeout" },
    {
      server: "nginx",
      message: "upstream timed out (110: Connection timed out) while reading response header from upstream",
      response: "504 Gateway Time-out",
    },
  ],
  when: "deferred",
  on: "failures",
  check: (facts) => {
    const { outcome, cause, stdin, request, stdout, route, fastcgi } = facts;
    if (outcome !== "timeout" || isBodyLate(facts)) return null;
    const waits = request.body.bytes > (stdin?.bytes ?? 0);
    const notAccepted = fastcgi?.notes.find((note) => fastcgiNote.is(note, "connection-not-accepted"));
    const deaf = notAccepted
      ? ` ${notAccepted.text} If it listens at its own address, add a route with that address.`
      : "";
    const { title, after } = wordsFor(route.mode, (stdout?.bytes ?? 0) > 0);
    return {
      title,
      detail: `${cause?.text ?? "The script wrote nothing within the limit."}${waits ? ` The script had received ${stdin?.bytes ?? 0} of ${request.body.bytes} bytes of the request body.` : ""}${after}${deaf} Change the limit in cgi-workbench.json under \`limits.silenceMs\`.`,
      evidence: [{ kind: "quote", of: "stdout", text: `${stdout?.bytes ?? 0} bytes before the timeout` }],
    };
  },
};

/** A worker process outlives the request or is replaced after it. An external application is never stopped. */
function wordsFor(mode: Mode | null, hasBegun: boolean): { readonly title: string; readonly after: string } {
  if (traitsOf(mode)?.isExternal)
    return {
      title: hasBegun
        ? "The application paused too long in the middle of its response"
        : "The application did not respond in time",
      after:
        " The server aborted the request (`FCGI_ABORT_REQUEST`) and closed the connection. The application keeps running and may still work on it. Read its log, and check whether all of its processes are busy.",
    };
  if (traitsOf(mode)?.keepsProcesses)
    return {
      title: hasBegun
        ? "The application paused too long in the middle of its response"
        : "The application took too long",
      after:
        " The server told the process to abort the request (`FCGI_ABORT_REQUEST`) and replaces a process that does not.",
    };
  return {
    title: hasBegun ? "The script paused too long in the middle of its response and was stopped" : rule.title,
    after: "",
  };
}
