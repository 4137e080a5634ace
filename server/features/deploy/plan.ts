// What a kit for another server has: which scripts it runs, in which processes, which paths it refuses, which variables
// it needs. What the server cannot do is said here, before anything is written.
import { posix } from "node:path";
import { readBounded, unlessRefused } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";
import { type TargetId, targetNames } from "../../contract/deploy-targets.js";
import type { Message } from "../../contract/message.js";
import type { AgentLanguage } from "../../contract/modes.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import type { Workspace } from "../../workspace/workspace.js";
import type { Backend } from "./backends.js";
import { functionsOf, type KitFunction } from "./functions.js";
import { type HiddenState, hiddenState } from "./hidden-state.js";
import { variablesOf } from "./kit-variables.js";
import { deployNote, deployProblem } from "./messages.js";
import { packageOf } from "./script-program.js";
import { settingsLeft } from "./settings-left.js";
import { type KitScript, SortedFiles } from "./sorted-files.js";
import { type Target as KnownTarget, targets } from "./targets.js";
import { writtenFiles } from "./written-files.js";

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
export interface Plan extends Omit<PlanOptions, "script"> {
  readonly target: Target;
  readonly scripts: readonly KitScript[];
  readonly backends: readonly Backend[];
  /** Files that are there for the scripts alone: no request reaches them. */
  readonly hidden: readonly string[];
  /** What is copied, in the folder. */
  readonly files: readonly string[];
  readonly executable: ReadonlySet<string>;
  readonly agents: readonly AgentLanguage[];
  /** Null: the kit does not have the value. */
  readonly variables: ReadonlyMap<string, string | null>;
  readonly guards: readonly { readonly path: string; readonly realm: string }[];
  /** Paths that are refused with all below them, and names below a path. */
  readonly refused: readonly { readonly path: string; readonly names: readonly string[] }[];
  readonly index: readonly string[];
  /** On OpenFaaS. */
  readonly functions: readonly KitFunction[];
  /** Folders to which scripts write, there. */
  readonly written: readonly string[];
  readonly notes: readonly Message[];
}

/** Of RFC 1123 §2.1 what an Ingress of Kubernetes takes: no upper case. */
const isHost = /^(?=.{1,253}$)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/;
/** A longer file is no source. */
const maxSourceBytes = 1024 * 1024;
export type SourceOf = (path: string) => Promise<string>;

