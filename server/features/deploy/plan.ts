// What a kit for another server has: which scripts it runs, in which processes, which paths it refuses, which variables
// it needs. What the server cannot do is said here, before anything is written.
import { posix } from "node:path";
import { agentFile } from "../../base/built-files.js";
import { toBytesText } from "../../base/decode-text.js";
import { errorCode, readBounded } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { type TargetId, targetNames } from "../../contract/deploy-targets.js";
import type { Message } from "../../contract/message.js";
import { type AgentLanguage, isPooled, isRunByAgent, type Mode, modeTraits } from "../../contract/modes.js";
import type { FileEntry } from "../../contract/workspace.js";
import { utf8 } from "../../protocol/byte-string.js";
import { unservedFile } from "../../routing/deny-list.js";
import type { ScriptRoute } from "../../routing/route.js";
import { scriptInterpreter } from "../../routing/script-interpreter.js";
import { workerModes } from "../../runners/pool/worker-modes.js";
import type { Workspace } from "../../workspace/workspace.js";
import { type HiddenState, hiddenState } from "./hidden-state.js";
import { variablesOf } from "./kit-variables.js";
import { deployNote, deployProblem } from "./messages.js";
import { type Target as KnownTarget, targets } from "./targets.js";

type Target = KnownTarget & { readonly name: string };

export interface PlanOptions {
  readonly to: TargetId;
  /** One script, as a path in the folder; null: all of them. */
  readonly script: string | null;
  /** A word, for the files, the units and the user of the kit. */
  readonly name: string;
  /** The folder on the other machine. */
  readonly at: string;
  /** The name that requests ask for; "": any. */
  readonly host: string;
  readonly port: number;
}
export interface KitScript {
  /** In the folder, and with a slash before it the path of its requests. */
  readonly path: string;
  readonly mode: Mode;
  /** The process that runs it; null: the server itself starts it for each request. */
  readonly backend: string | null;
  /** What its first line, or its handler, names; null: a program. */
  readonly program: string | null;
  readonly language: AgentLanguage | "php" | null;
  readonly passesAuthorization: boolean;
}
/** Processes that wait at a socket. */
export interface Backend {
  readonly id: string;
  readonly about: string;
  readonly command: readonly string[];
  readonly folder: string;
  /** So many units share the socket. */
  readonly instances: number;
  readonly environment: readonly string[];
}
export interface Plan extends Omit<PlanOptions, "script"> {
  readonly target: Target;
  readonly scripts: readonly KitScript[];
  readonly backends: readonly Backend[];
  /** Files that are there for the scripts alone: no request reaches them. */
  readonly hidden: readonly string[];
  /** What is copied, in the folder. */
  readonly files: readonly string[];
  readonly agents: readonly AgentLanguage[];
  /** Null: a secret, whose value the kit does not have. */
  readonly variables: ReadonlyMap<string, string | null>;
  readonly guards: readonly { readonly path: string; readonly realm: string }[];
  /** Paths that are refused with all below them, and names below a path. */
  readonly refused: readonly { readonly path: string; readonly names: readonly string[] }[];
  readonly index: readonly string[];
  /** A script writes to its files. */
  readonly writes: boolean;
  readonly notes: readonly Message[];
}

/** Requests that one process of prefork forks for, at once. */
const children = 16;
/** A longer file is no source. */
const maxSourceBytes = 1024 * 1024;

/** @throws ProblemError for what the server cannot do at all */
export async function planKit(workspace: Workspace, options: PlanOptions): Promise<Plan> {
  const { to, script, at } = options;
  const target = { ...targets[to], name: targetNames[to] };
  const { entries, truncated, maxEntries } = await workspace.list();
  if (truncated) throw new ProblemError(deployProblem("kit-list-cut", { maxEntries }));
  const sorted = new Sorted(target, at);
  for (const entry of entries) if (entry.kind === "file") sorted.take(entry, workspace, script);
  const { scripts, routes, files, hidden, notes } = sorted;
  if (scripts.length === 0) throw new ProblemError(deployProblem("kit-no-scripts", { path: script ?? workspace.root }));
  const { routes: configured, server } = workspace.config;
  const guards = configured.flatMap(({ path, auth }) => (auth === undefined ? [] : [{ path, realm: auth.realm }]));
  if (guards[0] !== undefined && !target.asksForPasswords)
    throw new ProblemError(deployProblem("kit-sign-in-refused", { path: guards[0].path, target: target.name }));
  const variables = variablesOf(workspace, routes, posix.join(at, "site"));
  const names = [...files, ...guards.map(({ realm }) => realm), ...server.index];
  for (const name of names) demandName(name, target);
  if (target.isImage)
    for (const { command } of sorted.backends.values()) for (const word of command) demandName(word, target);
  const states = await statesOf(workspace.root, scripts, hidden);
  const where = target.isMany ? "many" : target.isImage ? "image" : "machine";
  return {
    ...options,
    target,
    scripts,
    backends: [...sorted.backends.values()],
    hidden,
    files,
    agents: [...sorted.agents],
    variables,
    guards,
    refused: configured.flatMap(({ path, deny }) =>
      deny === undefined || deny === false ? [] : [{ path, names: deny === true ? [] : deny }],
    ),
    index: server.index.filter((name) => files.some((file) => posix.basename(file) === name)),
    writes: states.length > 0,
    notes: [
      ...notes,
      ...states.map((state) => deployNote("keeps-state", { ...state, where })),
      ...notesOf(workspace, target, variables),
    ],
  };
}

