// The processes kept for FastCGI applications, pulled like the state; restarting them, and switching how a script is run.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { mode } from "./trace.js";
import { problem, workspacePath } from "./workspace.js";

export const workerStates = ["starting", "idle", "busy", "backing-off", "ended"] as const;
export const workerState = z.enum(workerStates);
/** "ended": no process just now; the next request starts one. "backing-off": it died, and is started again after a pause. */
export type WorkerState = z.infer<typeof workerState>;

export const worker = z.object({
  id: z.string(),
  pid: z.number().int().nullable(),
  state: workerState,
  /** That this process was given. */
  requests: z.number().int(),
  /** Unix time in ms. */
  startedAt: z.number().nullable(),
  /** Resident memory; null where the system cannot tell. */
  memoryBytes: z.number().int().nullable(),
  /** How the process before ended by itself; null when none did. Unix time in ms. */
  lastExit: z.object({ at: z.number(), exitCode: z.number().int().nullable(), signal: z.string().nullable() }).nullable(),
  /** While backing off: when it is started again, Unix time in ms. */
  restartsAt: z.number().nullable(),
  /** The trace of the request it serves. */
  currentTrace: z.string().nullable(),
});

export type Worker = z.infer<typeof worker>;

export const applicationState = z.object({
  /** The script's path in the workspace, or an absolute one; for php-cgi the program's, which runs all of them. */
  script: z.string(),
  mode,
  /** What is started, with its arguments. */
  command: z.array(z.string()),
  /** Processes at most. */
  count: z.number().int(),
  /** Requests that wait for one. */
  queued: z.number().int(),
  /** Why it did not come to life, the last time; null once it has. */
  problem: z.string().nullable(),
  workers: z.array(worker),
});
export type ApplicationState = z.infer<typeof applicationState>;

export const workersState = z.object({ rev: z.number().int().nonnegative(), generation: z.string(), applications: z.array(applicationState) });
export type WorkersState = z.infer<typeof workersState>;

const failures = { NOT_FOUND: { data: problem }, NOT_POSSIBLE: { data: problem } } as const;

export const workersContract = {
  /** Once `rev` is above `since` (−1: at once). */
  next: oc.input(z.object({ since: z.number().int().min(-1), generation: z.string().nullable() })).output(workersState),
  /** Replaces an application's processes, each after the request it serves. `script`: as listed. */
  restart: oc
    .errors(failures)
    .input(z.object({ script: z.string().min(1).max(4096) }))
    .output(z.null()),
  /** Writes into cgi-workbench.json how a script is run; null: as without an entry. Comments stay. */
  setMode: oc
    .errors(failures)
    .input(z.object({ script: workspacePath, mode: mode.nullable() }))
    .output(z.null()),
};
