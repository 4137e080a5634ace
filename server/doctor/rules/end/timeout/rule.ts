// A limit of time has passed: the script was silent, the request took too long, or the client did not read.

import { wordsOf } from "../../../../contract/message.js";
import { type Mode, traitsOf } from "../../../../contract/modes.js";
import { responderKind } from "../../../../http/exchange/classify-outcome.js";
import { exchangeMessage } from "../../../../http/exchange/messages.js";
import { connectionMessage } from "../../../../http/front/messages.js";
import { fastcgiNote } from "../../../../runners/fastcgi/messages.js";
import type { FactsWithFile } from "../../../base/facts.js";
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { isBodyLate } from "../../../evidence/late-body.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The script took too long and was stopped",
  summary: "The script wrote nothing for longer than the server waits, or the request took longer than it may.",
  explanation:
    "A server waits only so long for a script, then stops it, so that a hung script does not hold a connection forever. Either the script computes or waits for something (a database, the network, a lock) longer than the limit, or it reads more from standard input than there is, or it never ends. The timing view shows what it did until then. If the work really takes that long, write output while it runs, or raise the limit.\n\nTwo other limits end a request: the total limit, however much the script writes, and a client that does not read the response, or reads it too slowly. A script that keeps running after its response is stopped, too.",
  reference: "RFC 3875 §6.1",
  logged: [
    apache.says("AH01220: Timeout waiting for output from CGI script S", 504),
    apache.says("Script timed out before returning headers: S", 504),
    lighttpd.says("read timeout on CGI: S (pid: n)", 504),
    nginx.says(
      "upstream timed out (110: Connection timed out) while reading response header from upstream",
      "504 Gateway Time-out",
    ),
  ],
  on: "failures",
  check: (facts) => {
    const { outcome, cause, stdout } = facts;
    if (outcome !== "timeout" || isBodyLate(facts) || connectionMessage.is(cause, "too-much-held")) return null;
    const { after, limit, ...words } = wordsFor(facts);
    return {
      ...words,
      detail: `${wordsOf(cause?.text ?? "The script wrote nothing within the limit.")}${after} Change the limit in cgi-workbench.json under \`limits.${limit}\`.`,
      evidence: [{ kind: "quote", of: "stdout", text: `${stdout?.bytes ?? 0} bytes before the timeout` }],
    };
  },
};

/** What the timeout is called, whose it is, and the limit that decided. */
interface Words {
  readonly title: string;
  readonly severity?: "warning";
  /** What follows from it, after the cause; begins with a space. */
  readonly after: string;
  readonly limit: "silenceMs" | "totalMs";
}

function wordsFor(facts: FactsWithFile): Words {
  const { cause, route } = facts;
  if (exchangeMessage.is(cause, "client-not-reading"))
    return {
      title: "The client read the response too slowly",
      severity: "warning",
      after: " The server waits only so long for a client, then closes the connection and ends the request.",
      limit: "silenceMs",
    };
  if (exchangeMessage.is(cause, "running-after-response"))
    return {
      title: `The ${responderKind(route)} kept running after its response`,
      after: " Start work that takes longer in a process of its own, and redirect its output.",
      limit: "silenceMs",
    };
  const time = computedTime(facts);
  const computed = time === null ? "" : ` It computed for ${time}, perhaps in a loop that does not end.`;
  const after = computed + missingBody(facts) + whatFollows(route.mode) + connectionNotAccepted(facts);
  return exchangeMessage.is(cause, "total-timeout")
    ? { title: "The request took longer than the total limit", after, limit: "totalMs" }
    : { title: silenceTitle(facts), after, limit: "silenceMs" };
}

/** How much of its time the script computed, in words; null if it waited for most of it, as on a busy machine. */
function computedTime({ process, timing }: FactsWithFile): string | null {
  const used = (process?.userMs ?? 0) + (process?.systemMs ?? 0);
  const ran = (timing.exitAt ?? timing.doneAt ?? 0) - (timing.spawnedAt ?? 0);
  const seconds = (ms: number): string => (ms / 1000).toFixed(1);
  return used > 0 && used > ran / 5 ? `${seconds(used)} of ${seconds(ran)} s` : null;
}

function silenceTitle(facts: FactsWithFile): string {
  const traits = traitsOf(facts.route.mode);
  const hasBegun = (facts.stdout?.bytes ?? 0) > 0;
  if (!traits?.isExternal && !traits?.keepsProcesses)
    return hasBegun
      ? "The script paused too long in the middle of its response and was stopped"
      : computedTime(facts) !== null
        ? "The script computed too long without output and was stopped"
        : rule.title;
  if (hasBegun) return "The application paused too long in the middle of its response";
  return traits.isExternal ? "The application did not respond in time" : "The application took too long";
}

function missingBody({ request, stdin }: FactsWithFile): string {
  const given = stdin?.bytes ?? 0;
  const { bytes } = request.body;
  return bytes > given
    ? ` The script was given ${given} of ${bytes} bytes of the request body, and did not read the rest.`
    : "";
}

/** A worker process outlives the request or is replaced after it. An external application is never stopped. */
function whatFollows(mode: Mode | null): string {
  const traits = traitsOf(mode);
  if (traits?.isExternal)
    return " The server aborted the request (`FCGI_ABORT_REQUEST`) and closed the connection. The application keeps running and may still work on it. Read its log, and check whether all of its processes are busy.";
  if (traits?.keepsProcesses)
    return " The server told the process to abort the request (`FCGI_ABORT_REQUEST`) and replaces a process that does not.";
  return "";
}

function connectionNotAccepted({ fastcgi }: FactsWithFile): string {
  const note = fastcgi?.notes.find((one) => fastcgiNote.is(one, "connection-not-accepted"));
  return note ? ` ${wordsOf(note.text)} If it listens at its own address, add a route with that address.` : "";
}
