// FastCGI applications, pulled like the state: those with worker processes, and external ones. Calls restart or probe
// them and change how a script runs.

import { oc } from "@orpc/contract";
import { z } from "zod";
import { call } from "./call.js";
import { message, mode } from "./trace.js";
import { known, workspacePath } from "./workspace.js";

const workerStates = ["starting", "idle", "busy", "backing-off", "ended"] as const;
const workerState = z.enum(workerStates);
/** "ended": no process now; the next request starts one. "backing-off": it died, and is restarted after a pause. */
export type WorkerState = z.infer<typeof workerState>;

export const worker = z.object({
  id: z.string(),
  pid: z.number().int().nullable(),
  state: workerState,
  /** Requests that this process received. */
  requests: z.number().int(),
  /** Unix time in ms. */
  startedAt: z.number().nullable(),
  /** Resident memory; null if the system does not report it. */
  memoryBytes: z.number().int().nullable(),
  /** How the previous process ended, if by itself; null otherwise. Unix time in ms. */
  lastExit: z
    .object({ at: z.number(), exitCode: z.number().int().nullable(), signal: z.string().nullable() })
    .nullable(),
  /** While backing off: when it is restarted, Unix time in ms. */
  restartsAt: z.number().nullable(),
  /** The trace of the request it serves. */
  currentTrace: z.string().nullable(),
});

export type Worker = z.infer<typeof worker>;

const applicationState = z.object({
  /** Unique among the applications of the running server. */
  id: z.string(),
  /**
   * The script's path in the workspace, or an absolute one; for php-cgi, which runs all scripts, the program's path.
   */
  script: z.string(),
  /**
   * A path of the site that leads to it, if routes with other variables lead to other applications of the script; null
   * for the first of them.
   */
  at: z.string().nullable(),
  mode,
  /** The command with its arguments. */
  command: z.array(z.string()),
  /** Maximum number of processes. */
  count: z.number().int(),
  /** Requests that wait for a process. */
  queued: z.number().int(),
  /** Why it failed to start the last time; null after a successful start. */
  problem: z.string().nullable(),
  workers: z.array(worker),
});
export type ApplicationState = z.infer<typeof applicationState>;

/** One of a script's applications, by its id; `worker`: one of its processes, by its id; null: all. */
const oneApplication = z.object({
  application: z.string().max(100),
  worker: z.string().max(100).nullable(),
});
export type OneApplication = z.infer<typeof oneApplication>;

/** An external application at an address: the results of requests to it, and of the last probe. */
const externalState = z.object({
  /** The address in cgi-workbench.json, with a socket's path made absolute. */
  address: z.string(),
  /**
   * The routes that lead to it, and the handlers as "*.php". `connections`: kept open; null: a new one for each
   * request.
   */
  routes: z.array(z.object({ path: z.string(), connections: z.number().int().nullable() })),
  /** Since the server was started: requests that ended, that run, and that wait for a connection. */
  requests: z.number().int(),
  running: z.number().int(),
  queued: z.number().int(),
  /**
   * When it last responded (Unix time in ms), whether it spoke FastCGI, and the values it reported; null: never yet.
   */
  answer: z.object({ at: z.number(), spoke: z.boolean(), says: message.nullable() }).nullable(),
  /** Why a request to it failed the last time, and how to fix it; null: never. */
  failure: z.object({ at: z.number(), why: message, trace: z.string().nullable() }).nullable(),
});
export type ExternalState = z.infer<typeof externalState>;

const workersState = z.object({
  rev: z.number().int().nonnegative(),
  generation: z.string(),
  applications: z.array(applicationState),
  external: z.array(externalState),
});
export type WorkersState = z.infer<typeof workersState>;

const moduleNames = z.array(z.string().min(1).max(255)).max(200);

export const workersContract = {
  /** Once `rev` is above `since` (−1: at once). */
  next: oc.input(known).output(workersState),
  /**
   * Replaces worker processes of a script, each after the request it serves. `script`, `mode` and `only`: as listed;
   * `only` null: those of all its applications in this mode.
   */
  restart: call
    .input(z.object({ script: z.string().min(1).max(4096), mode, only: oneApplication.nullable().default(null) }))
    .output(z.null()),
  /**
   * Connects to an external application, as listed, and asks for its values; sends no request. The result is in the
   * state.
   */
  ask: call.input(z.object({ address: z.string().min(1).max(4200) })).output(externalState),
  /** Writes into cgi-workbench.json how a script runs; null removes the entry. Comments stay. `token`: for an undo. */
  setMode: call.input(z.object({ script: workspacePath, mode: mode.nullable() })).output(z.object({ token: z.uuid() })),
  /** Sets the modules that its agent loads before the first request. `modules`: all of them, afterwards. */
  setPreload: call
    .input(z.object({ script: workspacePath, add: moduleNames, remove: moduleNames }))
    .output(z.object({ modules: z.array(z.string()), token: z.uuid() })),
};
