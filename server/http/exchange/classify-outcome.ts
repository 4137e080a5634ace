// How a script's run ended, for its trace: the outcome and a plain sentence. The response may stand all the same (conformance C68).
import { endedBadly } from "../../contract/failure.js";
import { type ModeTraits, traitsOf } from "../../contract/modes.js";
import type { Outcome, ProcessInfo } from "../../contract/trace.js";
import type { TraceRecord } from "../../trace/trace-record.js";

export interface OutcomeAndDetail {
  readonly outcome: Outcome;
  readonly detail: string | null;
}

/** As sentences call it. */
export type ResponderKind = ModeTraits["responder"];
export const responderKind = ({ mode }: Pick<TraceRecord["route"], "mode">): ResponderKind =>
  traitsOf(mode)?.responder ?? "script";

/** `process` null: the script did not end yet. */
export function classifyOutcome(
  { route, script, response, stdout, fastcgi }: TraceRecord,
  process: ProcessInfo | null,
): OutcomeAndDetail {
  const who = responderKind(route);
  const badEnd =
    (process && badEndOf(process)) ??
    (fastcgi?.appStatus ? `ended the request with status ${fastcgi.appStatus}` : null);
  if (!stdout || stdout.bytes === 0)
    return badEnd
      ? { outcome: "crashed", detail: `The ${who} ${badEnd} and wrote nothing on stdout.` }
      : { outcome: "invalid-output", detail: `The ${who} wrote nothing on stdout.` };
  if (script === null || script.kind === "invalid") {
    const why = `What the ${who} wrote is not a CGI response: ${sentence(script?.why ?? "its header could not be read")}`;
    return badEnd
      ? { outcome: "crashed", detail: `The ${who} ${badEnd}. ${why}` }
      : { outcome: "invalid-output", detail: why };
  }
  if (script.kind === "nph" && script.status === null)
    return {
      outcome: "invalid-output",
      detail: sentence(script.why ?? "an NPH script begins with an HTTP status line"),
    };
  if (badEnd) return { outcome: "crashed", detail: `The ${who} ${badEnd}, after its header.` };
  const missing = missingBytes(response);
  if (missing > 0)
    return {
      outcome: "invalid-output",
      detail: `The ${who} declared a Content-Length that is ${missing} bytes more than it wrote, so the connection was cut.`,
    };
  return { outcome: "ok", detail: null };
}

function badEndOf(process: ProcessInfo): string | null {
  if (!endedBadly(process)) return null;
  return process.signal === null ? `ended with exit code ${process.exitCode}` : `was ended by ${process.signal}`;
}

function missingBytes(response: TraceRecord["response"]): number {
  if (response?.framing !== "length") return 0;
  const declared = response.headers.find(([name]) => name.toLowerCase() === "content-length");
  return declared ? Number(declared[1]) - response.body.bytes : 0;
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
