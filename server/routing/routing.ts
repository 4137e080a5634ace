// Decides what a request target means: a script, a static file, or nothing, with the reason. A script that was
// requested before costs one stat; its bytes are read again only if that stat has changed. A new configuration makes a
// new Routing.
import { toDisplayText } from "../base/decode-text.js";
import type { ByteString } from "../contract/bytes-text.js";
import type { Config } from "../contract/config.js";
import type { Message } from "../contract/message.js";
import { type AgentLanguage, externalMode, type Mode, modeTraits } from "../contract/modes.js";
import { byteString, latin1, utf8 } from "../protocol/byte-string.js";
import type { Target } from "../protocol/target.js";
import { covers, type MatchableRoute, matchableRoutes, withoutSlash } from "./configured-routes.js";
import { Containment, pathsBehindLink, pathWithin, realPath, type ServedPlace } from "./containment.js";
import { unservedFile } from "./deny-list.js";
import { isSettled } from "./file-facts.js";
import { FileReader, type KeptVersions } from "./file-reader.js";
import { Guards } from "./guards.js";
import { findInterpreter, type Handler, handlersOf, type InterpreterFinder } from "./handlers.js";
import { type KnownFile, KnownFiles } from "./known-files.js";
import { handlerReason, routeMessage } from "./messages.js";
import { type FoundFile, type Mount, none, resolvePath, routedFile } from "./resolve-path.js";
import type { ExternalApplication, Guard, NoRoute, Route, ScriptRoute, StaticRoute } from "./route.js";
import { deniedBy, routeResponse } from "./route-options.js";
import { agentLanguageOf, isAgentMissing, shebangProgram } from "./script-interpreter.js";
import { withoutTrusted } from "./trusted-settings.js";
import { baseName, encodePath, extensionOf } from "./url-path.js";
import { configuredVariables } from "./variables.js";
import { defaultWorkers } from "./worker-settings.js";

export interface RoutingOptions {
  /** The workspace: absolute. */
  readonly root: string;
  readonly config: Config;
  readonly interpreters: InterpreterFinder;
  /** True while the folder is not trusted: what needs a setting that waits for trust is refused. */
  readonly waits?: boolean;
  readonly versions?: KeptVersions;
}

export interface FileDescription {
  /** Null for a file that is no script, and for a folder. */
  readonly mode: Mode | null;
  /** The language of the agent that can run it; null if none can. */
  readonly agent: AgentLanguage | null;
  readonly target: string | null;
}

export class Routing {
  readonly #root: string;
  readonly #config: Config;
  /** The configuration as written, while its trusted settings wait; else null. */
  readonly #waiting: Config | null;
  readonly #interpreters: InterpreterFinder;
  readonly #workspace: Mount;
  /** The workspace's folder. */
  readonly #folder: ByteString;
  /** What "/" leads to: the folder, unless a route moves it. */
  readonly #documentRoot: ByteString;
  readonly #routes: readonly MatchableRoute[];
  /** What is served at which path: the folder, and what routes lead to. */
  readonly #places: readonly ServedPlace[];
  readonly #handlers: ReadonlyMap<string, Handler>;
  readonly #reader: FileReader;
  readonly #index: readonly ByteString[];
  readonly #containment: Containment;
  readonly #guards: Guards;
  /** Some route denies something. */
  readonly #denies: boolean;
  readonly #known = new KnownFiles();
  /** For each script the last route to it. */
  readonly #lastRoutes = new WeakMap<KnownFile, ScriptRoute>();

  constructor({ root, config: written, interpreters, waits = false, versions }: RoutingOptions) {
    const config = waits ? withoutTrusted(written) : written;
    this.#root = root;
    this.#config = config;
    this.#waiting = waits ? written : null;
    this.#interpreters = interpreters;
    this.#folder = utf8(root);
    this.#workspace = { prefix: byteString(""), folder: withoutSlash(utf8(root)) };
    this.#routes = matchableRoutes(root, written);
    const moved = this.#routes.find(({ prefix }) => prefix === "")?.dir ?? null;
    this.#documentRoot = moved === null ? this.#folder : moved === "" ? byteString("/") : moved;
    this.#places = [
      { prefix: byteString(""), at: this.#workspace.folder },
      ...this.#routes.flatMap(({ prefix, dir, file }) => placeOf(prefix, file ?? dir)),
    ];
    this.#handlers = handlersOf(config, root);
    this.#reader = new FileReader({ root, config, folder: this.#folder, handlers: this.#handlers, versions });
    this.#index = config.server.index.map(utf8);
    this.#containment = new Containment(root, config.links);
    this.#guards = new Guards(root, written);
    this.#denies = this.#routes.some(({ denied }) => denied !== null);
  }

