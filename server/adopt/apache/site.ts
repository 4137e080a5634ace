// Sorts the directives of Apache's configuration: where URL paths lead, and what holds in which section. Sections for
// other hosts, and those that the workbench has nothing like, are left out.
import { posix } from "node:path";
import { ProblemError } from "../../base/problem.js";
import { kindAt } from "../config-files.js";
import { adoptMessage, adoptProblem } from "../messages.js";
import { namesOfPattern, pathsOfPattern, prefixesOfPattern } from "../patterns.js";
import type { Report } from "../report.js";
import { isRequireGroup } from "./access.js";
import {
  type Circumstances,
  malformed,
  type Outcome,
  PlaceSettings,
  placeDirectives,
  serverOwn,
} from "./directives.js";
import { isPhp } from "./handlers.js";
import { type Mount, mountDirectives } from "./mounts.js";
import type { ApacheConfiguration, Directive, Section } from "./read.js";
import { rewrite } from "./rewrite.js";

/** What is written in one section, or outside of all. */
export interface Block {
  readonly kind: "server" | "directory" | "location";
  /** Paths that it covers: of the disk, or of URLs; without a final slash. */
  readonly paths: readonly string[];
  readonly section: Section | null;
  /** The sections around it, too. */
  readonly scope: readonly Section[];
  /** Names of files, as `deny` has them; null: it is about all of them. */
  readonly names: readonly string[] | null;
  readonly apply: ((at: PlaceSettings) => void)[];
}

interface OwnedMount {
  readonly mount: Mount;
  /** It is a virtual host's, which come before the whole server's. */
  readonly isHosts: boolean;
}

export interface ApacheSite {
  /** In the order in which the server asks: redirects first. */
  readonly mounts: readonly Mount[];
  readonly blocks: readonly Block[];
  readonly circumstances: Circumstances;
  readonly documentRoot: string | null;
  readonly hosts: readonly string[];
  readonly longestDecides: boolean;
  /** It is made of `.htaccess` files alone. */
  readonly isFolder: boolean;
  readonly admin: string | null;
  readonly limits: { silenceMs?: number; requestBodyBytes?: number };
  readonly inherit: readonly string[];
  /** PYTHONPATH of a WSGI application. */
  readonly pythonPath: string | null;
}

const maxPlaces = 1000;
const tooMany: NonNullable<Outcome> = { result: "left-out", message: adoptMessage("too-many-places") };

const isContainer = ({ key }: Section): boolean => /^(?:directory|location|files)(?:match)?$/.test(key);
const isTransparent = (section: Section): boolean =>
  isContainer(section) || isRequireGroup(section) || section.key === "virtualhost" || section.key === "limit";

/** `host`: the virtual host that is taken; null: the first. */
export function sortSite(configuration: ApacheConfiguration, report: Report, host: string | null): ApacheSite {
  const { directives, serverRoot, longestDecides = false, documentRoot = null, runsPhp = false } = configuration;
  const chosen = chosenHost(directives, host);
  const own = directives.filter((directive) => isOfHost(directive, chosen, report));
  const actions = new Map(
    own.flatMap(({ key, words: [name = "", url = ""] }) =>
      key === "action" && url.startsWith("/") && !(runsPhp && isPhp(name)) ? [[name.toLowerCase(), url] as const] : [],
    ),
  );
  const sorter = new Sorter(report, { serverRoot, actions }, longestDecides, documentRoot);
  for (const directive of own) sorter.add(directive);
  return sorter.site();
}

/** Null: everything outside of virtual hosts, because there are none. */
function chosenHost(directives: readonly Directive[], host: string | null): Section | null {
  const sections = new Set(directives.flatMap(({ scope }) => scope.filter(({ key }) => key === "virtualhost")));
  const named = new Map(
    [...sections].map((section) => [
      section,
      directives.flatMap(({ key, words, scope }) =>
        scope.includes(section) && (key === "servername" || key === "serveralias") ? words : [],
      ),
    ]),
  );
  if (host === null) return [...sections][0] ?? null;
  const found = [...sections].find((section) => named.get(section)?.includes(host));
  const hosts = [...named.values()].flat().join(", ");
  if (!found) throw new ProblemError(adoptProblem("adopt-host-unknown", { name: host, hosts }));
  return found;
}

