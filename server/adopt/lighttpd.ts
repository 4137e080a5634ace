// Reads lighttpd's configuration as the directives of Apache that mean the same: aliases, conditions on the URL, denied
// names, and what cgi.assign and fastcgi.server run.
import { posix } from "node:path";
import type { ApacheConfiguration, Directive, Section } from "./apache/read.js";
import type { ConfigFiles } from "./config-files.js";
import { adoptMessage } from "./messages.js";
import type { Place, Report } from "./report.js";
import { type Token, tokensOf } from "./tokens.js";

type Value = string | readonly Entry[];
interface Entry {
  readonly key: string | null;
  readonly value: Value;
}
const maxDepth = 32;
/** A string without an end goes to the end of the text: else each quote in it would be looked for an end of its own. */
const token = /"((?:[^"\\]|\\(?:.|$))*)"?|#[^\n]*|[\w.-]+|=>|=~|==|!=|!~|:=|\+=|[$={}()[\],+]|\n|\S/gs;

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
    const items = new Parser(file.path, [...tokensOf(file.text, token)], this.#variables).read(scope);
    for (const { place, scope: around, name, value } of items) {
      if (name === null) this.#report.leftOut(place, adoptMessage("malformed-directive", { name: place.text }));
      else if (name !== "include") this.#setting(place, name, value, around);
      else {
        this.#report.understood(place);
        const found = await this.#files.matching(posix.resolve(posix.dirname(file.path), String(value)));
        for (const one of found) await this.#file(place, one, [...within, file.path], around);
      }
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

/** A setting or an `include`; `name` null: neither. */
interface Item {
  readonly place: Place;
  readonly scope: readonly Section[];
  readonly name: string | null;
  readonly value: Value;
}

/** Sections for a URL, by the operator of the condition. */
const urlSections: Readonly<Record<string, string>> = { "=~": "locationmatch", "=^": "location", "==": "location" };

class Parser {
  readonly #file: string;
  readonly #tokens: readonly Token[];
  readonly #variables: Map<string, string>;
  readonly #items: Item[] = [];
  #at = 0;

  constructor(file: string, tokens: readonly Token[], variables: Map<string, string>) {
    this.#file = file;
    this.#tokens = tokens;
    this.#variables = variables;
  }

  read(scope: readonly Section[]): readonly Item[] {
    this.#block(scope);
    return this.#items;
  }

  #note(place: Place, scope: readonly Section[], name: string | null, value: Value = ""): void {
    this.#items.push({ place, scope, name, value });
  }

  #block(scope: readonly Section[]): void {
    for (;;) {
      const first = this.#tokens[this.#at++];
      if (first === undefined || (first.text === "}" && !first.isString)) return;
      const place = { file: this.#file, line: first.line, text: first.isString ? '"' : first.text };
      if (first.text === "$") this.#condition(place, scope);
      else if (first.text === "else") this.#skipTo(place, scope);
      else if (/^include(?:_shell)?$/.test(first.text)) {
        const value = this.#value(0);
        if (first.text === "include" && typeof value === "string")
          this.#note({ ...place, text: `include ${value}` }, scope, "include", value);
        else this.#note(place, scope, null);
      } else if (/^\+?=$|^:=$/.test(this.#tokens[this.#at]?.text ?? "")) {
        this.#at++;
        const value = this.#value(0);
        if (first.text.startsWith("var.") && typeof value === "string")
          this.#variables.set(first.text, value.slice(0, 256));
        this.#note(place, scope, first.text, value);
      } else this.#note(place, scope, null);
    }
  }

  /** `$HTTP["url"] =~ "^/x" {`: a section; any other condition is one that nothing is like. */
  #condition(place: Place, scope: readonly Section[]): void {
    const words: Token[] = [];
    while (this.#at < this.#tokens.length && this.#tokens[this.#at]?.text !== "{") {
      const next = this.#tokens[this.#at++];
      if (next) words.push(next);
    }
    this.#at++;
    const [, , field, , operator, given] = words;
    const text = `$${words.map((one) => one.text).join(" ")}`.slice(0, 200);
    const isUrl = words[0]?.text === "HTTP" && field?.text === "url";
    const ofUrl = isUrl ? urlSections[operator?.text ?? ""] : undefined;
    const key = ofUrl ?? (field?.text === "host" ? "virtualhost" : "if");
    const isPort = words[0]?.text === "SERVER";
    this.#nested(isPort ? scope : [...scope, { ...place, text, key, words: [given?.text ?? ""] }], place);
  }

  #skipTo(place: Place, scope: readonly Section[]): void {
    while (this.#at < this.#tokens.length && this.#tokens[this.#at++]?.text !== "{");
    this.#nested([...scope, { ...place, key: "else", words: [] }], place);
  }

  #nested(scope: readonly Section[], place: Place): void {
    if (scope.length > maxDepth) {
      this.#note(place, scope, null);
      this.#at = this.#tokens.length;
    } else this.#block(scope);
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