  /** The guard of a path, decoded and normalised, to be asked before anything is told of the path; null: none. */
  guard({ path }: Pick<Target, "path">): Guard | null {
    return this.#guards.any ? (this.#guards.of(path) ?? this.#guardBehindLink(path)) : null;
  }

  /** A link leads past no guard: what it leads to is guarded as at its own path. */
  #guardBehindLink(path: ByteString): Guard | null {
    const located = this.#locate(path, byteString(""), true);
    const file = located.kind === "known" ? located.known.file : located.kind === "static" ? located.file : null;
    if (file === null) return null;
    for (const own of pathsBehindLink(withoutSlash(file), this.#places)) {
      const guard = this.#guards.of(own);
      if (guard !== null) return guard;
    }
    const action = located.kind === "known" ? located.known.action : null;
    return action === null ? null : this.#guards.of(action);
  }

  /** What the target means, with the files on disk as they are now. */
  resolve(target: Pick<Target, "path" | "query">): Route {
    const located = this.#locate(target.path, target.query, true);
    if (located.kind !== "known") return located;
    const { known, pathInfo } = located;
    const denied = this.#deniedBehindLink(known.file);
    if (denied !== null) return denied;
    return known.action === null
      ? this.#routeAgain(known, pathInfo)
      : this.#act(known, known.action, pathInfo, target.query);
  }

