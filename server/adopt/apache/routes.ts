// From Apache's mounts and sections to the workbench's routes. The longest path decides alone here, so each route has
// all that holds at its path: of the server, of the folders around it, of files in it, and of the URLs.
import { posix } from "node:path";
import { isWithin } from "../../base/disk.js";
import { config } from "../../contract/config.js";
import { kindAt } from "../config-files.js";
import { adoptMessage } from "../messages.js";
import type { Place, Report } from "../report.js";
import { PlaceSettings } from "./directives.js";
import { handlerKind, type Settings, settingsOf } from "./handlers.js";
import type { FollowedFolder } from "./links.js";
import type { Mount } from "./mounts.js";
import { type ApacheSite, type Block, withoutSlashes } from "./site.js";

type Route = NonNullable<Settings["routes"]>[number];
type Handlers = NonNullable<Settings["handlers"]>;

/** A URL path at which something begins to hold. */
interface Region {
  /** Without a final slash; "" is the root. */
  readonly url: string;
  /** Null: the files of the folder that is opened. */
  readonly mount: Mount | null;
  /** On the disk, if the mount leads there. */
  readonly path: string | null;
}

interface Made {
  readonly route: Route;
  /** The line that asked for it; null: none, it is the document root's. */
  readonly at: Place | null;
}
const maxRoutes = 1000;

interface Runs {
  readonly run: NonNullable<Route["run"]>;
  /** These extensions would run, but CGI is off. */
  readonly refused: readonly string[];
  /** PHP runs these. */
  readonly php: readonly string[];
}

interface Here {
  readonly settings: PlaceSettings;
  /** Names of files that are refused, with the line that does. */
  readonly denied: ReadonlyMap<string, Place | null>;
}

const isUrlWithin = (url: string, prefix: string): boolean => url === prefix || url.startsWith(`${prefix}/`);

export class RouteMaker {
  readonly #site: ApacheSite;
  readonly #report: Report;
  /** Whether what is not written is not there; else PHP and the like may be set up elsewhere. */
  readonly #isWhole: boolean;
  readonly #mounts: readonly Mount[];
  readonly #handlers: Handlers = {};
  /** Index files of all folders; null: the workbench's own. */
  readonly #index: readonly string[] | null;
  readonly #used = new Set<Block>();
  /** Whether a route has what the line says. */
  readonly #fallbacks = new Map<Place, boolean>();
  /** Where PHP runs files, of which extensions, and with which settings. */
  readonly #php: { readonly extensions: readonly string[]; readonly settings: PlaceSettings["php"] }[] = [];
  /** Links in these folders may lead out of them. */
  readonly followed: FollowedFolder[] = [];
  /** The lines that make a route redirect, refuse, or ask for a sign-in. */
  readonly lines = new Map<Route, readonly Place[]>();

  constructor(site: ApacheSite, report: Report, isWhole: boolean) {
    this.#site = site;
    this.#report = report;
    this.#isWhole = isWhole;
    this.#mounts = this.#reachable();
    const everywhere = new PlaceSettings();
    for (const block of site.blocks.filter(({ kind, names }) => kind === "server" && names === null))
      this.#apply(block, everywhere);
    this.#index = everywhere.index;
  }

