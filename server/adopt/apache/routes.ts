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

const maxRoutes = 1000;

interface Runs {
  readonly run: NonNullable<Route["run"]>;
  /** These extensions would run, but CGI is off. */
  readonly refused: readonly string[];
  /** PHP runs these. */
  readonly php: readonly string[];
}

/** Names of files that are refused, with the line that does. */
type Denied = Map<string, Place | null>;

const isUrlWithin = (url: string, prefix: string): boolean => url === prefix || url.startsWith(`${prefix}/`);

export class RouteMaker {
  readonly #site: ApacheSite;
  readonly #report: Report;
  readonly #mounts: Mount[] = [];
  readonly #routes: Route[] = [];
  /** The paths that have a route. */
  readonly #seen = new Set<string>();
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

  constructor(site: ApacheSite, report: Report) {
    this.#site = site;
    this.#report = report;
    for (const mount of site.mounts)
      if (this.#mounts.some((one) => coversWholly(one, withoutSlashes(mount.url))))
        report.leftOut(mount.place, adoptMessage("shadowed", { path: mount.url }));
      else this.#mounts.push(mount);
    const everywhere = new PlaceSettings();
    for (const block of site.blocks.filter(({ kind, names }) => kind === "server" && names === null))
      this.#apply(block, everywhere);
    this.#index = everywhere.index;
  }

  settings(): Settings {
    // Nothing else can hold at the paths of mounts that lead to no files.
    for (const { url: path, leads, place } of this.#mounts)
      if (leads.to === "redirect") this.#keep({ path, redirect: leads.redirect }, place, [place]);
      else if (leads.to === "nothing") this.#keep({ path, deny: true }, place, [place]);
    for (const region of this.#regions()) {
      const [settings, denied] = this.#here(region);
      const route = this.#route(region, settings, denied);
      if (route === null) continue;
      const decided = [...(route.deny === true || route.auth ? [settings.accessLine] : denied.values())];
      this.#keep(route, region.mount?.place ?? null, [...new Set(decided)]);
    }
    // The lines of a section that no route came to are judged all the same.
    for (const block of this.#site.blocks.filter((one) => !this.#used.has(one))) {
      this.#apply(block, new PlaceSettings());
      if (block.section) this.#report.understood(block.section, adoptMessage("not-reached"));
    }
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
      routes: this.#routes,
      handlers: this.#handlers,
      inherit,
      limits,
    };
    return Object.fromEntries(Object.entries(made).filter(([, value]) => Object.keys(value).length > 0));
  }

  /** Only what the workbench's configuration can have, each path once. `at`: the line that asked for the route. */
  #keep(route: Route, at: Place | null, decided: readonly (Place | null)[]): void {
    const key = route.redirect?.exact ? `exact ${route.path}` : withoutSlashes(route.path);
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    if (this.#seen.size > maxRoutes || !config.safeParse({ routes: [route] }).success) {
      if (at) this.#report.leftOut(at, adoptMessage("route-refused", { path: route.path }));
      return;
    }
    this.#routes.push(route);
    this.lines.set(
      route,
      decided.filter((line) => line !== null),
    );
  }

