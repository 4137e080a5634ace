// Reads lighttpd's configuration as the directives of Apache that mean the same: aliases, conditions on the URL, denied
// names, and what cgi.assign and fastcgi.server run.
import { posix } from "node:path";
import type { ApacheConfiguration, Directive, Section } from "./apache/read.js";
import type { ConfigFiles } from "./config-files.js";
import { adoptMessage } from "./messages.js";
import { approximated, leftOut, type Outcome, type Place, type Report, understood } from "./report.js";
import { escaped, type Token, tokensOf } from "./tokens.js";

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

export async function readLighttpd(
  files: ConfigFiles,
  report: Report,
  mains: readonly string[],
): Promise<ApacheConfiguration> {
  const directives: Directive[] = [];
  const variables = new Map<string, string>();
  const read = async (from: Place, path: string, within: readonly string[], around: readonly Section[]) => {
    const file = await files.open(path, within);
    if ("refusal" in file) return report.leftOut(from, file.refusal);
    for (const { place, scope, name, value } of new Parser(file.path, file.text, variables).read(around)) {
      if (name === null) report.leftOut(place, adoptMessage("malformed-directive", { name: place.text }));
      else if (name === "include") {
        report.understood(place);
        const found = await files.matching(posix.resolve(posix.dirname(file.path), String(value)));
        for (const one of found) await read(place, one, [...within, file.path], scope);
      } else {
        const outcome = addSetting(name, value, (key, words, within) => {
          const inner = within ? [...scope, { ...place, ...within }] : scope;
          directives.push({ ...place, key, name, words, scope: inner });
        });
        if (outcome) report.note(place, outcome);
      }
    }
  };
  for (const path of mains) await read({ file: path, line: 0, text: "" }, path, [], []);
  return { directives, serverRoot: posix.dirname(mains[0] ?? "/"), isWhole: true, answersOtherHosts: true };
}

/** `within`: the files or the path that the directive is about. */
type Add = (key: string, words: readonly string[], within?: Pick<Section, "key" | "words">) => void;

/** Null: its directives say what became of it. */
function addSetting(name: string, value: Value, add: Add): Outcome {
  const pairs = typeof value === "string" ? [{ key: null, value }] : value;
  const texts = pairs.flatMap((one) => (typeof one.value === "string" ? [one.value] : []));
  const [text = ""] = texts;
  if (own.test(name)) return understood(adoptMessage("server-own"));
  if (name === "server.document-root") add("documentroot", [text]);
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
    for (const suffix of texts)
      add("require", ["all", "denied"], inside("filesmatch", suffix && `${escaped(suffix)}$`));
  else if (name === "cgi.assign") {
    add("options", ["+ExecCGI"]);
    for (const { key, value: program } of pairs) {
      const handler = program === "" ? "cgi-script" : `interpreter:${String(program)}`;
      if (key === "") add("sethandler", ["cgi-script"]);
      else add("addhandler", [handler, key ?? ""]);
    }
  } else if (name === "fastcgi.server") {
    const lacking = pairs.map((one) => addFastcgi(one, add)).find((program) => program !== null);
    return lacking === undefined ? null : leftOut(adoptMessage("no-equivalent", { name: lacking }));
  } else if (name === "auth.backend.htpasswd.userfile") add("authuserfile", [text]);
  else if (name === "auth.backend" && text === "htpasswd") return understood(adoptMessage("server-own"));
  else if (name === "auth.require") {
    for (const one of pairs) {
      const within = inside("location", one.key ?? "");
      const [method, realm, users] = ["method", "realm", "require"].map((word) => settingOf(one.value, word) ?? "");
      add("authtype", [method === "basic" ? "Basic" : (method ?? "")], within);
      add("authname", [realm ?? ""], within);
      add("require", users === "valid-user" ? [users] : ["user", users ?? ""], within);
    }
    const prefix = pairs.find(({ key }) => key && !key.endsWith("/"))?.key;
    return prefix ? approximated(adoptMessage("prefix-as-path", { path: prefix })) : null;
  } else return leftOut(adoptMessage("no-equivalent", { name }));
  return null;
}

/**
 * An extension or a path, and where its application listens; of those that lighttpd starts only php-cgi is known. Not
 * null: what has no equivalent.
 */
