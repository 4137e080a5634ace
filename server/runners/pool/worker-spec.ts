// How the processes of one FastCGI application are started and kept: from the route of a request to it. Two plans that are equal as text
// are the same application; a request whose plan differs finds it changed, and its processes are replaced.
import type { ByteString } from "../../contract/bytes-text.js";
import { modeTraits, type PooledMode } from "../../contract/modes.js";
import { byteString } from "../../protocol/byte-string.js";
import type { ScriptRoute } from "../../routing/route.js";
import { workerModes } from "./worker-modes.js";

export interface WorkerSpec {
  /** What the application is known by: the script's path; of a process that all scripts share, its command. */
  readonly key: ByteString;
  /** The route by which it was asked for, for asking again. */
  readonly route: ScriptRoute;
  readonly mode: PooledMode;
  /** What the process gets of the workbench's own environment. */
  readonly inherited: ReadonlyMap<ByteString, ByteString>;
  readonly argv: readonly ByteString[];
  /** `NAME=value`. */
  readonly env: readonly ByteString[];
  readonly cwd: ByteString;
  /** Processes at most. */
  readonly count: number;
  /** A process is replaced after this many requests; null: never. */
  readonly requests: number | null;
  /** Processes run before the first request, and are started again at once. */
  readonly always: boolean;
  /** Files and folders, absolute, whose change replaces the processes. */
  readonly watch: readonly ByteString[];
  /** Everything that makes a process what it is: processes of another identity are out of date. */
  readonly identity: string;
}

/** By what the route's application is known. */
export const specKey = (route: ScriptRoute, mode: PooledMode): ByteString =>
  modeTraits[mode].sharesProcess ? byteString(workerModes[mode].argv(route).join("\0")) : route.file;

/** Whether the plan is surely the one that `workerPlan` would make: without making it, since every request asks. */
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
  if (modeTraits[mode].sharesProcess) return true; // the key holds its command, and nothing of the script is in the process
  const { variables, scriptHash, interpreter } = spec.route;
  return (
    variables === route.variables &&
    scriptHash === route.scriptHash &&
    interpreter?.join("\0") === route.interpreter?.join("\0")
  );
}

/**
 * `mode`: the request's, which may be another than the route's. Variables that the configuration gives reach the process's environment and
 * each request; where scripts share a process, the requests alone.
 */
export function workerSpec(
  route: ScriptRoute,
  mode: PooledMode,
  inherited: ReadonlyMap<ByteString, ByteString>,
): WorkerSpec {
  const { argv: argvOf, cwd: cwdOf, variables: variablesOf } = workerModes[mode];
  const argv = argvOf(route);
  const cwd = cwdOf(route);
  const variables = new Map<ByteString, ByteString>([...inherited, ...variablesOf(route)]);
  const env = [...variables].map(([name, value]) => byteString(`${name}=${value}`));
  const { count, requests, always, watch } = route.workers;
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
