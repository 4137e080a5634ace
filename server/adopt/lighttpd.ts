// Reads lighttpd's configuration as the directives of Apache that mean the same: aliases, conditions on the URL, denied
// names, and what cgi.assign and fastcgi.server run.
import { posix } from "node:path";
import type { ApacheConfiguration, Directive, Section } from "./apache/read.js";
import type { ConfigFiles } from "./config-files.js";
import { adoptMessage } from "./messages.js";
import type { Place, Report } from "./report.js";

type Value = string | readonly Entry[];
interface Entry {
  readonly key: string | null;
  readonly value: Value;
}
interface Token {
  readonly text: string;
  readonly isString: boolean;
  readonly line: number;
}

const maxTokens = 100_000;
const maxDepth = 32;
const token = /"((?:[^"\\]|\\.)*)"|#[^\n]*|[\w.-]+|=>|=~|==|!=|!~|:=|\+=|[$={}()[\],+]|\n|\S/gs;

function* tokensOf(text: string): Generator<Token> {
  let line = 1;
  let count = 0;
  for (const [all, string] of text.matchAll(token)) {
    const first = line;
    line += all.split("\n").length - 1;
    if (all === "\n" || all.startsWith("#")) continue;
    if (++count > maxTokens) return;
    yield { text: string?.replace(/\\(["\\])/g, "$1") ?? all, isString: string !== undefined, line: first };
  }
}

/** The workbench does it itself, or it has no effect on a response. */
const own =
  /^server\.(?:modules|upload-dirs|errorlog|breakagelog|pid-file|username|groupname|port|bind|feature-flags|http-parseopts|max-\w+|network-backend|event-handler|tag|use-ipv6|follow-symlink|chroot|systemd-.*|syslog-.*)$|^(?:accesslog|compress|deflate|status|debug|ssl|etag)\.|^static-file\.|^mimetype\.|^dir-listing\.(?!activate)|^var\./;

export class LighttpdReader {
  readonly #files: ConfigFiles;
  readonly #report: Report;
  readonly #directives: Directive[] = [];
  readonly #variables = new Map<string, string>();

  constructor(files: ConfigFiles, report: Report) {
    this.#files = files;
    this.#report = report;
  }

  async read(mains: readonly string[]): Promise<ApacheConfiguration> {
    for (const path of mains) await this.#file({ file: path, line: 0, text: "" }, path, [], []);
    return { directives: this.#directives, serverRoot: posix.dirname(mains[0] ?? "/"), isWhole: true };
  }

  async #file(from: Place, path: string, within: readonly string[], scope: readonly Section[]): Promise<void> {
    const file = await this.#files.open(path, within);
    if ("refusal" in file) return this.#report.leftOut(from, file.refusal);
    const parser = new Parser(file.path, [...tokensOf(file.text)], this.#variables);
    const includes: { place: Place; pattern: string; scope: readonly Section[] }[] = [];
    parser.block(scope, {
      setting: (place, name, value, around) => this.#setting(place, name, value, around),
      strange: (place) => this.#report.leftOut(place, adoptMessage("malformed-directive", { name: place.text })),
      include: (place, pattern, around) => includes.push({ place, pattern, scope: around }),
    });
    for (const { place, pattern, scope: around } of includes) {
      this.#report.understood(place);
      const found = await this.#files.matching(posix.resolve(posix.dirname(file.path), pattern));
      for (const one of found) await this.#file(place, one, [...within, file.path], around);
    }
  }

  #setting(place: Place, name: string, value: Value, scope: readonly Section[]): void {
    const add = (key: string, words: readonly string[], files: string | null = null): void => {
      const section: Section = { ...place, key: "filesmatch", words: [files ?? ""] };
      this.#directives.push({ ...place, key, name, words, scope: files === null ? scope : [...scope, section] });
    };
    const pairs = typeof value === "string" ? [{ key: null, value }] : value;
    const texts = pairs.flatMap((one) => (typeof one.value === "string" ? [one.value] : []));
    const [text = ""] = texts;
    if (own.test(name)) this.#report.understood(place, adoptMessage("server-own"));
    else if (name === "server.document-root") add("documentroot", [text]);
    else if (name === "server.name") add("servername", [text]);
    else if (name === "index-file.names") add("directoryindex", texts);
    else if (name === "dir-listing.activate" || name === "server.dir-listing")
      add("options", [/^enable$/i.test(text) ? "+Indexes" : "-Indexes"]);
    else if (name === "alias.url") for (const one of pairs) add("alias", [one.key ?? "", String(one.value)]);
    else if (name === "setenv.add-environment" || name === "setenv.set-environment")
      for (const one of pairs) add("setenv", [one.key ?? "", String(one.value)]);
    else if (name === "url.redirect")
      for (const one of pairs) add("redirectmatch", ["301", one.key ?? "", String(one.value)]);
    else if (name === "url.access-deny" || name === "static-file.exclude")
      for (const suffix of texts) {
        if (suffix === "") add("require", ["all", "denied"]);
        else add("require", ["all", "denied"], `${suffix.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
      }
    else if (name === "cgi.assign") {
      add("options", ["+ExecCGI"]);
      for (const { key, value: program } of pairs) {
        const handler = program === "" ? "cgi-script" : `interpreter:${String(program)}`;
        if (key === "") add("sethandler", ["cgi-script"]);
        else add("addhandler", [handler, key ?? ""]);
      }
    } else if (name === "fastcgi.server") for (const one of pairs) this.#fastcgi(place, one, add);
    else if (name === "auth.backend.htpasswd.userfile") add("authuserfile", [text]);
    else if (name === "auth.require" && typeof value !== "string") add("require", ["valid-user"]);
    else this.#report.leftOut(place, adoptMessage("no-equivalent", { name }));
  }

  /** An extension or a path, and where its application listens; of those that lighttpd starts only php-cgi is known. */
  #fastcgi(place: Place, { key, value }: Entry, add: (key: string, words: readonly string[]) => void): void {
    const setting = (name: string): string | null => {
      const found = flat(value).find((one) => one.key === name)?.value;
      return typeof found === "string" ? found : null;
    };
    const [program, socket, host, port] = ["bin-path", "socket", "host", "port"].map(setting);
    const address = socket ? `unix:${socket}|fcgi://localhost` : host ? `fcgi://${host}:${port ?? "9000"}` : null;
    if (program && /\bphp[\w.-]*-cgi\b/.test(program) && key?.startsWith(".")) add("addhandler", ["php-script", key]);
    else if (program || address === null || !key)
      this.#report.leftOut(place, adoptMessage("no-equivalent", { name: program ?? "fastcgi.server" }));
    else if (key.startsWith(".")) add("addhandler", [`proxy:${address}`, key]);
    else add("proxypass", [key, address]);
  }
}

/** All entries, also of lists within. */
const flat = (value: Value): readonly Entry[] =>
  typeof value === "string" ? [] : value.flatMap((one) => [one, ...flat(one.value)]);

interface Seen {
  setting(place: Place, name: string, value: Value, scope: readonly Section[]): void;
  strange(place: Place): void;
  include(place: Place, pattern: string, scope: readonly Section[]): void;
}

class Parser {
  readonly #file: string;
  readonly #tokens: readonly Token[];
  readonly #variables: Map<string, string>;
  #at = 0;

  constructor(file: string, tokens: readonly Token[], variables: Map<string, string>) {
    this.#file = file;
    this.#tokens = tokens;
    this.#variables = variables;
  }

  block(scope: readonly Section[], seen: Seen): void {
    for (;;) {
      const first = this.#tokens[this.#at++];
      if (first === undefined || (first.text === "}" && !first.isString)) return;
      const place = { file: this.#file, line: first.line, text: first.text };
      if (first.text === "$") this.#condition(place, scope, seen);
      else if (first.text === "else") this.#skipTo(place, scope, seen);
      else if (/^include(?:_shell)?$/.test(first.text)) {
        const value = this.#value(0);
        if (first.text === "include" && typeof value === "string")
          seen.include({ ...place, text: `include ${value}` }, value, scope);
        else seen.strange(place);
      } else if (/^\+?=$|^:=$/.test(this.#tokens[this.#at]?.text ?? "")) {
        this.#at++;
        const value = this.#value(0);
        if (first.text.startsWith("var.") && typeof value === "string")
          this.#variables.set(first.text, value.slice(0, 256));
        seen.setting(place, first.text, value, scope);
      } else seen.strange(place);
    }
  }

  /** `$HTTP["url"] =~ "^/x" {`: a section; any other condition is one that nothing is like. */
  #condition(place: Place, scope: readonly Section[], seen: Seen): void {
    const words: Token[] = [];
    while (this.#at < this.#tokens.length && this.#tokens[this.#at]?.text !== "{") {
      const next = this.#tokens[this.#at++];
      if (next) words.push(next);
    }
    this.#at++;
    const [, , field, , operator, given] = words;
    const text = `$${words.map((one) => one.text).join(" ")}`.slice(0, 200);
    const pattern = given?.text ?? "";
    const isUrl = words[0]?.text === "HTTP" && field?.text === "url";
    const key = !isUrl
      ? field?.text === "host"
        ? "virtualhost"
        : "if"
      : operator?.text === "=~"
        ? "locationmatch"
        : operator?.text === "=^" || operator?.text === "=="
          ? "location"
          : "if";
    const isPort = words[0]?.text === "SERVER";
    const section: Section = { ...place, text, key, words: [pattern] };
    this.#nested(isPort ? scope : [...scope, section], seen, place);
  }

  #skipTo(place: Place, scope: readonly Section[], seen: Seen): void {
    while (this.#at < this.#tokens.length && this.#tokens[this.#at++]?.text !== "{");
    this.#nested([...scope, { ...place, key: "else", words: [] }], seen, place);
  }

  #nested(scope: readonly Section[], seen: Seen, place: Place): void {
    if (scope.length > maxDepth) {
      seen.strange(place);
      this.#at = this.#tokens.length;
    } else this.block(scope, seen);
  }

  #value(depth: number): Value {
    const first = this.#tokens[this.#at++];
    if (first === undefined) return "";
    if (first.text === "(" && !first.isString) {
      const entries: Entry[] = [];
      while (this.#at < this.#tokens.length && this.#tokens[this.#at]?.text !== ")") {
        if (depth > maxDepth || this.#tokens[this.#at]?.text === "}") return entries;
        const one = this.#value(depth + 1);
        if (this.#tokens[this.#at]?.text === "=>") {
          this.#at++;
          entries.push({ key: String(one), value: this.#value(depth + 1) });
        } else entries.push({ key: null, value: one });
        if (this.#tokens[this.#at]?.text === ",") this.#at++;
      }
      this.#at++;
      return entries;
    }
    let text = first.isString ? first.text : (this.#variables.get(first.text) ?? first.text);
    while (this.#tokens[this.#at]?.text === "+" && !this.#tokens[this.#at]?.isString) {
      this.#at++;
      const more = this.#value(depth + 1);
      text += typeof more === "string" ? more : "";
    }
    return text.slice(0, 8192);
  }
}