function isOfHost(directive: Directive, chosen: Section | null, report: Report): boolean {
  const other = directive.scope.find((section) => section.key === "virtualhost" && section !== chosen);
  if (other) report.leftOut(directive, adoptMessage("other-host", { name: other.words.join(" ") }));
  return other === undefined;
}

class Sorter {
  readonly #report: Report;
  readonly #circumstances: Circumstances;
  readonly #longestDecides: boolean;
  readonly #mounts: OwnedMount[] = [];
  readonly #blocks = new Map<string, Block>();
  readonly #ids = new Map<Section, number>();
  #conditions: Directive[] = [];
  /** Whether rules hold, by the section. */
  readonly #rewrites = new Map<Section | null, boolean>();
  #bases = new Map<Section | null, string>();
  readonly #isFolder: boolean;
  #documentRoot: string | null;
  readonly #hosts: string[] = [];
  readonly #inherit: string[] = [];
  readonly #limits: ApacheSite["limits"] = {};
  #admin: string | null = null;
  #pythonPath: string | null = null;

  constructor(report: Report, circumstances: Circumstances, longestDecides: boolean, folder: string | null) {
    this.#documentRoot = folder;
    this.#isFolder = folder !== null;
    this.#longestDecides = longestDecides;
    this.#report = report;
    this.#circumstances = circumstances;
  }