/** @throws ProblemError */
function demandName(name: string, target: Target): void {
  const isFine = !/\p{Cc}|\ufffd/u.test(name) && target.names.test(name);
  if (!isFine) throw new ProblemError(deployProblem("kit-name-refused", { name, target: target.name }));
}

/** In the order of the scripts, then of what they load. */
async function statesOf(
  root: string,
  scripts: readonly KitScript[],
  hidden: readonly string[],
): Promise<HiddenState[]> {
  const found: HiddenState[] = [];
  for (const { path, program } of [...scripts, ...hidden.map((file) => ({ path: file, program: null }))]) {
    // What cannot be read cannot be copied either, which says so.
    const read = await readBounded(posix.join(root, path), maxSourceBytes).catch((error: unknown) => {
      if (errorCode(error) === "") throw error;
      return null;
    });
    if (read?.kind === "read") found.push(...hiddenState(path, program, read.bytes.toString("latin1")));
  }
  return found;
}

function notesOf(workspace: Workspace, target: Target, variables: Plan["variables"]): Message[] {
  const left = [
    ...workspace.config.routes
      .filter(({ deny, auth }) => deny === undefined && auth === undefined)
      .map(({ path }) => `routes ${path}`),
    ...Object.entries(workspace.config.handlers)
      .filter(([, handler]) => handler?.address !== undefined || handler?.action !== undefined)
      .map(([extension]) => `handlers ${extension}`),
  ];
  const secrets = [...variables].flatMap(([name, value]) => (value === null ? [name] : []));
  return [
    ...(left.length > 0 ? [deployNote("settings-left", { settings: left })] : []),
    ...(secrets.length > 0 ? [deployNote("secrets-empty", { names: secrets })] : []),
    ...(target.name === "HAProxy" ? [deployNote("no-files-there", { target: target.name })] : []),
    ...(target.runsCgi && !target.speaksFastcgi ? [deployNote("environment-passed-on", { target: target.name })] : []),
  ];
}

/** The files of a folder, by what the other server does with them. */
class Sorted {
  readonly scripts: KitScript[] = [];
  readonly routes: ScriptRoute[] = [];
  readonly files: string[] = [];
  readonly hidden: string[] = [];
  readonly backends = new Map<string, Backend>();
  readonly agents = new Set<AgentLanguage>();
  readonly #target: Target;
  readonly #at: string;
  readonly #notRun: string[] = [];
  readonly #leftOut: string[] = [];
  readonly #asCgi: Message[] = [];

  constructor(target: Target, at: string) {
    this.#target = target;
    this.#at = at;
  }

