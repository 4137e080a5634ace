// Which requests count as failed: for the list, for the graphs and their percentiles, and for the doctor.
import type { Outcome, ProcessInfo, TraceView } from "./trace.js";

/** `outcome` null: running; `status` null: no response was sent (yet). */
interface RequestEnd {
  readonly outcome: Outcome | null;
  readonly status: number | null;
}
export interface ScriptEnd extends RequestEnd {
  readonly process: Pick<ProcessInfo, "exitCode" | "signal"> | null;
  /** The script's output is not a CGI response. */
  readonly isInvalid: boolean;
}

/** What a trace says of the end of its request’s head. */
interface RequestHeadEnd {
  readonly request: Pick<TraceView["request"], "head" | "headers">;
  readonly route: Pick<TraceView["route"], "kind">;
  readonly outcome: Outcome | null;
}

/** Signals that the system sends because of what the program itself did; all others come from outside. */
export const crashSignals: ReadonlySet<string> = new Set([
  "SIGSEGV",
  "SIGBUS",
  "SIGABRT",
  "SIGILL",
  "SIGFPE",
  "SIGTRAP",
  "SIGSYS",
]);

/** The gateway or the script reported a server error (RFC 9110 §15.6). */
export const isServerError = (status: number | null): boolean => status !== null && status >= 500;

/**
 * The outcome is not "ok", or the status is 500 or above. Percentiles leave such requests out: a fast error is not a
 * fast response.
 */
export const isFailed = ({ outcome, status }: RequestEnd): boolean =>
  (outcome !== null && outcome !== "ok") || isServerError(status);

/** A signal or an exit code other than 0 ended the process. */
export const endedBadly = ({ exitCode, signal }: Pick<ProcessInfo, "exitCode" | "signal">): boolean =>
  signal !== null || (exitCode !== null && exitCode !== 0);

/** The client or the user ended it, so how the script ended means nothing. */
const wasCancelled = (outcome: Outcome | null): boolean => outcome === "client-gone" || outcome === "stopped";

/**
 * The doctor has something to explain: a failed request, or a script that failed although its response was good. A
 * cancelled request alone needs no explanation, nor does the end of the script that it brought about.
 */
export function needsExplanation({ outcome, status, process, isInvalid }: ScriptEnd): boolean {
  const isCancelled = wasCancelled(outcome);
  return (
    isFailed({ outcome: isCancelled ? null : outcome, status }) ||
    isInvalid ||
    (!isCancelled && process !== null && endedBadly(process))
  );
}

/**
 * The request's head is all there is of it: the server refused the request, or its client left, before the headers were
 * read. Method, target and no headers would make another request.
 */
export const isUnread = ({ request, route, outcome }: RequestHeadEnd): boolean =>
  (outcome === "bad-request" || outcome === "client-gone") &&
  route.kind === "none" &&
  request.headers.length === 0 &&
  request.head !== ""; // a local redirect has none
