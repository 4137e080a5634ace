// Decides what a request target means: a script, a static file, or nothing, with the reason. A script that was
// requested before costs one stat; its bytes are read again only if that stat has changed. A new configuration makes a
// new Routing.
import { toDisplayText } from "../base/decode-text.js";
import type { ByteString } from "../contract/bytes-text.js";
import type { Config } from "../contract/config.js";
import { type AgentLanguage, type Mode, modeTraits, onlyLanguageOf } from "../contract/modes.js";
import { byteString, copyOf, latin1, utf8 } from "../protocol/byte-string.js";
import type { Target } from "../protocol/target.js";
import { AccessRules } from "./access-rules.js";
import { coveredBy, type MatchableRoute, matchableRoutes, withoutSlash } from "./configured-routes.js";
import { pathWithin } from "./containment.js";
import { isSettled } from "./file-facts.js";
import { FileReader, type KeptVersions } from "./file-reader.js";
import { FileRoutes } from "./file-routes.js";
import { handlersOf, type InterpreterFinder } from "./handlers.js";
import { type KnownFile, KnownFiles } from "./known-files.js";
import { routeMessage } from "./messages.js";
import { type Mount, none, resolvePath, routedFile, statOf } from "./resolve-path.js";
import type { Guard, NoRoute, Route, StaticRoute } from "./route.js";
import { deniedBy, routeResponse } from "./route-options.js";
import { agentLanguageOf, shebangProgram } from "./script-interpreter.js";
import { withoutTrusted } from "./trusted-settings.js";
import { encodePath } from "./url-path.js";

export interface RoutingOptions {
  /** The workspace: absolute. */
  readonly root: string;
  readonly config: Config;
  readonly interpreters: InterpreterFinder;
  /** True while the folder is not trusted: what needs a setting that waits for trust is refused. */
  readonly waits?: boolean;
  readonly versions?: KeptVersions;
  /** A configuration in place of the folder's own, absolute. It is not served either. */
  readonly configFile?: string | null;
}

interface FileDescription {
  /** Null for a file that is no script, and for a folder. */
  readonly mode: Mode | null;
  /** The language of the agent that can run it; null if none can. */
  readonly agent: AgentLanguage | null;
  readonly target: string | null;
}

type Located = { readonly kind: "known"; readonly known: KnownFile; readonly pathInfo: ByteString } | Route;

const unguarded: readonly Guard[] = [];

export class Routing {
  readonly #workspace: Mount;
  readonly #routes: readonly MatchableRoute[];
  /** Trusted settings wait. */
  readonly #waits: boolean;
  readonly #index: readonly ByteString[];
  /** It has no list of a folder's files unless a line permits it, and so refuses a folder without an index. */
  readonly #isLikeApache: boolean;
  readonly #access: AccessRules;
  readonly #reader: FileReader;
  readonly #known = new KnownFiles();
  readonly #fileRoutes: FileRoutes;

  constructor({ root, config: written, interpreters, waits = false, versions, configFile = null }: RoutingOptions) {
    const config = waits ? withoutTrusted(written) : written;
    const folder = utf8(root);
    const handlers = handlersOf(config, root);
    const workspace = { prefix: byteString(""), folder: withoutSlash(folder) };
    const routes = matchableRoutes(root, written);
    const access = new AccessRules({ root, workspace, written, links: config.links, configFile, routes });
    this.#workspace = workspace;
    this.#routes = routes;
    this.#waits = waits;
    this.#index = config.server.index.map(utf8);
    this.#isLikeApache = config.serveLike === "apache";
    this.#access = access;
    this.#reader = new FileReader({ root, config, folder, handlers, versions });
    const waiting = waits ? written : null;
    this.#fileRoutes = new FileRoutes({ root, config, waiting, interpreters, handlers, routes, access });
  }

  /**
   * The guards of a decoded, normalised path. They come first: before them no response says anything about the path.
   */
  guards({ path }: Pick<Target, "path">): readonly Guard[] {
    if (!this.#access.hasGuards) return unguarded;
    const located = this.#locate(path, byteString(""), true);
    const file = this.#reached(located, path);
    if (located.kind !== "known") return this.#access.guards([path], [file]);
    const { action, scriptName } = located.known; // of an index, its own path
    if (action === null) return this.#access.guards([path, scriptName], [file]);
    const passedTo = byteString(action + scriptName + located.pathInfo);
    const script = this.#reached(this.#locate(passedTo, byteString(""), true), passedTo);
    return this.#access.guards([path, scriptName, passedTo], [file, script]); // `passedTo` lies below `action`
  }

  /** A path's file, or the deepest existing folder on its way: a link there is guarded as its target is. */
  #reached(located: Located, asked: ByteString): ByteString {
    const file = located.kind === "known" ? located.known.file : located.file;
    if (file !== null) return file;
    const { route, path } = coveredBy(this.#routes, asked);
    const { prefix, folder } = this.#mountOf(route);
    let end: number = prefix.length;
    // Downwards: a path of thousands of segments, of which nothing exists, costs one stat.
    while (end < path.length) {
      const slash = path.indexOf("/", end + 1);
      const next = slash === -1 ? path.length : slash;
      if (!("isFile" in statOf(byteString(folder + path.slice(prefix.length, next))))) break;
      end = next;
    }
    return byteString(folder + path.slice(prefix.length, end));
  }

  #mountOf(route: MatchableRoute | null): Mount {
    const dir = route?.dir ?? null; // "" is the root of the disk
    return route && dir !== null ? { prefix: route.prefix, folder: dir } : this.#workspace;
  }