  /** The root, each mount, and where a section begins below one of them; the shortest first. */
  #regions(): readonly Region[] {
    const { documentRoot, blocks } = this.#site;
    const urls = new Set([""]);
    const roots = this.#mounts.flatMap(({ url, leads }) =>
      leads.to === "path" ? [{ url: withoutSlashes(url), path: withoutSlashes(leads.path) }] : [],
    );
    for (const { url, leads } of this.#mounts)
      if (leads.to === "wsgi" || leads.to === "address") urls.add(withoutSlashes(url));
    if (documentRoot !== null) roots.push({ url: "", path: withoutSlashes(documentRoot) });
    for (const { url } of roots) urls.add(url);
    for (const { kind, paths } of blocks)
      for (const path of paths) {
        if (kind === "location") urls.add(path);
        else for (const root of roots) if (isWithin(path, root.path)) urls.add(root.url + path.slice(root.path.length));
      }
    return [...urls]
      .toSorted((a, b) => a.length - b.length)
      .map((url) => {
        const [mount = null] = this.#mounts
          .filter(({ leads, url: at }) => isUrlWithin(url, withoutSlashes(at)) && !isExact(leads))
          .toSorted((a, b) => b.url.length - a.url.length);
        if (mount === null) return { url, mount, path: documentRoot === null ? null : documentRoot + url };
        const path = mount.leads.to === "path" ? mount.leads.path : null;
        return { url, mount, path: path && withoutSlashes(path) + url.slice(withoutSlashes(mount.url).length) };
      });
  }

  /** What holds there, and the names of files that are refused. */
  #here({ url, path }: Region): [PlaceSettings, Denied] {
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
    const ofKind = (kind: Block["kind"]) => blocks.filter((one) => one.kind === kind);
    const folders = ofKind("directory").toSorted((a, b) => longest(a) - longest(b));
    const locations = ofKind("location");
    const [first] = this.#site.longestDecides ? locations.toSorted((a, b) => longest(b) - longest(a)) : [];
    const isAround = ({ section }: Block) => first === undefined || (section !== null && first.scope.includes(section));
    const ordered = [...ofKind("server"), ...folders, ...locations.filter(isAround)];
    for (const block of ordered.filter(({ names }) => names === null)) this.#apply(block, settings);
    const denied: Denied = new Map();
    for (const block of ordered) if (block.names !== null) this.#applyToFiles(block, block.names, settings, denied);
    for (const name of denied.keys()) if (name.startsWith(".")) denied.delete(name);
    return [settings, denied];
  }

  #apply(block: Block, settings: PlaceSettings): void {
    this.#used.add(block);
    for (const one of block.apply) one(settings);
  }

  /** A section for names refuses them, or lets a handler run them. */
  #applyToFiles(block: Block, names: readonly string[], settings: PlaceSettings, denied: Denied): void {
    const own = new PlaceSettings();
    own.options = settings.options;
    this.#apply(block, own);
    if (own.access.verdict === "granted") {
      const isCovered = denied.size > 0 && !names.every((name) => denied.delete(name));
      if (isCovered && block.section) this.#report.approximated(block.section, adoptMessage("condition-refused"));
    } else for (const name of names) denied.set(name, own.accessLine);
    const { handler } = own;
    if (handler !== null)
      for (const name of names) {
        const extension = /^[*?]+(\.[^.*?]+)$/.exec(name)?.[1];
        if (extension !== undefined) {
          if (own.options.has("execcgi") && settings.handlers.size === 0) settings.options.add("execcgi");
          settings.handlers.set(extension.toLowerCase(), handler);
        } else if (block.files && !this.#site.isFolder && this.#kindOf(handler) !== "static") {
          // A handler of single names would run them; here they would be sent as text.
          denied.set(name, block.files);
          this.#report.approximated(block.files, adoptMessage("condition-refused"));
        }
      }
    for (const [name, handler] of own.handlers) settings.handlers.set(name, handler);
    for (const [name, value] of own.variables) settings.variables.set(name, value);
    for (const [name, value] of own.php) settings.php.set(name, value);
  }

  #kindOf = (handler: string | null) => handler && handlerKind(handler, this.#site.circumstances.actions).kind;

  #route(region: Region, settings: PlaceSettings, names: Denied): Route | null {
    const { url, mount } = region;
    const leads = mount?.leads;
    if (leads?.to === "redirect" || leads?.to === "nothing") return null;
    const isAtMount = mount !== null && withoutSlashes(mount.url) === url;
    const path = isAtMount ? mount.url : url === "" ? "/" : url;
    const guard = guardOf(settings);
    if (guard.deny === true) return { path, deny: true };
    if (this.#kindOf(settings.handler) === "unknown") return null;
    const isProgram = leads !== undefined && (leads.to !== "path" || isProgramAt(leads.path));
    if (isProgram && !isAtMount) return guard.auth ? { path, deny: true } : null;
    const { options, passAuthorization } = settings;
    const { pythonPath, isFolder, isWhole } = this.#site;
    const isWsgi = leads?.to === "wsgi";
    const given = isWsgi && pythonPath !== null ? [["PYTHONPATH", pythonPath] as const] : [];
    const variables = new Map([...given, ...settings.variables]);
    const common: Route = {
      path,
      ...guard,
      ...(variables.size > 0 && { variables: Object.fromEntries(variables) }),
      ...(passAuthorization && { passAuthorization }),
    };
    if (leads?.to === "address") return { ...common, address: leads.address };
    if (isWsgi) return { ...common, file: leads.path, mode: "wsgi" };
    const runs = this.#runs(settings, leads?.isScript ?? false);
    const denied = [...names.keys(), ...runs.refused.map((extension) => `*${extension}`)];
    const folder: Route = { ...common, ...(denied.length > 0 && { deny: denied }) };
    if (region.path !== null) {
      this.#php.push({ extensions: runs.php, settings: settings.php });
      if (isProgram || kindAt(region.path) === "file") {
        const file = withoutSlashes(region.path);
        const isRun = Array.isArray(runs.run) ? runs.run.includes(posix.extname(file)) : runs.run === "all";
        return { ...common, file, ...(isRun ? {} : { run: false }) };
      }
      folder.dir = region.path === "" ? "/" : region.path;
      const isUsual = options.has("execcgi") && settings.handlers.has(".cgi") && runs.run !== "all";
      if (!isFolder || !isUsual) folder.run = runs.run;
      if (options.has("indexes")) folder.list = true;
      // Links may lead out of a folder where Apache follows them. An opened folder has its own configuration.
      const isOwnerAsked = !options.has("followsymlinks") && options.has("symlinksifownermatch");
      if (!isFolder && (options.has("followsymlinks") || isOwnerAsked))
        this.followed.push({ folder: region.path, isOwnerAsked });
    }
    const index = settings.index ?? (isWhole && region.path !== null ? ["index.html"] : null);
    if (index !== null && index.join("/") !== this.#index?.join("/")) folder.index = [...index];
    const { path: fallback = "", line } = settings.fallback ?? {};
    const target = posix.resolve("/", url, fallback);
    const isHere = fallback !== "" && !fallback.endsWith("/") && posix.dirname(target) === (url || "/");
    if (isHere) folder.fallback = posix.basename(target);
    if (line) this.#fallbacks.set(line, isHere && this.#fallbacks.get(line) !== false);
    return Object.keys(folder).length === 1 ? null : folder;
  }

  /** Which extensions run, and which are refused because CGI is off where they would run. */
  #runs(settings: PlaceSettings, isScript: boolean): Runs {
    const { actions } = this.#site.circumstances;
    const mayRun = settings.options.has("execcgi");
    const whole = this.#kindOf(settings.handler);
    if (isScript || (whole === "cgi" && mayRun)) return { run: "all", refused: [], php: [] };
    if (whole === "cgi" || whole === "static") return { run: false, refused: whole === "cgi" ? [""] : [], php: [] };
    const kinds = new Map([...settings.handlers].map(([extension, name]) => [extension, handlerKind(name, actions)]));
    if (whole === "php" || (!this.#site.isWhole && !kinds.has(".php"))) kinds.set(".php", { kind: "php" });
    const known = [...kinds].filter(([, { kind }]) => kind !== "static" && kind !== "unknown");
    const isRefused = ([, { kind }]: (typeof known)[number]) => kind === "cgi" && !mayRun;
    const running = known.filter((one) => !isRefused(one));
    for (const [extension, handler] of running) {
      const own = settingsOf(extension, handler, []);
      if (own !== null) this.#handlers[extension] = own;
    }
    return {
      run: running.length === 0 ? false : running.map(([extension]) => extension).toSorted(),
      refused: known.filter(isRefused).map(([extension]) => extension),
      php: running.filter(([, { kind }]) => kind === "php").map(([extension]) => extension),
    };
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
}

function guardOf({ access }: PlaceSettings): Pick<Route, "deny" | "auth"> {
  const { verdict, type, realm, passwords } = access;
  if (verdict === "granted") return {};
  if (verdict === "denied" || type !== "basic" || passwords === null) return { deny: true };
  return { auth: { realm, htpasswd: passwords } };
}

const isExact = (leads: Mount["leads"]): boolean => leads.to === "redirect" && leads.redirect.exact === true;

const iniOf = (settings: PlaceSettings["php"]): readonly string[] =>
  [...settings].map(([name, { value }]) => `${name}=${value}`);

/** The server never comes to another mount at this URL. */
function coversWholly({ url, leads }: Mount, other: string): boolean {
  if (isExact(leads)) return false;
  // "/x/" does not cover "/x" itself.
  return url.endsWith("/") ? other.startsWith(url) || `${other}/` === url : isUrlWithin(other, url);
}

/** What is there decides; of what is not, its name: a program has an extension and no final slash. */
function isProgramAt(path: string): boolean {
  const kind = kindAt(withoutSlashes(path) || "/");
  return kind === null ? !path.endsWith("/") && posix.extname(path) !== "" : kind === "file";
}