  get notes(): Message[] {
    const target = this.#target.name;
    return [
      ...this.#asCgi,
      ...(this.#notRun.length > 0 ? [deployNote("not-run-there", { paths: this.#notRun })] : []),
      ...(this.#leftOut.length > 0 ? [deployNote("left-out", { paths: this.#leftOut, target })] : []),
    ];
  }

  /** `only`: the one script that is wanted; null: every one is. */
  take({ path }: FileEntry, workspace: Workspace, only: string | null): void {
    const unserved = unservedFile(utf8(posix.basename(path)));
    if (unserved !== null && unserved !== "database-file") return;
    const route = workspace.routeOf(path);
    if (route?.kind !== "script" || route.scriptName !== utf8(`/${path}`)) {
      this.#keep(path, route?.kind !== "static");
    } else if (!this.#canRun(route)) {
      if (only === path || workspace.config.scripts[path] !== undefined) this.#notRun.push(path);
      this.#keep(path, true);
    } else if (only === null || only === path) {
      this.files.push(path);
      this.#run(path, route);
    }
  }

  #keep(path: string, isHidden: boolean): void {
    // What lies in cgi-bin is never sent as a file.
    const isSent = isHidden && !this.#target.denies && !path.startsWith("cgi-bin/");
    (isSent ? this.#leftOut : this.files).push(path);
    if (isHidden && !isSent) this.hidden.push(path);
  }

  /** A server starts what the system can start. */
  #canRun({ mode, interpreter, firstLine, file }: ScriptRoute): boolean {
    if (mode !== "cgi") return !modeTraits[mode].isExternal;
    return interpreter === null && (firstLine !== "" || !/\.\w+$/.test(posix.basename(file)));
  }

  #run(path: string, route: ScriptRoute): void {
    const { mode } = route;
    const target = this.#target.name;
    const isAlone = !this.#target.speaksFastcgi;
    if (isAlone && (!(mode === "cgi" || modeTraits[mode].usesAgent) || !path.startsWith("cgi-bin/")))
      throw new ProblemError(deployProblem("kit-mode-refused", { path, mode, target }));
    if (isAlone && mode !== "cgi") this.#asCgi.push(deployNote("runs-as-cgi", { path, mode, target }));
    const isCgi = mode === "cgi" || isAlone;
    this.routes.push(route);
    const interpreter = scriptInterpreter(route);
    this.scripts.push({
      path,
      mode: isCgi ? "cgi" : mode,
      backend: isCgi ? (this.#target.runsCgi ? null : this.#shared("cgi")) : this.#backendOf(path, route),
      program: interpreter?.command.map(textOf).join(" ") ?? null,
      language: mode === "php-cgi" ? "php" : (interpreter?.language ?? null),
      passesAuthorization: route.passAuthorization,
    });
  }

  #backendOf(path: string, route: ScriptRoute): string {
    const { mode } = route;
    if (mode === "php-cgi") return this.#shared("php");
    if (!isPooled(mode)) throw new Error(`${mode} has no processes`);
    const own = scriptInterpreter(route)?.language;
    const agent = isRunByAgent(mode) && own !== undefined ? own : null;
    if (agent !== null) this.agents.add(agent);
    const places = new Map<string, string>([
      [textOf(route.file), `${this.#at}/site/${path}`],
      ...(agent === null ? [] : [[agentFile(agent), `${this.#at}/agent/${posix.basename(agentFile(agent))}`] as const]),
    ]);
    const words = workerModes[mode].argv(route).map((word) => places.get(textOf(word)) ?? textOf(word));
    // A handler's program is searched for, here and there.
    const [program = "", ...rest] = words;
    const command = route.interpreter !== null ? ["/usr/bin/env", posix.basename(program), ...rest] : words;
    if (agent !== null) command.splice(-1, 0, "--error500", ...(mode === "prefork" ? [`--children=${children}`] : []));
    return this.#add(idOf(path, this.backends), {
      about: `${path}, ${modeTraits[mode].label}`,
      command,
      folder: posix.dirname(`${this.#at}/site/${path}`),
      instances: mode === "prefork" ? 1 : route.workers.count,
      environment: [],
    });
  }

  /** One for all scripts of that kind. */
  #shared(id: "cgi" | "php"): string {
    const site = `${this.#at}/site`;
    const about = id === "cgi" ? "the CGI scripts" : "the PHP files";
    const command = id === "cgi" ? ["/usr/sbin/fcgiwrap", "-c", `${children}`] : ["/usr/bin/php-cgi"];
    const environment = id === "cgi" ? [] : ["PHP_FCGI_CHILDREN=4", "PHP_FCGI_MAX_REQUESTS=0"];
    if (this.backends.has(id)) return id;
    return this.#add(id, { about, command, folder: site, instances: 1, environment });
  }

  #add(id: string, backend: Omit<Backend, "id">): string {
    this.backends.set(id, { id, ...backend });
    return id;
  }
}

/** A word for units and sockets. */
function idOf(path: string, taken: ReadonlyMap<string, unknown>): string {
  const word =
    posix
      .basename(path)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "") || "script";
  for (let number = 1; ; number++) {
    const id = number === 1 ? word : `${word}-${number}`;
    if (!taken.has(id) && id !== "cgi" && id !== "php") return id;
  }
}

/** What is no text has a character that no kit takes. */
const textOf = (bytes: ByteString): string => {
  const text = toBytesText(bytes);
  return typeof text === "string" ? text : "\ufffd";
};
