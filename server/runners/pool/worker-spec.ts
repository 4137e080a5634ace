// How the processes of one FastCGI application are started and kept, derived from the route of a request. Specs that
// are equal as text belong to the same application; a request with another spec of the same key replaces the processes.
import type { ByteString } from "../../contract/bytes-text.js";
import { modeTraits, type PooledMode } from "../../contract/modes.js";
import { byteString, latin1 } from "../../protocol/byte-string.js";
import type { ScriptRoute } from "../../routing/route.js";
import { type AgentOverrides, workerModes } from "./worker-modes.js";

export interface WorkerSpec {
  /**
   * The identity of the application: its mode, and the script's path with its configured variables, or for a
   * process that all scripts share its command.
   */
  readonly key: ByteString;
  /** The route from which it was derived, to derive it again. */
  readonly route: ScriptRoute;
  readonly mode: PooledMode;
  /** What the process inherits from the workbench's environment. */
  readonly inherited: ReadonlyMap<ByteString, ByteString>;
  readonly argv: readonly ByteString[];
  /** `NAME=value`. */
  readonly env: readonly ByteString[];
  readonly cwd: ByteString;
  /** Maximum number of processes. */
  readonly count: number;
  /** A process is replaced after this many requests; null: never. */
  readonly requests: number | null;
  /** Processes run before the first request, and are restarted at once. */
  readonly always: boolean;
  /** Files and folders, absolute: a change restarts the processes. */
  readonly watch: readonly ByteString[];
  /** Everything that defines a process: one with another identity is out of date. */
  readonly identity: string;
}

/** Requests for a script mostly have the same route. */
const keys = new WeakMap<ScriptRoute, { readonly mode: PooledMode; readonly key: ByteString }>();

/**
 * The key of the route's application. Each mode has its own, and so has each route that sets other variables, so that
 * requests in turn replace no process.
 */
export function specKey(route: ScriptRoute, mode: PooledMode): ByteString {
  const known = keys.get(route);
  if (known?.mode === mode) return known.key;
  const own = modeTraits[mode].sharesProcess
    ? workerModes[mode].argv(route)
    : [route.file, ...[...workerModes[mode].variables(route)].flat()];
  const key = latin1([mode, ...own].join("\0"));
  keys.set(route, { mode, key });
  return key;
}

/** Whether the spec is certainly the one that `workerSpec` would make: without making it, since every request asks. */
export function matchesSpec(
  spec: WorkerSpec,
  route: ScriptRoute,
  mode: PooledMode,
  inherited: ReadonlyMap<ByteString, ByteString>,
): boolean {
  if (
    spec.mode !== mode ||
    spec.inherited !== inherited ||
    spec.route.documentRoot !== route.documentRoot ||
    spec.route.workers !== route.workers
  )
    return false;
  // the key contains its command, or its variables, and a shared process has nothing of the script
  if (modeTraits[mode].sharesProcess) return true;
  const { scriptHash, interpreter } = spec.route;
  return scriptHash === route.scriptHash && interpreter?.join("\0") === route.interpreter?.join("\0");
}

/**
 * `mode`: the request's, which may differ from the route's. Configured variables are in the process's environment and
 * in each request; if scripts share a process, only in the requests.
 */
export function workerSpec(
  route: ScriptRoute,
  mode: PooledMode,
  inherited: ReadonlyMap<ByteString, ByteString>,
  overrides: AgentOverrides | null = null,
): WorkerSpec {
  const { argv: argvOf, cwd: cwdOf, variables: variablesOf } = workerModes[mode];
  const argv = argvOf(route, overrides ?? {});
  const cwd = cwdOf(route);
  const variables = new Map<ByteString, ByteString>([...inherited, ...variablesOf(route)]);
  const env = [...variables].map(([name, value]) => byteString(`${name}=${value}`));
  const { requests, always, watch } = route.workers;
  const count = overrides === null ? route.workers.count : 1; // state is examined in one process
  const hash = modeTraits[mode].sharesProcess ? null : route.scriptHash;
  const identity = JSON.stringify([mode, argv, env, cwd, count, requests, watch, hash]);
  return {
    key: specKey(route, mode),
    route,
    mode,
    inherited,
    argv,
    env,
    cwd,
    count,
    requests,
    always,
    watch,
    identity,
  };
}