  /** The same object as for the last request with this path, unless its interpreter is now another. */
  #routeAgain(known: KnownFile, pathInfo: ByteString): Route {
    const last = this.#lastRoutes.get(known);
    const again = last?.pathInfo === pathInfo ? last : null;
    if (again?.interpreter === null) return again;
    const route = this.#route(known, pathInfo);
    if (route.kind !== "script") return route;
    if (again && again.interpreter?.join("\0") === route.interpreter?.join("\0")) return again;
    this.#lastRoutes.set(known, route);
    return route;
  }

  /** A request for the script that gets the file, with the request's own path as path info. */
  #act({ file, scriptName }: KnownFile, action: ByteString, pathInfo: ByteString, query: ByteString): Route {
    const actionUrl = byteString(scriptName + pathInfo);
    const located = this.#locate(byteString(action + actionUrl), query, true);
    const isLoop = located.kind === "known" && located.known.action !== null;
    const route = located.kind !== "known" || isLoop ? located : this.#route(located.known, located.pathInfo);
    if (route.kind === "script" && route.pathInfo === actionUrl)
      return { ...route, pathTranslated: byteString(file + pathInfo), actionUrl };
    if (route.kind === "none" && (route.status === 403 || route.status === 503)) return route;
    const why = route.kind === "none" ? route.why : null;
    const names = { path: toDisplayText(actionUrl), action: toDisplayText(action), why };
    return { ...none(scriptName, 500, routeMessage("action-unusable", names)), file, pathInfo };
  }

  /** A link leads past no `deny`: what it leads to is denied as at its own path. */
  #deniedBehindLink(file: ByteString): NoRoute | null {
    if (!this.#denies) return null;
    for (const path of pathsBehindLink(file, this.#places)) {
      const route = this.#routes.find((candidate) => covers(candidate, path));
      const denied = route === undefined ? null : deniedBy(route, path);
      if (denied !== null) return denied;
    }
    return null;
  }

  /**
   * For the file list: how a request to a file or folder of the workspace would run it, and the target that reaches it.
   */
  describe(path: string, kind: "file" | "folder"): FileDescription {
    const file = byteString(`${this.#workspace.folder}/${utf8(path)}`);
    for (const candidate of this.#candidates(file)) {
      const url = kind === "folder" ? byteString(`${candidate}/`) : candidate;
      const located = this.#locate(url, byteString(""), false);
      if (located.kind !== "known") continue;
      const { known } = located;
      if (kind === "folder" ? pathWithin(known.file, file) === null : known.file !== file) continue;
      const isScript = kind === "file" && known.row.action !== "static";
      return { mode: isScript ? known.mode : null, agent: isScript ? agentOf(known) : null, target: encodePath(url) };
    }
    return { mode: null, agent: null, target: null };
  }

  /** Paths under which a file of the workspace may be served: its own, and those from routes. */
  *#candidates(file: ByteString): Generator<ByteString> {
    yield byteString(file.slice(this.#workspace.folder.length));
    for (const { prefix, dir, file: routed } of this.#routes) {
      if (routed === file) yield prefix === "" ? byteString("/") : prefix;
      const rest = dir === null ? null : pathWithin(file, dir);
      if (rest !== null) yield byteString(rest === "" ? prefix : `${prefix}/${rest}`);
    }
  }

  #locate(
    path: ByteString,
    query: ByteString,
    withHash: boolean,
  ): { kind: "known"; known: KnownFile; pathInfo: ByteString } | Route {
    if (!path.startsWith("/") || path.includes("\0")) return none(path, 400, routeMessage("not-a-path"));
    const route = this.#routes.find((candidate) => covers(candidate, path)) ?? null;
    const response = route && routeResponse(route, path, query);
    if (response) return response;
    if (route && this.#waiting && (route.external ?? route.file ?? route.dir) !== null)
      return none(path, 503, routeMessage("route-untrusted", { route: route.config.path }));
    if (route?.external) return this.#external(route, route.external, path);
    const dir = route?.dir ?? null; // "" is the root of the disk
    const mount = route && dir !== null ? { prefix: route.prefix, folder: dir } : this.#workspace;

    const last = this.#known.find(path, route?.file ? route.prefix.length : mount.prefix.length + 1, route);
    if (last !== null) return { kind: "known", known: last, pathInfo: latin1(path.slice(last.scriptName.length)) };

    const found = route?.file
      ? routedFile(route, route.file, path)
      : resolvePath(mount, path, query, route?.index ?? this.#index);
    if (found.kind === "none") return route?.config.list ? this.#listing(found, mount) : found;
    const base = route?.file ? null : mount.folder;
    const refusal = this.#refusal(found, base);
    if (refusal !== null) return none(path, 403, refusal);
    const known = this.#reader.read({ ...found, base }, route, withHash);
    if (withHash && isSettled(found.stats)) this.#known.keep(known, route);
    return { kind: "known", known, pathInfo: found.pathInfo };
  }

  /** A folder without an index, as a list of its files; any other reason why nothing is served stays. */
  #listing(found: NoRoute, { prefix, folder }: Mount): StaticRoute | NoRoute {
    const { why, scriptName } = found;
    if (!routeMessage.is(why, "no-index")) return found;
    const file = byteString(folder + scriptName.slice(prefix.length));
    const refusal = this.#refusal({ file, scriptName }, folder);
    if (refusal !== null) return none(scriptName, 403, refusal);
    const lists = this.#lists(file, scriptName, folder);
    const denied = this.#deniedBehindLink(withoutSlash(file));
    return (
      denied ?? { kind: "static", file, scriptName, pathInfo: byteString(""), lists, permits: this.#permits(folder) }
    );
  }

  /** Which names of a folder its list shows: none that a request would be refused. `at` and `path` end in a slash. */
  #lists(at: ByteString, path: ByteString, folder: ByteString): NonNullable<StaticRoute["lists"]> {
    let own: Guard | null | undefined; // asked for only with a list
    const isBehindLink = realPath(at) !== withoutSlash(at);
    return (name, isLink) => {
      if (own === undefined) own = this.guard({ path });
      if (unservedFile(name) !== null) return false;
      const file = byteString(at + name);
      const scriptName = byteString(path + name);
      const route = this.#routes.find((candidate) => covers(candidate, scriptName));
      if (route !== undefined && deniedBy(route, scriptName) !== null) return false;
      if (this.#guards.isPasswordFile(file)) return false;
      const guard = isLink ? this.guard({ path: scriptName }) : this.#guards.of(scriptName);
      if (guard !== null && guard.path !== own?.path) return false;
      if (isLink && this.#refusal({ file, scriptName }, folder) !== null) return false;
      return !(isLink || isBehindLink) || this.#deniedBehindLink(file) === null;
    };
  }

  /** Why a file is not served. `folder`: the folder through which it was reached; null: a route names the file. */
  #refusal({ file, scriptName }: Pick<FoundFile, "file" | "scriptName">, folder: ByteString | null): Message | null {
    const name = toDisplayText(scriptName);
    const unserved = folder === null ? null : unservedFile(baseName(file));
    if (unserved !== null) return routeMessage(unserved, { name });
    const outside =
      folder === null ? null : this.#containment.refusal(file, folder === "" ? byteString("/") : folder, name);
    return outside ?? (this.#guards.isPasswordFile(file) ? routeMessage("password-file", { name }) : null);
  }

  #permits(folder: ByteString | null): StaticRoute["permits"] {
    return folder === null ? null : (real) => this.#containment.permits(real, folder === "" ? byteString("/") : folder);
  }

  /** An external application: it gets every path below the route, whatever the workspace contains. */
  #external({ prefix, config }: MatchableRoute, external: ExternalApplication, path: ByteString): ScriptRoute {
    return {
      kind: "script",
      file: byteString(withoutSlash(this.#documentRoot) + prefix),
      scriptName: prefix,
      pathInfo: byteString(path.slice(prefix.length)),
      mode: externalMode,
      interpreter: null,
      firstLine: byteString(""),
      handlerBecause: null,
      nph: false, // FastCGI has no NPH (§6.1)
      documentRoot: this.#documentRoot,
      pathTranslated: this.#translated(byteString(path.slice(prefix.length))),
      scriptHash: null,
      variables: configuredVariables(this.#root, this.#config.variables, config.variables),
      passAuthorization: config.passAuthorization ?? false,
      workers: defaultWorkers,
      external,
    };
  }

  /** The path info as a path of its own, through the routes; null: none leads it elsewhere. */
  #translated(pathInfo: ByteString): ByteString | null {
    if (pathInfo === "" || this.#routes.length === 0) return null;
    const route = this.#routes.find((candidate) => covers(candidate, pathInfo));
    const place = route?.file ?? route?.dir ?? null;
    return route === undefined || place === null ? null : byteString(place + pathInfo.slice(route.prefix.length));
  }

  /** Whether the extension's interpreter waits for trust, or its application, which gets every such file. */
  #waitsFor({ handlers }: Config, extension: string, needsInterpreter: boolean): boolean {
    return Object.entries(handlers).some(
      ([name, handler]) =>
        name.toLowerCase() === extension &&
        (handler?.address !== undefined || (needsInterpreter && handler?.interpreter !== undefined)),
    );
  }

  #route(known: KnownFile, pathInfo: ByteString): Route {
    const { file, scriptName, row, mode, workers } = known;
    const { interpreter: reader, extension, isExternal, speaksFastcgi, usesAgent } = modeTraits[mode];
    const handler = known.handler ?? (reader === null ? null : (this.#handlers.get(extension) ?? null));
    const nowhere = (status: number, why: Message): NoRoute => ({
      kind: "none",
      file,
      scriptName,
      pathInfo,
      status,
      why,
      location: null,
    });
    if (row.action === "static") {
      if (pathInfo !== "") return nowhere(404, routeMessage("path-below-file", { path: toDisplayText(scriptName) }));
      return { kind: "static", file, scriptName, pathInfo, permits: this.#permits(known.base) };
    }
    const needed = row.action === "handler" || reader !== null;
    if (
      this.#waiting &&
      this.#waitsFor(this.#waiting, known.handler ? extensionOf(baseName(file)) : (extension ?? ""), needed)
    )
      return nowhere(503, routeMessage("handler-untrusted", { path: toDisplayText(scriptName) }));
    const external = isExternal ? (handler?.external ?? null) : null;
    let interpreter: readonly ByteString[] | null = null;
    if (!external && needed && handler !== null) {
      interpreter = findInterpreter(handler, this.#root, this.#interpreters);
      const because = row.because ?? handlerReason("mode-needs-interpreter", { mode });
      const program = handler.interpreter[0] ?? null;
      if (interpreter === null)
        return nowhere(500, routeMessage("interpreter-missing", { path: toDisplayText(scriptName), because, program }));
    }
    const firstLine = external ? byteString("") : known.firstLine;
    if (isAgentMissing(mode, { firstLine, interpreter }))
      return nowhere(500, routeMessage("no-agent", { path: toDisplayText(scriptName), mode }));
    return {
      kind: "script",
      file,
      scriptName,
      pathInfo,
      mode,
      interpreter,
      firstLine,
      handlerBecause: external ? null : row.because, // the system need not be able to start it
      nph: (usesAgent || !speaksFastcgi) && baseName(file).startsWith("nph-"), // FastCGI has no NPH (§6.1)
      documentRoot: this.#documentRoot,
      pathTranslated: this.#translated(pathInfo),
      scriptHash: known.hash,
      variables: known.variables,
      passAuthorization: known.passAuthorization,
      workers,
      external,
    };
  }
}

const placeOf = (prefix: ByteString, at: ByteString | null): ServedPlace[] => (at === null ? [] : [{ prefix, at }]);

/** The language by its first line or its handler, as far as a list needs it: no program is searched for. */
const agentOf = ({ row, handler, firstLine, mode }: KnownFile): AgentLanguage | null =>
  modeTraits[mode].isExternal
    ? null
    : agentLanguageOf(row.action === "handler" ? (handler?.interpreter[0] ?? "") : shebangProgram(firstLine));
