// Reads Apache's configuration from its main file: includes, variables and conditions are evaluated. What is left is a
// list of directives, each with the sections around it.
import { dirname, posix } from "node:path";
import type { ConfigFiles } from "../config-files.js";
import { adoptMessage } from "../messages.js";
import type { Place, Report } from "../report.js";
import { envvarsOf, expanded, type LogicalLine, logicalLines, wordsOf } from "./syntax.js";

export interface Section extends Place {
  /** In lower case. */
  readonly key: string;
  readonly words: readonly string[];
  /** The URL path that a rule of a `.htaccess` file begins at. */
  readonly base?: string;
}
export interface Directive extends Section {
  readonly name: string;
  /** The outermost first; conditions that hold are not among them. */
  readonly scope: readonly Section[];
  /** An AllowOverride's: the first file that it lets decide. */
  readonly htaccess?: string;
}

export const isOverride = /^allowoverride(?:list)?$/;

export interface ApacheConfiguration {
  readonly directives: readonly Directive[];
  readonly serverRoot: string;
  /** It loads modules itself: what it does not load is not there. */
  readonly isWhole: boolean;
  /** PHP runs within the server, or is set up elsewhere: an Action for its files has no effect. */
  readonly runsPhp?: boolean;
  /** The longest of the locations that cover a URL decides, with those around it, as in nginx. */
  readonly longestDecides?: boolean;
  /** Virtual hosts are conditions: what lies outside of them answers for all other hosts. */
  readonly answersOtherHosts?: boolean;
  /** The folder whose `.htaccess` files these are: what can run there runs unless they say otherwise. */
  readonly documentRoot?: string;
}

const maxLines = 20_000;
const maxNesting = 64;
/** Longer ones are cut in the report. */
const maxText = 200;
const maxWord = 8192;
/** The longest value of a variable: each mention of it makes a line longer by so much. */
const maxValue = 256;
/** Modules that count as loaded by a file that is only a part of a configuration. */
const usualModules =
  "so core http access_compat actions alias asis auth_basic authn_core authn_file authz_core authz_host authz_user autoindex cgi cgid deflate dir env expires fcgid filter headers log_config logio mime negotiation proxy proxy_fcgi rewrite setenvif unixd version wsgi";
const builtIn = "so core http log_config logio version unixd watchdog";
/** Directives that may hold a secret: only the name that they set is shown. */
const mayBeSecret =
  /^(?:(?:un)?setenv(?:if(?:nocase)?|ifexpr)?|define|(?:request)?header|php_(?:admin_)?(?:value|flag)|passenv)$/;
const isShown =
  /^(?:(?:script|wsgiscript|)alias(?:match)?|action|addhandler|sethandler|addtype|options|allowoverride(?:list)?|require|order|allow|deny|satisfy|authtype|authname|authuserfile|directoryindex|redirect\w*|errordocument|fallbackresource|documentroot|servername|serveralias|serverroot|include(?:optional)?|loadmodule|listen|rewrite(?:engine|base|rule|cond)|directory(?:match)?|location(?:match)?|files(?:match)?|virtualhost|if\w*|requireall|requireany|requirenone|limit(?:except)?|cgipassauth|serveradmin|serversignature)$/;

export class ApacheReader {
  readonly #files: ConfigFiles;
  readonly #report: Report;
  readonly #directives: Directive[] = [];
  readonly #variables = new Map<string, string>();
  readonly #modules = new Set<string>();
  #isWhole = false;
  #serverRoot: string;
  #lines = 0;

  constructor(files: ConfigFiles, report: Report, serverRoot: string) {
    this.#files = files;
    this.#report = report;
    this.#serverRoot = serverRoot;
  }

