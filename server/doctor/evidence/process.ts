// How the script's process ended.
import type { ByteString } from "../../contract/bytes-text.js";
import { endedBadly, isFailed } from "../../contract/failure.js";
import type { Sentence } from "../../contract/message.js";
import { traitsOf } from "../../contract/modes.js";
import type { Evidence } from "../../contract/trace.js";
import type { TraceFacts } from "../base/facts.js";

/** The signal or the nonzero exit code; empty if the process succeeded. */
export function processEvidence({ process }: TraceFacts): Evidence[] {
  return process && endedBadly(process)
    ? [{ kind: "process", exitCode: process.exitCode, signal: process.signal }]
    : [];
}

/** A time limit, the client or the user ended the request. */
export const wasCutShort = ({ outcome }: TraceFacts): boolean =>
  outcome === "client-gone" || outcome === "stopped" || outcome === "timeout";

/** It was cut short, or a signal ended the script: the last lines of stderr may be an older warning. */
export const wasInterrupted = (facts: TraceFacts): boolean =>
  (facts.process?.signal ?? null) !== null || wasCutShort(facts);

/**
 * Whether an error in the script itself may have led to the failure, so that stderr holds the reason. A framework
 * catches an exception, prints it, and responds with a status from 500 on; the process may go on.
 */
export function endedByError(facts: TraceFacts): boolean {
  const { process, outcome, script } = facts;
  const status = script?.status ?? null; // its own: that of the response may be of a local redirect's target
  if (wasInterrupted(facts)) return false;
  return (process?.exitCode ?? 0) !== 0 || isFailed({ outcome, status });
}

/** What the error did, for a title. */
export function effectOf({ process, outcome, script }: TraceFacts): string {
  if ((process?.exitCode ?? 0) !== 0) return "ended the script";
  return outcome === "ok" && script ? `led to the status ${script.status}` : "ended the request";
}

/** The path that the script was started by: of an earlier version that of its copy, which has the same name. */
export function startedFile({ argv, route: { file } }: Pick<TraceFacts, "argv" | "route">): ByteString | null {
  if (file === null || argv === null || argv.includes(file)) return file;
  const name = file.slice(file.lastIndexOf("/"));
  return argv.find((word) => word.startsWith("/") && word.endsWith(name)) ?? file;
}

/**
 * How a worker process ended. Its runner knows more than this trace: what it wrote
 * during other requests, and when it restarts.
 */
export const workerExit = ({ route, cause }: TraceFacts): Sentence | null =>
  traitsOf(route.mode)?.keepsProcesses ? (cause?.text ?? null) : null;
