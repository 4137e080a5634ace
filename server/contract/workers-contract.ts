// FastCGI applications, pulled like the state: those whose processes are kept here, and those that run elsewhere and are reached at an
// address. Restarting and asking them, and switching how a script is run.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { message, mode } from "./trace.js";
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
  lastExit: z
    .object({ at: z.number(), exitCode: z.number().int().nullable(), signal: z.string().nullable() })
    .nullable(),
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

/** An application at an address, which somebody else runs: what requests to it came to, and what it said when somebody asked. */
export const externalState = z.object({
  /** As in cgi-workbench.json, a socket's path made absolute. */
  address: z.string(),
  /** The routes that lead to it, and as "*.php" the handlers. `connections`: kept open; null: a new one for each request. */
  routes: z.array(z.object({ path: z.string(), connections: z.number().int().nullable() })),
  /** Since the server was started: those that are over, those it has now, and those that wait for a connection. */
  requests: z.number().int(),
  running: z.number().int(),
  queued: z.number().int(),
  /** When it was there the last time (Unix time in ms), whether it spoke FastCGI then, and what it said of itself; null: it was not seen yet. */
  answer: z.object({ at: z.number(), spoke: z.boolean(), says: message.nullable() }).nullable(),
  /** Why it served nobody the last time that happened, with what to do; null: never. */
  failure: z.object({ at: z.number(), why: message, trace: z.string().nullable() }).nullable(),
});
export type ExternalState = z.infer<typeof externalState>;

export const workersState = z.object({
  rev: z.number().int().nonnegative(),
  generation: z.string(),
  applications: z.array(applicationState),
  external: z.array(externalState),
});
export type WorkersState = z.infer<typeof workersState>;

const failures = { NOT_FOUND: { data: problem }, NOT_POSSIBLE: { data: problem } } as const;

export const workersContract = {
  /** Once `rev` is above `since` (−1: at once). */
  next: oc.input(z.object({ since: z.number().int().min(-1), generation: z.string().nullable() })).output(workersState),
  /** Replaces an application's processes, each after the request it serves. `script` and `worker` (its id): as listed; null: all of them. */
  restart: oc
    .errors(failures)
    .input(z.object({ script: z.string().min(1).max(4096), worker: z.string().max(100).nullable().default(null) }))
    .output(z.null()),
  /** Reaches for an application at an address, as listed, and asks what it can take: no request is made. What came of it is in the state. */
  ask: oc
    .errors(failures)
    .input(z.object({ address: z.string().min(1).max(4200) }))
    .output(externalState),
  /** Writes into cgi-workbench.json how a script is run; null: as without an entry. Comments stay. */
  setMode: oc
    .errors(failures)
    .input(z.object({ script: workspacePath, mode: mode.nullable() }))
    .output(z.null()),
};