  /** What the target means, with the files on disk as they are now. */
  resolve(target: Pick<Target, "path" | "query">): Route {
    const located = this.#locate(target.path, target.query, true);
    if (located.kind !== "known") return located;
    const { known, pathInfo } = located;
    const denied = this.#access.deniedBehindLink(known.file);
    if (denied !== null) return denied;
    return known.action === null
      ? this.#fileRoutes.again(known, pathInfo)
      : this.#act(known, known.action, pathInfo, target.query);
  }

  /** A request for the script that gets the file, with the request's own path as path info. */
  #act({ file, scriptName }: KnownFile, action: ByteString, pathInfo: ByteString, query: ByteString): Route {
    const actionUrl = byteString(scriptName + pathInfo);
    const located = this.#locate(byteString(action + actionUrl), query, true);
    const isLoop = located.kind === "known" && located.known.action !== null;
    const denied = located.kind === "known" ? this.#access.deniedBehindLink(located.known.file) : null;
    if (denied !== null) return denied;
    const route = located.kind !== "known" || isLoop ? located : this.#fileRoutes.of(located.known, located.pathInfo);
    if (route.kind === "script" && route.pathInfo === actionUrl)
      return { ...route, pathTranslated: byteString(file + pathInfo), actionUrl };
    if (route.kind === "none" && (route.status === 403 || route.status === 503)) return route;
    const why = route.kind === "none" ? route.why : null;
    const names = { path: toDisplayText(actionUrl), action: toDisplayText(action), why };
    return { ...none(scriptName, 500, routeMessage("action-unusable", names)), file, pathInfo };
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

  #locate(asked: ByteString, query: ByteString, withHash: boolean): Located {
    if (!asked.startsWith("/") || asked.includes("\0")) return none(asked, 400, routeMessage("not-a-path"));
    const { route, path } = coveredBy(this.#routes, asked);
    const response = route && routeResponse(route, path, query);
    if (response) return response;
    if (route && this.#waits && (route.external ?? route.file ?? route.dir) !== null)
      return none(path, 503, routeMessage("route-untrusted", { route: route.config.path }));
    if (route?.external) return this.#fileRoutes.ofApplication(route, route.external, path);
    const mount = this.#mountOf(route);

    const last = this.#known.find(path, route?.file ? route.prefix.length : mount.prefix.length + 1, route);
    if (last !== null) return { kind: "known", known: last, pathInfo: latin1(path.slice(last.scriptName.length)) };

    const kept = copyOf(path); // not the request's whole head
    const found = route?.file
      ? routedFile(route, route.file, kept)
      : resolvePath(mount, kept, query, route?.index ?? this.#index);
    if (found.kind === "none") {
      const name = route?.config.fallback;
      const fallback = route && name !== undefined ? byteString(`${route.prefix}/${utf8(name)}`) : path;
      const elsewhere = (route?.index ?? this.#index).find((one) => one.startsWith("/"));
      const hasNoIndex = routeMessage.is(found.why, "no-index");
      if (hasNoIndex && elsewhere !== undefined) return this.#locate(elsewhere, query, withHash);
      if (fallback !== path && routeMessage.is(found.why, "not-found")) return this.#locate(fallback, query, withHash);
      if (hasNoIndex && route?.config.list) return this.#listing(found, mount);
      return hasNoIndex && this.#isLikeApache ? { ...found, status: 403 } : found;
    }
    if (!path.startsWith(found.scriptName)) {
      // An index: what holds for its own path holds for it.
      const { route: own } = coveredBy(this.#routes, found.scriptName);
      if (own !== route) return this.#locate(found.scriptName, query, withHash);
      const denied = route && deniedBy(route, found.scriptName);
      if (denied) return denied;
    }
    const base = route?.file ? null : mount.folder;
    const refusal = this.#access.refusal(found, base);
    if (refusal !== null) return none(path, 403, refusal);
    const known = this.#reader.read({ ...found, base }, route, withHash);
    if (withHash && isSettled(found.stats)) this.#known.keep(known, route);
    return { kind: "known", known, pathInfo: found.pathInfo };
  }

  /** A folder without an index, as a list of its files; any other reason why nothing is served stays. */
  #listing(found: NoRoute, { prefix, folder }: Mount): StaticRoute | NoRoute {
    const { scriptName } = found;
    const file = byteString(folder + scriptName.slice(prefix.length));
    const refusal = this.#access.refusal({ file, scriptName }, folder);
    if (refusal !== null) return none(scriptName, 403, refusal);
    const denied = this.#access.deniedBehindLink(withoutSlash(file));
    if (denied !== null) return denied;
    const lists = this.#access.lists(file, scriptName, folder, (path) => this.guards({ path }));
    const permits = this.#access.permits(folder);
    return { kind: "static", file, scriptName, pathInfo: byteString(""), lists, permits };
  }
}

/** The language by its first line or its handler, as far as a list needs it: no program is searched for. */
const agentOf = ({ row, handler, firstLine, mode }: KnownFile): AgentLanguage | null =>
  modeTraits[mode].isExternal
    ? null
    : (agentLanguageOf(row.action === "handler" ? (handler?.interpreter[0] ?? "") : shebangProgram(firstLine)) ??
      onlyLanguageOf(mode));