  site(): ApacheSite {
    const rank = ({ mount, isHosts }: OwnedMount): number =>
      (mount.leads.to === "redirect" || mount.leads.to === "nothing" ? 0 : 2) + (isHosts ? 0 : 1);
    return {
      mounts: this.#mounts
        .toSorted((a, b) => (this.#longestDecides ? b.mount.url.length - a.mount.url.length : rank(a) - rank(b)))
        .map(({ mount }) => mount),
      blocks: [...this.#blocks.values()],
      circumstances: this.#circumstances,
      documentRoot: this.#documentRoot,
      hosts: this.#hosts,
      longestDecides: this.#longestDecides,
      isFolder: this.#isFolder,
      admin: this.#admin,
      limits: this.#limits,
      inherit: this.#inherit,
      pythonPath: this.#pythonPath,
    };
  }

  add(directive: Directive): void {
    const strange = directive.scope.find((section) => !isTransparent(section));
    if (strange) {
      const isCondition = /^(?:if|else)/.test(strange.key);
      const why = isCondition
        ? adoptMessage("per-request")
        : adoptMessage("no-equivalent", { name: `<${strange.key}>` });
      for (const one of [strange, directive]) this.#report.leftOut(one, why);
      return;
    }
    this.#note(directive, this.#sorted(directive));
  }

  #note(directive: Directive, outcome: Outcome): void {
    if (outcome === null) this.#report.understood(directive);
    else if (outcome.result === "understood") this.#report.understood(directive, outcome.message);
    else if (outcome.result === "approximated") this.#report.approximated(directive, outcome.message);
    else this.#report.leftOut(directive, outcome.message);
  }

  #sorted(directive: Directive): Outcome {
    const { key, name, words, scope } = directive;
    const [word = ""] = words;
    const mounts = mountDirectives[key]?.(directive);
    if (mounts) {
      for (const mount of mounts.mounts) this.#mount(mount);
      return this.#mounts.length < maxPlaces ? mounts.outcome : tooMany;
    }
    const apply = placeDirectives[key];
    if (apply) {
      const block = this.#blockOf(scope);
      if ("result" in block) return block;
      block.apply.push((at) => void apply(at, directive, this.#circumstances));
      return apply(new PlaceSettings(), directive, this.#circumstances);
    }
    if (key === "documentroot" && word.startsWith("/")) this.#documentRoot = word;
    else if (key === "documentroot") return malformed(directive);
    else if (key === "servername" || key === "serveralias") this.#hosts.push(...words.map(hostNamed));
    else if (key === "serveradmin") this.#admin = word === "" || /["&<>]/.test(word) ? null : word;
    else if (key === "serversignature") return signature(word);
    else if (key === "passenv") this.#inherit.push(...words);
    else if (key === "timeout") this.#limits.silenceMs = Number(word) * 1000;
    else if (key === "limitrequestbody") this.#limits.requestBodyBytes = Number(word);
    else if (key === "listen") return { result: "understood", message: adoptMessage("own-port") };
    else if (key === "allowoverride" || key === "allowoverridelist") return this.#override(directive);
    else if (key === "wsgidaemonprocess" || key === "wsgipythonpath" || key === "wsgipythonhome")
      return this.#python(directive);
    else if (key === "rewritebase") this.#bases.set(scope.at(-1) ?? null, word);
    else if (key === "rewriteengine") this.#rewrites.set(scope.at(-1) ?? null, /^on$/i.test(word));
    else if (key === "rewritecond") this.#conditions.push(directive);
    else if (key === "rewriterule") return this.#rewrite(directive);
    else if (key === "action") return word === "" ? malformed(directive) : null;
    else if (serverOwn.test(key)) return { result: "understood", message: adoptMessage("server-own") };
    else if (
      /^(?:header|requestheader|expires\w*|add\w+|default\w+|forcetype|setoutputfilter|proxy\w*|auth\w+)$/.test(key)
    )
      return { result: "left-out", message: adoptMessage("no-equivalent", { name }) };
    else return { result: "left-out", message: adoptMessage("unknown-directive", { name }) };
    return null;
  }

  #mount(mount: Mount): void {
    if (this.#mounts.length < maxPlaces)
      this.#mounts.push({ mount, isHosts: mount.place.scope.some(({ key }) => key === "virtualhost") });
  }

  #override(directive: Directive): Outcome {
    if (directive.words.every((word) => /^none$/i.test(word))) return null;
    const folder = directive.scope.findLast(({ key }) => key === "directory")?.words[0] ?? "";
    const path = posix.join(folder, ".htaccess");
    if (kindAt(path) !== "file") return null;
    return { result: "approximated", message: adoptMessage("htaccess-not-read", { path }) };
  }

  #python({ key, words }: Directive): Outcome {
    const path = key === "wsgipythonpath" ? words[0] : words.find((word) => /^python-path=/.test(word))?.slice(12);
    if (path !== undefined) this.#pythonPath = path;
    return key === "wsgipythonpath" ? null : { result: "approximated", message: adoptMessage("other-processes") };
  }

  #rewrite(rule: Directive): Outcome {
    const conditions = this.#conditions;
    this.#conditions = [];
    if (!(this.#rewrites.get(rule.scope.at(-1) ?? null) ?? !this.#isFolder)) {
      const skipped = adoptMessage("condition-false", { condition: "RewriteEngine On" });
      for (const one of [rule, ...conditions]) this.#report.understood(one, skipped);
      return { result: "understood", message: skipped };
    }
    const section = rule.scope.findLast(({ key }) => key === "directory") ?? null;
    // A rule of a folder sees what is behind the folder's own path, which only RewriteBase tells here.
    const base = section === null ? null : (this.#bases.get(rule.scope.at(-1) ?? null) ?? section.base ?? "");
    const { mounts, outcome, apply } = rewrite(rule, conditions, base);
    for (const mount of mounts.filter(({ url }) => url.startsWith("/"))) this.#mount(mount);
    const block = this.#blockOf(rule.scope);
    if ("result" in block) return block;
    if (apply) block.apply.push(apply);
    for (const one of conditions) this.#note(one, outcome);
    return outcome;
  }

  #blockOf(scope: readonly Section[]): Block | NonNullable<Outcome> {
    const containers = scope.filter(isContainer);
    const files = containers.findLast(({ key }) => key.startsWith("files")) ?? null;
    const section = containers.findLast(({ key }) => !key.startsWith("files")) ?? null;
    const id = (one: Section | null): number => {
      if (one === null) return 0;
      const known = this.#ids.get(one) ?? this.#ids.size + 1;
      this.#ids.set(one, known);
      return known;
    };
    const key = `${id(section)} ${id(files)}`;
    const known = this.#blocks.get(key);
    if (known) return known;
    if (this.#blocks.size >= maxPlaces) return tooMany;
    const paths = section === null ? [] : pathsOf(section);
    const names = files === null ? null : namesOf(files);
    if (paths === null || names === undefined) {
      const pattern = (paths === null ? section : files)?.words.join(" ") ?? "";
      return { result: "left-out", message: adoptMessage("pattern-not-understood", { pattern }) };
    }
    const kind = section === null ? "server" : section.key.startsWith("dir") ? "directory" : "location";
    const block: Block = { kind, paths, section, scope, names, apply: [] };
    this.#blocks.set(key, block);
    return block;
  }
}

const signature = (word: string): Outcome =>
  /^email$/i.test(word) ? null : { result: "approximated", message: adoptMessage("signature-everywhere") };

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
