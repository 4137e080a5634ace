// How the script's process ended.
import type { ByteString } from "../../contract/bytes-text.js";
import { endedBadly } from "../../contract/failure.js";
import { traitsOf } from "../../contract/modes.js";
import type { Evidence } from "../../contract/trace.js";
import type { TraceFacts } from "../engine/facts.js";

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

/** The signal or the nonzero exit code; empty if the process succeeded. */
export function processEvidence({ process }: TraceFacts): Evidence[] {
  return process && endedBadly(process)
    ? [{ kind: "process", exitCode: process.exitCode, signal: process.signal }]
    : [];
}

/**
 * Whether an error in the script itself may have ended it: no signal, no time limit, and no client that cancelled the
 * request. Only then does stderr hold the reason; else its last lines may be an older warning.
 */
export const endedByError = ({ process, outcome }: TraceFacts): boolean =>
  (process?.exitCode ?? 0) !== 0 && outcome !== "client-gone" && outcome !== "stopped" && outcome !== "timeout";

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
export const workerExit = ({ route, cause }: TraceFacts): string | null =>
  traitsOf(route.mode)?.keepsProcesses ? (cause?.text ?? null) : null;