/** @throws ProblemError for what the server cannot do at all */
export async function planKit(
  workspace: Workspace,
  options: PlanOptions,
  recorded: readonly TraceRecord[],
): Promise<Plan> {
  const { to, script, at } = options;
  const target = { ...targets[to], name: targetNames[to] };
  if (options.host !== "" && !isHost.test(options.host))
    throw new ProblemError(deployProblem("kit-host-invalid", { name: options.host }));
  if (options.host !== "" && !target.knowsHosts)
    throw new ProblemError(deployProblem("kit-host-refused", { name: options.host, target: target.name }));
  const { entries, truncated, maxEntries } = await workspace.list();
  if (truncated) throw new ProblemError(deployProblem("kit-list-cut", { maxEntries }));
  const sourceOf = sourcesIn(workspace.root);
  const sorted = new SortedFiles({ workspace, target, at, only: script, sourceOf });
  await sorted.sort(entries);
  const { scripts, routes, files, hidden, notes } = sorted;
  if (scripts.length === 0) throw new ProblemError(deployProblem("kit-no-scripts", { path: script ?? workspace.root }));
  const { routes: configured, server } = workspace.config;
  const guards = configured.flatMap(({ path, auth }) => (auth === undefined ? [] : [{ path, realm: auth.realm }]));
  if (guards[0] !== undefined && !target.asksForPasswords)
    throw new ProblemError(deployProblem("kit-sign-in-refused", { path: guards[0].path, target: target.name }));
  const site = posix.join(at, "site");
  const index = server.index.filter((name) => files.some((file) => posix.basename(file) === name));
  const variables = variablesOf(workspace, routes, site);
  const refused = configured.flatMap(({ path, deny }) =>
    deny === undefined || deny === false ? [] : [{ path, names: deny === true ? [] : deny }],
  );
  const backends = sorted.backends.all;
  const inQuotes = [...guards.map(({ realm }) => realm), ...index];
  const [unwritable] = [
    ...[...files, ...[...guards, ...refused].map(({ path }) => path), ...inQuotes].filter(
      (name) => /\p{Cc}|\ufffd/u.test(name) || !target.names.test(name),
    ),
    ...inQuotes.filter((name) => !target.words.test(name)),
    // An image has commands in its configuration. In a unit, a backslash at the end of a line would join the next one.
    ...(target.isImage
      ? backends.flatMap(({ command }) => command.filter((name) => !target.names.test(name)))
      : backends.flatMap(({ folder }) => (/[\\\s]$/.test(folder) ? folder : []))),
  ];
  if (unwritable !== undefined)
    throw new ProblemError(deployProblem("kit-name-refused", { name: unwritable, target: target.name }));
  for (const { path, program } of target.isImage ? scripts : [])
    if (program !== null && packageOf(program) === null)
      throw new ProblemError(deployProblem("kit-program-refused", { path, name: program }));
  const functions = to === "openfaas" ? await functionsOf(options.name, scripts, sourceOf) : [];
  const states: HiddenState[] = [];
  for (const { path, program } of [...scripts, ...hidden.map((file) => ({ path: file, program: null }))])
    states.push(...hiddenState(path, program, await sourceOf(path)));
  const wrote = [...writtenFiles(recorded, workspace)].flatMap(([path, names]) =>
    scripts.some((each) => each.path === path) ? [{ path, names: [...names] }] : [],
  );
  const where = !target.isImage ? "machine" : to === "container" ? "image" : "many";
  return {
    ...options,
    target,
    scripts,
    backends,
    hidden,
    files,
    executable: sorted.executable,
    agents: [...sorted.backends.agents],
    variables,
    guards,
    refused,
    index,
    functions,
    written: [
      ...new Set([
        // A script's working folder is its own.
        ...states.map(({ path, folder }) =>
          folder === null ? site : posix.resolve(site, posix.dirname(path), folder),
        ),
        ...wrote.flatMap(({ names }) => names.map((name) => posix.join(site, posix.dirname(name)))),
      ]),
    ],
    notes: [
      ...notes,
      ...states.map((state) => deployNote("keeps-state", { ...state, where })),
      ...wrote.map((files) => deployNote("wrote-files", { ...files, where })),
      ...functions.map((each) => deployNote("is-function", each)),
      ...notesOf(workspace, target, variables),
    ],
  };
}

/** Each source once. What cannot be read cannot be copied either, which says so. */
export function sourcesIn(root: string): SourceOf {
  const known = new Map<string, Promise<string>>();
  const read = async (path: string): Promise<string> => {
    const found = await unlessRefused(readBounded(posix.join(root, path), maxSourceBytes), null);
    return found?.kind === "read" ? found.bytes.toString("latin1") : "";
  };
  return (path) => {
    const source = known.get(path) ?? read(path);
    known.set(path, source);
    return source;
  };
}

function notesOf(workspace: Workspace, target: Target, variables: Plan["variables"]): Message[] {
  const settings = settingsLeft(workspace.config);
  const names = [...variables].flatMap(([name, value]) => (value === null ? [name] : []));
  return [
    ...(settings.length > 0 ? [deployNote("settings-left", { settings })] : []),
    ...(names.length > 0 ? [deployNote("secrets-empty", { names })] : []),
    ...(target.sendsFiles ? [] : [deployNote("no-files-there", { target: target.name })]),
    ...(target.untried === null ? [] : [deployNote("not-tried", { target: target.name, version: target.untried })]),
    ...(target.runsCgi && !target.speaksFastcgi ? [deployNote("environment-passed-on", { target: target.name })] : []),
  ];
}
