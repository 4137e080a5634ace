// Sorts the directives of Apache's configuration: where URL paths lead, and what holds in which section. Sections for
// other hosts, and those that the workbench has nothing like, are left out.
import { posix } from "node:path";
import { ProblemError } from "../../base/problem.js";
import { adoptMessage, adoptProblem } from "../messages.js";
import { namesOfPattern, pathsOfPattern, prefixesOfPattern } from "../patterns.js";
import { approximated, leftOut, type Outcome, type Report, understood } from "../report.js";
import { isRequireGroup } from "./access.js";
import { type Circumstances, malformed, PlaceSettings, placeDirectives, serverOwn } from "./directives.js";
import { isPhp } from "./handlers.js";
import { type AddMount, isAboutHidden, type Mount, mountDirectives } from "./mounts.js";
import { type ApacheConfiguration, type Directive, isOverride, type Section } from "./read.js";
import { rewrite } from "./rewrite.js";

/** What is written in one section, or outside of all. */
export interface Block {
  readonly kind: "server" | "directory" | "location";
  /** Paths that it covers: of the disk, or of URLs; without a final slash. */
  readonly paths: readonly string[];
  readonly section: Section | null;
  /** The section for names of files in it. */
  readonly files: Section | null;
  /** The sections around it, too. */
  readonly scope: readonly Section[];
  /** Names of files, as `deny` has them; null: it is about all of them. */
  readonly names: readonly string[] | null;
  readonly apply: ((at: PlaceSettings) => void)[];
}

const maxPlaces = 1000;
const tooMany = leftOut(adoptMessage("too-many-places"));

const isContainer = ({ key }: Section): boolean => /^(?:directory|location|files)(?:match)?$/.test(key);
const isTransparent = (section: Section): boolean =>
  isContainer(section) || isRequireGroup(section) || section.key === "virtualhost" || section.key === "limit";

export class ApacheSite {
  readonly blocks: Block[] = [];
  readonly circumstances: Circumstances;
  documentRoot: string | null;
  readonly longestDecides: boolean;
  /** It is made of `.htaccess` files alone. */
  readonly isFolder: boolean;
  readonly isWhole: boolean;
  readonly hosts: string[] = [];
  admin: string | null = null;
  readonly limits: { silenceMs?: number; requestBodyBytes?: number } = {};
  readonly inherit: string[] = [];
  /** PYTHONPATH of a WSGI application. */
  pythonPath: string | null = null;
  readonly #report: Report;
  readonly #mounts: Mount[] = [];
  #conditions: Directive[] = [];
  /** Whether rules hold, by the section. */
  readonly #rewrites = new Map<Section | null, boolean>();
  readonly #bases = new Map<Section | null, string>();

  /** `host`: the virtual host that is taken; null: the usual one. @throws ProblemError */
  constructor(given: ApacheConfiguration, report: Report, host: string | null) {
    const chosen = chosenHost(given, host);
    const own = given.directives.filter((directive) => isOfHost(directive, chosen, report));
    const actions = new Map(
      own.flatMap(({ key, words: [name = "", url = ""] }) =>
        key === "action" && url.startsWith("/") && !(given.runsPhp && isPhp(name)) ? [[name.toLowerCase(), url]] : [],
      ),
    );
    this.circumstances = { serverRoot: given.serverRoot, actions };
    this.documentRoot = given.documentRoot ?? null;
    this.isFolder = given.documentRoot !== undefined;
    this.isWhole = given.isWhole;
    this.longestDecides = given.longestDecides ?? false;
    this.#report = report;
    for (const directive of own) this.#add(directive);
  }

  /** In the order in which the server asks: redirects first, and a virtual host's before the whole server's. */
  get mounts(): readonly Mount[] {
    const rank = ({ leads, place: { scope } }: Mount): number =>
      (leads.to === "redirect" || leads.to === "nothing" ? 0 : 2) +
      (scope.some(({ key }) => key === "virtualhost") ? 0 : 1);
    return this.#mounts.toSorted((a, b) => (this.longestDecides ? b.url.length - a.url.length : rank(a) - rank(b)));
  }

