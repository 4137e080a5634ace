// How the processes of one FastCGI application are started and kept: from the route of a request to it. Two plans that are equal as text
// are the same application; a request whose plan differs finds it changed, and its processes are replaced.
import type { ByteString } from "../../contract/bytes-text.js";
import type { Mode } from "../../contract/trace.js";
import { byteString } from "../../protocol/byte-string.js";
import type { ScriptRoute } from "../../routing/route.js";

export interface WorkerSpec {
  /** What the application is known by: the script's path, or for php-cgi the program's, which runs all scripts. */
  readonly key: ByteString;
  /** The route by which it was asked for, for asking again. */
  readonly route: ScriptRoute;
  readonly mode: Mode;
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

/** php-cgi ends itself after 500 requests and may start children of its own: here each process is one, and replaced between two requests. */
const phpDefaults: readonly (readonly [string, string])[] = [
  ["PHP_FCGI_CHILDREN", "0"],
  ["PHP_FCGI_MAX_REQUESTS", "0"],
];

/** What is started: for php-cgi the program alone, which learns the script's name with each request. */
const argvOf = ({ file, interpreter }: ScriptRoute, mode: Mode): readonly ByteString[] =>
  mode === "php-cgi" ? (interpreter ?? [byteString("php-cgi")]) : [...(interpreter ?? []), file];

/** By what the route's application is known. */
export const specKey = (route: ScriptRoute, mode: Mode): ByteString =>
  mode === "php-cgi" ? byteString(argvOf(route, mode).join("\0")) : route.file;

/** Whether the plan is surely the one that `workerPlan` would make: without making it, since every request asks. */
export function matchesSpec(
  spec: WorkerSpec,
  route: ScriptRoute,
  mode: Mode,
  inherited: ReadonlyMap<ByteString, ByteString>,
): boolean {
  if (
    spec.mode !== mode ||
    spec.inherited !== inherited ||
    spec.route.documentRoot !== route.documentRoot ||
    spec.route.workers !== route.workers
  )
    return false;
  if (mode === "php-cgi") return true; // the key holds its command, and nothing of the script is in the process
  const { variables, scriptHash, interpreter } = spec.route;
  return (
    variables === route.variables &&
    scriptHash === route.scriptHash &&
    interpreter?.join("\0") === route.interpreter?.join("\0")
  );
}

/**
 * `mode`: the request's, which may be another than the route's. Variables that the configuration gives reach the process's environment and
 * each request; those of PHP's scripts the requests alone, since one process runs scripts of different ones.
 */
export function workerSpec(route: ScriptRoute, mode: Mode, inherited: ReadonlyMap<ByteString, ByteString>): WorkerSpec {
  const { file, documentRoot, scriptHash, workers } = route;
  const isPhp = mode === "php-cgi";
  const argv = argvOf(route, mode);
  const variables = new Map<ByteString, ByteString>(inherited);
  if (isPhp) for (const [name, value] of phpDefaults) variables.set(byteString(name), byteString(value));
  else for (const [name, value] of route.variables) variables.set(name, value);
  const env = [...variables].map(([name, value]) => byteString(`${name}=${value}`));
  const { count, requests, always, watch } = workers;
  const cwd = isPhp ? documentRoot : byteString(file.slice(0, file.lastIndexOf("/")) || "/");
  const hash = isPhp ? null : scriptHash;
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
