// How a script's run ended, for its trace: the outcome and its cause. The response may have
// been sent all the same (conformance C68).
import { endedBadly } from "../../contract/failure.js";
import type { Message } from "../../contract/message.js";
import { traitsOf } from "../../contract/modes.js";
import type { Outcome, ProcessInfo } from "../../contract/trace.js";
import { firstValue } from "../../protocol/header-values.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import { type BadEnd, exchangeMessage, type ResponderKind } from "./messages.js";
import { saysUncaught } from "./uncaught-error.js";

interface OutcomeAndCause {
  readonly outcome: Outcome;
  readonly cause: Message | null;
}

/** What sentences call the program that responds. */
export const responderKind = ({ mode }: Pick<TraceRecord["route"], "mode">): ResponderKind =>
  traitsOf(mode)?.responder ?? "script";

/** Shells report a command that they cannot start, and one that a signal ended, by larger ones. */
const maxOrdinaryExit = 125;

/**
 * `process` null: the script has not ended yet. `response`: what the client got; a script that redirected locally did
 * not write it.
 */
export function classifyOutcome(
  { route, script, stdout, stderr, fastcgi }: TraceRecord,
  process: ProcessInfo | null,
  response: TraceRecord["response"],
): OutcomeAndCause {
  const responder = responderKind(route);
  const badEnd = badEndOf(process, fastcgi?.appStatus ?? null);
  if (traitsOf(route.mode)?.webSocket)
    return badEnd
      ? { outcome: "crashed", cause: exchangeMessage("failed-in-conversation", { responder, ...badEnd }) }
      : { outcome: "ok", cause: null };
  if (!stdout || stdout.bytes === 0)
    return badEnd
      ? { outcome: "crashed", cause: exchangeMessage("failed-without-output", { responder, ...badEnd }) }
      : { outcome: "invalid-output", cause: exchangeMessage("no-output-written", { responder }) };
  const problem = script?.reasons[0] ?? null;
  if (script === null || script.kind === "invalid")
    return badEnd
      ? { outcome: "crashed", cause: exchangeMessage("failed-in-header", { responder, ...badEnd, problem }) }
      : { outcome: "invalid-output", cause: exchangeMessage("not-a-cgi-response", { responder, problem }) };
  if (script.kind === "nph" && script.status === null)
    return { outcome: "invalid-output", cause: exchangeMessage("not-an-nph-response", { problem }) };
  const missing = script.kind === "local-redirect" ? 0 : missingBytes(response);
  if (badEnd) {
    // Programs end like this in ordinary use, as grep does when it finds nothing.
    const isWhole = missing === 0 && (response?.body.bytes ?? 0) > 0;
    const { exitCode } = badEnd;
    // An application has no exit code of its own: its agent reports that it failed.
    const isExit = responder === "script" && exitCode !== null && exitCode <= maxOrdinaryExit;
    const isOrdinary = isWhole && isExit && !saysUncaught(stderr, exitCode);
    const cause = exchangeMessage("failed-after-header", { responder, ...badEnd });
    return { outcome: isOrdinary ? "ok" : "crashed", cause };
  }
  if (missing > 0)
    return {
      outcome: "invalid-output",
      cause: exchangeMessage("body-too-short", { responder, missingBytes: missing }),
    };
  return { outcome: "ok", cause: null };
}

/** Null: it ended well, or not yet. */
function badEndOf(process: ProcessInfo | null, appStatus: number | null): BadEnd | null {
  if (process && endedBadly(process)) return { exitCode: process.exitCode, signal: process.signal, appStatus: null };
  return appStatus ? { exitCode: null, signal: null, appStatus } : null;
}

function missingBytes(response: TraceRecord["response"]): number {
  if (response?.framing !== "length") return 0;
  const declared = firstValue(response.headers, "content-length");
  return declared === null ? 0 : Number(declared) - response.body.bytes;
}