  #add(directive: Directive): void {
    const strange = directive.scope.find((section) => !isTransparent(section));
    const why = /^(?:if|else)/.test(strange?.key ?? "")
      ? adoptMessage("per-request")
      : adoptMessage("no-equivalent", { name: `<${strange?.key}>` });
    if (strange) for (const one of [strange, directive]) this.#report.leftOut(one, why);
    else this.#report.note(directive, this.#sorted(directive));
  }

  #sorted(directive: Directive): Outcome {
    const { key, name, words, scope } = directive;
    const [word = ""] = words;
    const inner = scope.at(-1) ?? null;
    const mounts = mountDirectives[key];
    if (mounts) {
      const outcome = mounts(directive, this.#mountOf(directive));
      return this.#mounts.length < maxPlaces ? outcome : tooMany;
    }
    if (refusesHidden(directive)) return understood(adoptMessage("server-own"));
    const apply = placeDirectives[key];
    if (apply) {
      const whyNot = this.#apply(scope, (at) => void apply(at, directive, this.circumstances));
      return whyNot ?? apply(new PlaceSettings(), directive, this.circumstances);
    }
    if (key === "documentroot" && word.startsWith("/")) this.documentRoot = word;
    else if (key === "documentroot") return malformed(directive);
    else if (key === "servername" || key === "serveralias") this.hosts.push(...words.map(hostNamed));
    else if (key === "serveradmin") this.admin = word === "" || /["&<>]/.test(word) ? null : word;
    else if (key === "serversignature")
      return /^email$/i.test(word) ? null : approximated(adoptMessage("signature-everywhere"));
    else if (key === "passenv") this.inherit.push(...words);
    else if (key === "timeout") this.limits.silenceMs = Number(word) * 1000;
    else if (key === "limitrequestbody") this.limits.requestBodyBytes = Number(word);
    else if (key === "listen") return understood(adoptMessage("own-port"));
    else if (isOverride.test(key))
      return directive.htaccess === undefined
        ? null
        : approximated(adoptMessage("htaccess-not-read", { path: directive.htaccess }));
    else if (key === "wsgidaemonprocess" || key === "wsgipythonpath" || key === "wsgipythonhome") {
      const path = key === "wsgipythonpath" ? words[0] : words.find((one) => /^python-path=/.test(one))?.slice(12);
      this.pythonPath = path ?? this.pythonPath;
      return key === "wsgipythonpath" ? null : approximated(adoptMessage("other-processes"));
    } else if (key === "rewritebase") this.#bases.set(inner, word);
    else if (key === "rewriteengine") this.#rewrites.set(inner, /^on$/i.test(word));
    else if (key === "rewritecond") this.#conditions.push(directive);
    else if (key === "rewriterule") return this.#rewrite(directive);
    else if (key === "action") return word === "" ? malformed(directive) : null;
    else if (serverOwn.test(key)) return understood(adoptMessage("server-own"));
    else if (
      /^(?:header|requestheader|expires\w*|add\w+|default\w+|forcetype|setoutputfilter|proxy\w*|auth\w+)$/.test(key)
    )
      return leftOut(adoptMessage("no-equivalent", { name }));
    else return leftOut(adoptMessage("unknown-directive", { name }));
    return null;
  }

  #mountOf =
    (place: Directive): AddMount =>
    (url, leads) => {
      if (this.#mounts.length < maxPlaces) this.#mounts.push({ url, place, leads });
      return null;
    };

  #rewrite(rule: Directive): Outcome {
    const conditions = this.#conditions;
    this.#conditions = [];
    const inner = rule.scope.at(-1) ?? null;
    if (!(this.#rewrites.get(inner) ?? !this.isFolder)) {
      const skipped = understood(adoptMessage("condition-false", { condition: "RewriteEngine On" }));
      for (const one of [rule, ...conditions]) this.#report.note(one, skipped);
      return skipped;
    }
    const section = rule.scope.findLast(({ key }) => key === "directory") ?? null;
    // A rule of a folder sees what is behind the folder's own path, which only RewriteBase tells here.
    const base = section === null ? null : (this.#bases.get(inner) ?? section.base ?? "");
    const add = this.#mountOf(rule);
    const mount: AddMount = (url, leads) => (url.startsWith("/") ? add(url, leads) : null);
    const { outcome, apply } = rewrite(rule, conditions, base, mount);
    const whyNot = this.#apply(rule.scope, apply);
    if (whyNot !== null) return whyNot;
    for (const one of conditions) this.#report.note(one, outcome);
    return outcome;
  }

  /** Lets it hold in the section; not null: why it cannot. */
  #apply(scope: readonly Section[], apply?: (at: PlaceSettings) => void): Outcome {
    const containers = scope.filter(isContainer);
    const files = containers.findLast(({ key }) => key.startsWith("files")) ?? null;
    const section = containers.findLast(({ key }) => !key.startsWith("files")) ?? null;
    let block = this.blocks.find((one) => one.section === section && one.files === files);
    if (block === undefined) {
      if (this.blocks.length >= maxPlaces) return tooMany;
      const paths = section === null ? [] : pathsOf(section);
      const names = files === null ? null : namesOf(files);
      if (paths === null || names === undefined) {
        const pattern = (paths === null ? section : files)?.words.join(" ") ?? "";
        return leftOut(adoptMessage("pattern-not-understood", { pattern }));
      }
      const kind = section === null ? "server" : section.key.startsWith("dir") ? "directory" : "location";
      block = { kind, paths, section, files, scope, names, apply: [] };
      this.blocks.push(block);
    }
    if (apply) block.apply.push(apply);
    return null;
  }
}

/** The directive refuses hidden files, which the workbench never serves. */
const refusesHidden = ({ key, words, scope }: Directive): boolean =>
  ((key === "require" && words.join(" ") === "all denied") || (key === "deny" && words.join(" ") === "from all")) &&
  isAboutHidden(scope.at(-1)?.words.at(-1) ?? "");

/** What a host has that serves something, and does not only lead elsewhere. */
const serves = /^(?:documentroot|(?:wsgi)?(?:script)?alias(?:match)?|proxypass)$/;

/** The whole host leads elsewhere, whatever the request. */
const leadsAway = ({ key, words, scope }: Directive, at: number, all: readonly Directive[]): boolean => {
  if (scope.at(-1)?.key !== "virtualhost") return false;
  if (/^redirect(?:permanent|temp)?$/.test(key)) return words.at(-2) === "/";
  if (key === "redirectmatch") return ofAll.test(words.at(-2) ?? "");
  const [pattern = "", , flags = ""] = words;
  const isRedirect = key === "rewriterule" && ofAll.test(pattern) && /[[,]R(?:[=,\]]|edirect)/i.test(flags);
  const { key: before, words: [tested = ""] = [] } = all[at - 1] ?? {};
  return isRedirect && (before !== "rewritecond" || ofHost.test(tested));
};
/** What is the same for each request to a host. */
const ofHost = /^%\{(?:HTTPS|REQUEST_SCHEME|SERVER_PORT|SERVER_NAME)\}$/;
/** A pattern that every path matches. */
const ofAll = /^(?:\^?\/?\??\(?\.\*\)?\$?|\^\/?|\/|\.)$/;

/** Null: everything outside of virtual hosts. */
function chosenHost(
  { directives, answersOtherHosts, longestDecides }: ApacheConfiguration,
  host: string | null,
): Section | null {
  const hostsOf = ({ scope }: Directive) => scope.filter(({ key }) => key === "virtualhost");
  const sections = new Set(directives.flatMap(hostsOf));
  const hasMain = directives.some((one) => one.key === "documentroot" && hostsOf(one).length === 0);
  if (host === null) {
    if (answersOtherHosts && hasMain) return null;
    const away = new Set(directives.filter(leadsAway).flatMap(hostsOf));
    const serving = directives.filter(({ key }) => serves.test(key)).flatMap(hostsOf);
    // Every host of Apache that has no DocumentRoot serves the main one.
    const likely = hasMain && !longestDecides ? [...sections].filter((one) => !away.has(one)) : serving;
    return [...likely, ...serving, ...sections][0] ?? null;
  }
  const conditions = [...sections].flatMap((section) => section.words.map((name) => ({ name, section })));
  const servers = directives.flatMap(({ key, words, scope }) =>
    key === "servername" || key === "serveralias"
      ? words.flatMap((name) => scope.filter((one) => sections.has(one)).map((section) => ({ name, section })))
      : [],
  );
  const named = answersOtherHosts ? conditions : servers;
  const found = named.find(({ name }) => name === host);
  const hosts = named.map(({ name }) => name).join(", ");
  if (!found) throw new ProblemError(adoptProblem("adopt-host-unknown", { name: host, hosts }));
  return found.section;
}

function isOfHost(directive: Directive, chosen: Section | null, report: Report): boolean {
  const other = directive.scope.find((section) => section.key === "virtualhost" && section !== chosen);
  if (other) report.leftOut(directive, adoptMessage("other-host", { name: other.words.join(" ") }));
  return other === undefined;
}

const hostNamed = (word: string): string => word.replace(/^\w+:\/\//, "").replace(/:\d+$/, "");

/** Without final slashes; null: a pattern that is more than plain paths. */
function pathsOf({ key, words }: Section): readonly string[] | null {
  const isPattern = key.endsWith("match") || words[0] === "~";
  const [path = ""] = words[0] === "~" ? words.slice(1) : words;
  if (!isPattern) return /[*?[]/.test(path) || !path.startsWith("/") ? null : [withoutSlashes(path)];
  return (prefixesOfPattern(path) ?? pathsOfPattern(path))?.map(withoutSlashes) ?? null;
}

/** Undefined: a pattern that is more than a list of names. */
function namesOf({ key, words }: Section): readonly string[] | undefined {
  const isPattern = key === "filesmatch" || words[0] === "~";
  const [name = ""] = words[0] === "~" ? words.slice(1) : words;
  if (isPattern) return namesOfPattern(name) ?? undefined;
  return name === "" || /[/[\]]/.test(name) ? undefined : [name];
}

/** The path as both servers take it: without "..", without slashes side by side or at the end. */
export const withoutSlashes = (path: string): string => posix.normalize(path).replace(/\/$/, "");