  /** `mains`: absolute; the first one's `envvars` is read, too. */
  async read(mains: readonly string[]): Promise<ApacheConfiguration> {
    const envvars = await this.#files.open(posix.join(dirname(mains[0] ?? "/"), "envvars"), []);
    if ("text" in envvars) for (const [name, value] of envvarsOf(envvars.text)) this.#variables.set(name, value);
    for (const path of mains) await this.#file({ file: path, line: 0, text: "" }, path, []);
    const runsPhp = !this.#isWhole || [...this.#modules].some((name) => /^php\d*$/.test(name));
    return { directives: this.#directives, serverRoot: this.#serverRoot, isWhole: this.#isWhole, runsPhp };
  }

  async #file(from: Place, path: string, within: readonly string[], scope: readonly Section[] = []): Promise<void> {
    const file = await this.#files.open(path, within);
    if ("refusal" in file) return this.#report.leftOut(from, file.refusal);
    /** Sections that are open, and whether what they hold counts: those with a condition that fails, and in them. */
    const open: { section: Section; isCondition: boolean; holds: boolean }[] = [];
    for (const logical of logicalLines(file.text)) {
      const place = this.#placeOf(file.path, logical);
      if (++this.#lines > maxLines) return this.#report.leftOut(place, adoptMessage("too-many-lines"));
      if (logical.kind === "close") {
        if (open.at(-1)?.section.key === place.key) open.pop();
        else this.#report.leftOut(place, adoptMessage("malformed-directive", { name: logical.name }));
        continue;
      }
      const failed = open.find(({ holds }) => !holds);
      if (failed) {
        const { text } = failed.section;
        this.#report.understood(place, adoptMessage("condition-false", { condition: text }));
        if (logical.kind === "open") open.push({ section: place, isCondition: true, holds: true });
        continue;
      }
      const isTooDeep = logical.kind === "open" && open.length >= maxNesting;
      if (/\ufffd/.test(logical.rest) || isTooDeep) {
        this.#report.leftOut(place, adoptMessage(isTooDeep ? "too-many-places" : "line-not-utf-8"));
        if (logical.kind === "open") open.push({ section: place, isCondition: true, holds: false });
        continue;
      }
      if (logical.kind === "open") {
        const holds = this.#holds(place);
        if (holds !== null) this.#report.understood(place);
        open.push({ section: place, isCondition: holds !== null, holds: holds ?? true });
        continue;
      }
      const around = [...scope, ...open.flatMap(({ section, isCondition }) => (isCondition ? [] : [section]))];
      const directive = { ...place, name: logical.name, scope: around };
      if (!(await this.#evaluated(directive, [...within, file.path]))) this.#directives.push(directive);
    }
    for (const { section } of open)
      this.#report.leftOut(section, adoptMessage("unclosed", { name: section.text.split(" ", 1)[0] ?? "" }));
  }

  #placeOf(file: string, { line, name, rest, kind }: LogicalLine): Section {
    const key = name.toLowerCase();
    const unknown: string[] = [];
    const given = expanded(rest.slice(0, maxWord), this.#variables, (one) => unknown.push(one)).slice(0, maxWord);
    const words = wordsOf(given);
    const shown = mayBeSecret.test(key) ? rest.split(/\s/, 1) : isShown.test(key) ? [rest] : [];
    const text = [kind === "directive" ? name : `<${name}`, ...shown].join(" ").trim().slice(0, maxText);
    const section = { file, line, key, words, text: kind === "open" ? `${text}>` : text };
    const [first] = unknown;
    if (first !== undefined) this.#report.approximated(section, adoptMessage("undefined-variable", { name: first }));
    return section;
  }

  /** Whether a condition holds; null: the section is none. */
  #holds({ key, words }: Section): boolean | null {
    const [word = ""] = words;
    const name = word.replace(/^!/, "");
    const not = (is: boolean) => (word.startsWith("!") ? !is : is);
    if (key === "ifdefine") return not(this.#variables.has(name));
    if (key === "ifversion") return isVersion(words);
    if (key !== "ifmodule") return null;
    const asked = name.replace(/^mod_|(?:_module|\.c)$/g, "").replace(/\.c$/, "");
    const loaded = this.#isWhole ? [...builtIn.split(" "), ...this.#modules] : usualModules.split(" ");
    return not(loaded.includes(asked));
  }

  /** What the reader itself does; false: it is for others. */
  async #evaluated(directive: Directive, within: readonly string[]): Promise<boolean> {
    const { key, words, scope } = directive;
    const [word = "", value = ""] = words;
    if (key === "define") this.#variables.set(word, value.slice(0, maxValue));
    else if (key === "undefine") this.#variables.delete(word);
    else if (key === "loadmodule") {
      this.#isWhole = true;
      this.#modules.add(word.replace(/_module$/, ""));
    } else if (key === "serverroot" && word.startsWith("/")) this.#serverRoot = word;
    else if (key === "include" || key === "includeoptional") {
      this.#report.understood(directive);
      const pattern = posix.resolve(this.#serverRoot, word);
      for (const path of await this.#files.matching(pattern)) await this.#file(directive, path, within, scope);
      return true;
    } else return false;
    this.#report.understood(directive);
    return true;
  }
}

/** Whether the version that a condition asks for is that of this program's Apache, 2.4. */
function isVersion(words: readonly string[]): boolean {
  const [first = "", asked = first] = words;
  const operator = words.length > 1 ? first.replace(/^!/, "") : "=";
  const difference =
    asked
      .split(".")
      .map((number, index) => ([2, 4, 62][index] ?? 0) - Number(number))
      .find((one) => one !== 0) ?? 0;
  const holds =
    (operator.includes("=") && difference === 0) ||
    (operator.startsWith(">") && difference > 0) ||
    (operator.startsWith("<") && difference < 0);
  return first.startsWith("!") ? !holds : holds;
}