  settings(): Settings {
    const routes = this.#regions().flatMap((region): Made[] => {
      const here = this.#here(region);
      const route = this.#route(region, here);
      if (route === null) return [];
      const decided = [...(route.deny === true || route.auth ? [here.settings.accessLine] : here.denied.values())];
      this.lines.set(
        route,
        [...new Set(decided)].filter((line) => line !== null),
      );
      return [{ route, at: region.mount?.place ?? null }];
    });
    for (const block of this.#site.blocks.filter((one) => !this.#used.has(one))) this.#judge(block);
    for (const [line, isServed] of this.#fallbacks)
      if (!isServed)
        this.#report.leftOut(line, adoptMessage("no-equivalent", { name: "a fallback in another folder" }));
    this.#handlePhp();
    const { hosts, admin, limits, inherit } = this.#site;
    const made = {
      server: {
        ...(hosts.length > 0 ? { hosts: [...new Set(hosts)].filter((host) => /^[^\s/?#@*]+$/.test(host)) } : {}),
        ...(admin === null ? {} : { admin }),
        ...(this.#index === null ? {} : { index: [...this.#index] }),
      },
      routes: this.#valid([...this.#answers(), ...routes]),
      handlers: this.#handlers,
      ...(inherit.length > 0 ? { inherit: [...inherit] } : {}),
      limits,
    };
    return Object.fromEntries(Object.entries(made).filter(([, value]) => Object.keys(value).length > 0));
  }

  /** Without those that an earlier one covers. */
  #reachable(): readonly Mount[] {
    const kept: Mount[] = [];
    for (const mount of this.#site.mounts) {
      const url = withoutSlashes(mount.url);
      const earlier = kept.find((one) => coversWholly(one, url));
      if (earlier) this.#report.leftOut(mount.place, adoptMessage("shadowed", { path: mount.url }));
      else kept.push(mount);
    }
    return kept;
  }

  #mountAt(url: string): Mount | null {
    const covering = this.#mounts.filter(
      (one) => isUrlWithin(url, withoutSlashes(one.url)) && !(one.leads.to === "redirect" && one.leads.redirect.exact),
    );
    return covering.toSorted((a, b) => b.url.length - a.url.length)[0] ?? null;
  }

  #regionAt(url: string): Region {
    const mount = this.#mountAt(url);
    const { documentRoot } = this.#site;
    if (mount === null) return { url, mount, path: documentRoot === null ? null : documentRoot + url };
    const path = mount.leads.to === "path" ? mount.leads.path : null;
    return { url, mount, path: path && withoutSlashes(path) + url.slice(withoutSlashes(mount.url).length) };
  }

  /** The root, each mount, and where a section begins below one of them; the shortest first. */
  #regions(): readonly Region[] {
    const urls = new Set([""]);
    const roots = this.#mounts.flatMap(({ url, leads }) =>
      leads.to === "path" ? [{ url: withoutSlashes(url), path: withoutSlashes(leads.path) }] : [],
    );
    for (const { url, leads } of this.#mounts)
      if (leads.to === "wsgi" || leads.to === "address") urls.add(withoutSlashes(url));
    if (this.#site.documentRoot !== null) roots.push({ url: "", path: withoutSlashes(this.#site.documentRoot) });
    for (const { url } of roots) urls.add(url);
    for (const { kind, paths } of this.#site.blocks)
      for (const path of paths) {
        if (kind === "location") urls.add(path);
        else for (const root of roots) if (isWithin(path, root.path)) urls.add(root.url + path.slice(root.path.length));
      }
    return [...urls].toSorted((a, b) => a.length - b.length).map((url) => this.#regionAt(url));
  }

  #here({ url, path }: Region): Here {
    const settings = new PlaceSettings();
    if (this.#site.isFolder) {
      settings.options.add("execcgi");
      settings.handlers.set(".cgi", "cgi-script");
    }
    const isOver = (place: string) => path !== null && (place === "" || isWithin(path, place));
    const blocks = this.#site.blocks.filter(({ kind, paths }) =>
      kind === "server" ? true : paths.some((one) => (kind === "location" ? isUrlWithin(url, one) : isOver(one))),
    );
    const longest = ({ paths }: Block) => Math.max(0, ...paths.map((one) => one.length));
    const folders = blocks.filter(({ kind }) => kind === "directory").toSorted((a, b) => longest(a) - longest(b));
    const locations = blocks.filter(({ kind }) => kind === "location");
    const [first] = this.#site.longestDecides ? locations.toSorted((a, b) => longest(b) - longest(a)) : [];
    const isAround = ({ section }: Block) => first === undefined || (section !== null && first.scope.includes(section));
    const ordered = [...blocks.filter(({ kind }) => kind === "server"), ...folders, ...locations.filter(isAround)];
    for (const block of ordered.filter(({ names }) => names === null)) this.#apply(block, settings);
    const denied = new Map<string, Place | null>();
    for (const block of ordered) if (block.names !== null) this.#applyToFiles(block, block.names, settings, denied);
    for (const name of denied.keys()) if (name.startsWith(".")) denied.delete(name);
    return { settings, denied };
  }

  #apply(block: Block, settings: PlaceSettings): void {
    this.#used.add(block);
    for (const one of block.apply) one(settings);
  }

  /** A section for names refuses them, or lets a handler run them. */
  #applyToFiles(
    block: Block,
    names: readonly string[],
    settings: PlaceSettings,
    denied: Map<string, Place | null>,
  ): void {
    const own = new PlaceSettings();
    own.options = settings.options;
    this.#apply(block, own);
    if (own.access.verdict === "granted") {
      const isCovered = denied.size > 0 && !names.every((name) => denied.delete(name));
      if (isCovered && block.section) this.#report.approximated(block.section, adoptMessage("condition-refused"));
    } else for (const name of names) denied.set(name, own.accessLine);
    if (own.handler !== null) {
      for (const name of names) {
        const extension = /^[*?]+(\.[^.*?]+)$/.exec(name)?.[1];
        if (extension !== undefined) {
          if (own.options.has("execcgi") && settings.handlers.size === 0) settings.options.add("execcgi");
          settings.handlers.set(extension.toLowerCase(), own.handler);
        } else this.#refuseSource(name, own.handler, block, denied);
      }
    }
    for (const [name, handler] of own.handlers) settings.handlers.set(name, handler);
    for (const [name, value] of own.variables) settings.variables.set(name, value);
    for (const [name, value] of own.php) settings.php.set(name, value);
  }

  /** A handler of single names would run them; here they would be sent as text. */
  #refuseSource(name: string, handler: string, { scope }: Block, denied: Map<string, Place | null>): void {
    const section = scope.findLast(({ key }) => key.startsWith("files"));
    const { kind } = handlerKind(handler, this.#site.circumstances.actions);
    if (section === undefined || this.#site.isFolder || kind === "static") return;
    denied.set(name, section);
    this.#report.approximated(section, adoptMessage("condition-refused"));
  }

  /** A section that no route came to: its lines are judged all the same. */
  #judge(block: Block): void {
    this.#apply(block, new PlaceSettings());
    if (block.section) this.#report.understood(block.section, adoptMessage("not-reached"));
  }

  /** Makes the routes of mounts that lead to no files: nothing else can hold at their paths. */
  #answers(): Made[] {
    return this.#mounts.flatMap(({ url: path, leads, place: at }): Made[] => {
      if (leads.to !== "redirect" && leads.to !== "nothing") return [];
      const route: Route = leads.to === "redirect" ? { path, redirect: leads.redirect } : { path, deny: true };
      this.lines.set(route, [at]);
      return [{ route, at }];
    });
  }

  #route(region: Region, { settings, denied: names }: Here): Route | null {
    const { url, mount } = region;
    const leads = mount?.leads;
    if (leads?.to === "redirect" || leads?.to === "nothing") return null;
    const isAtMount = mount !== null && withoutSlashes(mount.url) === url;
    const path = isAtMount ? mount.url : url === "" ? "/" : url;
    const isStrange =
      settings.handler !== null && handlerKind(settings.handler, this.#site.circumstances.actions).kind === "unknown";
    const guard = this.#guard(settings);
    if (isStrange && guard.deny !== true) return null;
    if (guard.deny === true) return { path, deny: true };
    const isProgram = leads !== undefined && (leads.to !== "path" || isProgramAt(leads.path));
    if (isProgram && !isAtMount) return guard.auth ? { path, deny: true } : null;
    const common: Route = { path, ...guard, ...this.#variables(settings, leads?.to === "wsgi") };
    if (leads?.to === "address") return { ...common, address: leads.address };
    if (leads?.to === "wsgi") return { ...common, file: leads.path, mode: "wsgi" };
    const runs = this.#runs(settings, leads?.isScript ?? false);
    if (region.path !== null) this.#php.push({ extensions: runs.php, settings: settings.php });
    const isFile = isProgram || (region.path !== null && kindAt(region.path) === "file");
    const file = isFile && region.path !== null ? withoutSlashes(region.path) : null;
    if (file !== null) {
      const isRun = Array.isArray(runs.run) ? runs.run.includes(posix.extname(file)) : runs.run === "all";
      return { ...common, file, ...(isRun ? {} : { run: false }) };
    }
    const denied = [...names.keys(), ...runs.refused.map((extension) => `*${extension}`)];
    const folder: Route = { ...common, ...(denied.length > 0 ? { deny: denied } : {}) };
    const isUsual = settings.options.has("execcgi") && settings.handlers.has(".cgi") && runs.run !== "all";
    const runsAll = this.#site.isFolder && isUsual;
    if (region.path !== null) folder.dir = region.path === "" ? "/" : region.path;
    if (region.path !== null && !runsAll) folder.run = runs.run;
    if (settings.options.has("indexes") && region.path !== null) folder.list = true;
    if (region.path !== null) this.#follow(region.path, settings);
    const index = settings.index ?? (this.#isWhole && region.path !== null ? ["index.html"] : null);
    if (index !== null && index.join("/") !== this.#index?.join("/")) folder.index = [...index];
    const { path: fallback = "", line } = settings.fallback ?? {};
    const target = posix.resolve("/", url, fallback);
    const isHere = fallback !== "" && !fallback.endsWith("/") && posix.dirname(target) === (url || "/");
    if (isHere) folder.fallback = posix.basename(target);
    if (line) this.#fallbacks.set(line, isHere && this.#fallbacks.get(line) !== false);
    return Object.keys(folder).length === 1 ? null : folder;
  }

  /** Links may lead out of a folder where Apache follows them. A folder that is opened has its own configuration. */
  #follow(folder: string, { options }: PlaceSettings): void {
    const isOwnerAsked = !options.has("followsymlinks") && options.has("symlinksifownermatch");
    if (this.#site.isFolder || !(options.has("followsymlinks") || isOwnerAsked)) return;
    this.followed.push({ folder, isOwnerAsked });
  }

  #variables(
    { variables, passAuthorization }: PlaceSettings,
    isWsgi: boolean,
  ): Pick<Route, "variables" | "passAuthorization"> {
    const { pythonPath } = this.#site;
    const all = {
      ...(isWsgi && pythonPath !== null ? { PYTHONPATH: pythonPath } : {}),
      ...Object.fromEntries(variables),
    };
    return {
      ...(Object.keys(all).length > 0 ? { variables: all } : {}),
      ...(passAuthorization ? { passAuthorization } : {}),
    };
  }

  #guard({ access }: PlaceSettings): Pick<Route, "deny" | "auth"> {
    const { verdict, type, realm, passwords } = access;
    if (verdict === "granted") return {};
    if (verdict === "denied" || type !== "basic" || passwords === null) return { deny: true };
    return { auth: { realm, htpasswd: passwords } };
  }

  /** Which extensions run, and which are refused because CGI is off where they would run. */
  #runs(settings: PlaceSettings, isScript: boolean): Runs {
    const { actions } = this.#site.circumstances;
    const mayRun = settings.options.has("execcgi");
    const whole = settings.handler === null ? null : handlerKind(settings.handler, actions);
    if (isScript || (whole?.kind === "cgi" && mayRun)) return { run: "all", refused: [], php: [] };
    if (whole?.kind === "cgi") return { run: false, refused: [""], php: [] };
    if (whole?.kind === "static") return { run: false, refused: [], php: [] };
    const kinds = new Map([...settings.handlers].map(([extension, name]) => [extension, handlerKind(name, actions)]));
    if (whole?.kind === "php" || (!this.#isWhole && !kinds.has(".php"))) kinds.set(".php", { kind: "php" });
    const run: string[] = [];
    const refused: string[] = [];
    const php: string[] = [];
    for (const [extension, handler] of kinds) {
      if (handler.kind === "static" || handler.kind === "unknown") continue;
      if (handler.kind === "cgi" && !mayRun) refused.push(extension);
      else {
        run.push(extension);
        if (handler.kind === "php") php.push(extension);
        const own = settingsOf(extension, handler, []);
        if (own !== null) this.#handlers[extension] = own;
      }
    }
    return { run: run.length === 0 ? false : run.toSorted(), refused, php };
  }

  /** One handler of an extension serves all folders, so settings that differ between them are left out. */
  #handlePhp(): void {
    const uses = this.#php.filter(({ extensions }) => extensions.length > 0);
    const isDifferent = new Set(uses.map(({ settings }) => iniOf(settings).join("\n"))).size > 1;
    for (const { extensions, settings } of uses) {
      if (isDifferent)
        for (const { line } of settings.values()) this.#report.leftOut(line, adoptMessage("php-settings-differ"));
      for (const extension of extensions) {
        const own = settingsOf(extension, { kind: "php" }, isDifferent ? [] : iniOf(settings));
        if (own !== null) this.#handlers[extension] = own;
      }
    }
  }

  /** Only those that the workbench's configuration can have, each path once. */
  #valid(made: readonly Made[]): Route[] {
    const seen = new Set<string>();
    return made.flatMap(({ route, at }) => {
      const key = route.redirect?.exact ? `exact ${route.path}` : withoutSlashes(route.path);
      if (seen.has(key)) return [];
      seen.add(key);
      if (seen.size <= maxRoutes && config.safeParse({ routes: [route] }).success) return [route];
      if (at) this.#report.leftOut(at, adoptMessage("route-refused", { path: route.path }));
      return [];
    });
  }
}

const iniOf = (settings: PlaceSettings["php"]): readonly string[] =>
  [...settings].map(([name, { value }]) => `${name}=${value}`);

/** The server never comes to another mount at this URL. */
function coversWholly({ url, leads }: Mount, other: string): boolean {
  if (leads.to === "redirect" && leads.redirect.exact) return false;
  // "/x/" does not cover "/x" itself.
  return url.endsWith("/") ? other.startsWith(url) || `${other}/` === url : isUrlWithin(other, url);
}

/** What is there decides; of what is not, its name: a program has an extension and no final slash. */
function isProgramAt(path: string): boolean {
  const kind = kindAt(withoutSlashes(path) || "/");
  return kind === null ? !path.endsWith("/") && posix.extname(path) !== "" : kind === "file";
}
