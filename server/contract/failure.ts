// What counts as a failed request: for the list, the graphs and their percentiles, and for the doctor, which looks further.
import type { Outcome, ProcessInfo } from "./trace.js";

/** `outcome` null: under way; `status` null: nothing was sent (yet). */
export interface RequestEnd {
  readonly outcome: Outcome | null;
  readonly status: number | null;
}
export interface ScriptEnd extends RequestEnd {
  readonly process: Pick<ProcessInfo, "exitCode" | "signal"> | null;
  /** The script's output is not a CGI response. */
  readonly isInvalid: boolean;
}

/** The gateway or the script gave up (RFC 9110 §15.6). */
export const isServerError = (status: number | null): boolean => status !== null && status >= 500;

/** It ended otherwise than it should, or with a status of 500 or above. Percentiles leave such requests out: a fast error is no fast response. */
export const isFailed = ({ outcome, status }: RequestEnd): boolean =>
  (outcome !== null && outcome !== "ok") || isServerError(status);

/** A signal or an exit code other than 0 ended the process. */
export const endedBadly = ({ exitCode, signal }: Pick<ProcessInfo, "exitCode" | "signal">): boolean =>
  signal !== null || (exitCode !== null && exitCode !== 0);

/** The client or the user ended it: whatever the script had done by then says nothing about it. */
const wasCancelled = (outcome: Outcome | null): boolean => outcome === "client-gone" || outcome === "stopped";

/**
 * The doctor has something to explain. Beside a failed request that is also one whose response was good although the script was not; a
 * cancelled one alone is none.
 */
export const needsExplanation = ({ outcome, status, process, isInvalid }: ScriptEnd): boolean =>
  isFailed({ outcome: wasCancelled(outcome) ? null : outcome, status }) ||
  isInvalid ||
  (process !== null && endedBadly(process));