function addFastcgi({ key, value }: Entry, add: Add): string | null {
  const names = ["bin-path", "socket", "host", "port"];
  const [program, socket, host, port] = names.map((name) => settingOf(value, name));
  const address = socket ? `unix:${socket}|fcgi://localhost` : host ? `fcgi://${host}:${port ?? "9000"}` : null;
  if (program && /\bphp[\w.-]*-cgi\b/.test(program) && key?.startsWith(".")) add("addhandler", ["php-script", key]);
  else if (program || address === null || !key) return program ?? "fastcgi.server";
  else if (key.startsWith(".")) add("addhandler", [`proxy:${address}`, key]);
  else add("proxypass", [key, address]);
  return null;
}

function settingOf(value: Value, name: string): string | null {
  const found = flat(value).find((one) => one.key === name)?.value;
  return typeof found === "string" ? found : null;
}

/** No word: everything. */
const inside = (key: string, word: string): Pick<Section, "key" | "words"> | undefined =>
  word === "" ? undefined : { key, words: [word] };

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

  constructor(file: string, text: string, variables: Map<string, string>) {
    this.#file = file;
    this.#tokens = [...tokensOf(text, token)];
    this.#variables = variables;
  }

  read(scope: readonly Section[]): readonly Item[] {
    this.#block(scope);
    return this.#items;
  }

  /** What comes next. */
  get #sign(): string | undefined {
    return this.#tokens[this.#at]?.text;
  }

  #block(scope: readonly Section[]): void {
    for (;;) {
      const first = this.#tokens[this.#at++];
      if (first === undefined || (first.text === "}" && !first.isString)) return;
      const place = { file: this.#file, line: first.line, text: first.isString ? '"' : first.text };
      const note = (name: string | null, value: Value, text = place.text) =>
        this.#items.push({ place: { ...place, text }, scope, name, value });
      if (first.text === "$") this.#condition(place, scope);
      else if (first.text === "else") {
        this.#toBrace();
        this.#nested([...scope, { ...place, key: "else", words: [] }], place);
      } else if (/^include(?:_shell)?$/.test(first.text)) {
        const value = this.#value(0);
        if (first.text === "include" && typeof value === "string") note("include", value, `include ${value}`);
        else note(null, "");
      } else if (/^\+?=$|^:=$/.test(this.#sign ?? "")) {
        this.#at++;
        const value = this.#value(0);
        if (first.text.startsWith("var.") && typeof value === "string")
          this.#variables.set(first.text, value.slice(0, 256));
        note(first.text, value);
      } else note(null, "");
    }
  }

  /** `$HTTP["url"] =~ "^/x" {`: a section; any other condition is one that nothing is like. */
  #condition(place: Place, scope: readonly Section[]): void {
    const words = this.#toBrace();
    const [kind, , field, , operator, given = ""] = words;
    const text = `$${words.join(" ")}`.slice(0, 200);
    const isUrl = kind === "HTTP" && field === "url";
    const key = (isUrl && urlSections[operator ?? ""]) || (field === "host" ? "virtualhost" : "if");
    this.#nested(kind === "SERVER" ? scope : [...scope, { ...place, text, key, words: [given] }], place);
  }

  /** The words before the next "{", which is passed over. */
  #toBrace(): string[] {
    const from = this.#at;
    while (this.#at < this.#tokens.length && this.#sign !== "{") this.#at++;
    return this.#tokens.slice(from, this.#at++).map(({ text }) => text);
  }

  #nested(scope: readonly Section[], place: Place): void {
    if (scope.length <= maxDepth) this.#block(scope);
    else {
      this.#items.push({ place, scope, name: null, value: "" });
      this.#at = this.#tokens.length;
    }
  }

  #value(depth: number): Value {
    const first = this.#tokens[this.#at++];
    if (first === undefined) return "";
    if (first.text === "(" && !first.isString) {
      const entries: Entry[] = [];
      while (this.#at < this.#tokens.length && this.#sign !== ")") {
        if (depth > maxDepth || this.#sign === "}") return entries;
        const one = this.#value(depth + 1);
        if (this.#sign === "=>") {
          this.#at++;
          entries.push({ key: String(one), value: this.#value(depth + 1) });
        } else entries.push({ key: null, value: one });
        if (this.#sign === ",") this.#at++;
      }
      this.#at++;
      return entries;
    }
    let text = first.isString ? first.text : (this.#variables.get(first.text) ?? first.text);
    while (this.#sign === "+" && !this.#tokens[this.#at]?.isString) {
      this.#at++;
      const more = this.#value(depth + 1);
      text += typeof more === "string" ? more : "";
    }
    return text.slice(0, 8192);
  }
}
