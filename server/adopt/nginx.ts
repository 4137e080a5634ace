// Reads nginx's configuration as the directives of Apache that mean the same: locations, what they lead to, who may
// come in, and the FastCGI applications behind them.
import { posix } from "node:path";
import type { ApacheConfiguration, Directive, Section } from "./apache/read.js";
import type { ConfigFiles } from "./config-files.js";
import { adoptMessage } from "./messages.js";
import { approximated, type Place, type Report } from "./report.js";
import { escaped, type Token, tokensOf } from "./tokens.js";

interface Statement extends Place {
  readonly name: string;
  readonly words: readonly string[];
  readonly block: readonly Statement[] | null;
}

const maxStatements = 20_000;
const maxDepth = 32;
const token = /#[^\n]*|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|\n|[;{}]|(?:\$\{|\\.|[^\s;{}"'\\])+|\s|./gs;
/** Files of the package that only name the variables of every request. */
const standard =
  /(?:^|\/)(?:fastcgi_params|fastcgi\.conf|fastcgi-php\.conf|uwsgi_params|scgi_params|proxy_params|mime\.types)$/;
const own =
  /^(?:user|worker_\w+|pid|events|http|error_log|access_log|log_\w+|sendfile\w*|tcp_\w+|types|types_hash_\w+|default_type|server_tokens|server_names_hash\w+|keepalive_\w+|gzip\w*|ssl\w*|client_(?:header|body_(?:buffer|temp|timeout))\w*|large_client\w+|send_timeout|reset_timedout\w*|resolver\w*|fastcgi_(?:index|buffer\w*|buffering|read_timeout|send_timeout|connect_timeout|temp\w*|max\w*|busy\w*|intercept_errors|split_path_info|ignore_client_abort|hide_header|keep_conn)|load_module|charset|disable_symlinks|open_file_cache\w*|directio\w*|aio|multi_accept|use|etag|if_modified_since|server_name_in_redirect|port_in_redirect|absolute_redirect)$/;

/** Variables that the workbench sets itself. */
const ofRequest = /^(?:SCRIPT_|PATH_|REQUEST_|QUERY_|DOCUMENT_|SERVER_|REMOTE_|CONTENT_|GATEWAY_|HTTPS|REDIRECT_)/;

export class NginxReader {
  readonly #files: ConfigFiles;
  readonly #report: Report;
  readonly #directives: Directive[] = [];
  readonly #upstreams = new Map<string, string>();
  #root = "/";
  #count = 0;

  constructor(files: ConfigFiles, report: Report) {
    this.#files = files;
    this.#report = report;
  }

  async read(mains: readonly string[]): Promise<ApacheConfiguration> {
    this.#root = posix.dirname(mains[0] ?? "/");
    for (const path of mains) this.#walk(await this.#file({ file: path, line: 0, text: "" }, path, []), [], "");
    return { directives: this.#directives, serverRoot: this.#root, isWhole: true, longestDecides: true };
  }

  async #file(from: Place, path: string, within: readonly string[]): Promise<readonly Statement[]> {
    const file = await this.#files.open(path, within);
    if ("text" in file)
      return this.#expanded(this.#block(file.path, tokensOf(file.text, token), 0), [...within, file.path]);
    this.#report.leftOut(from, file.refusal);
    return [];
  }

  /** With what they include in their places. */
  async #expanded(statements: readonly Statement[], within: readonly string[]): Promise<readonly Statement[]> {
    const all: Statement[] = [];
    for (const one of statements) {
      const [word = ""] = one.words;
      if (one.name !== "include") all.push({ ...one, block: one.block && (await this.#expanded(one.block, within)) });
      else if (standard.test(word)) this.#report.understood(one, adoptMessage("server-own"));
      else {
        this.#report.understood(one);
        for (const found of await this.#files.matching(posix.resolve(this.#root, word)))
          all.push(...(await this.#file(one, found, within)));
      }
    }
    return all;
  }

  #block(file: string, tokens: Iterator<Token>, depth: number): readonly Statement[] {
    const statements: Statement[] = [];
    let words: Token[] = [];
    for (let next = tokens.next(); !next.done; next = tokens.next()) {
      const { text, isString } = next.value;
      if (isString || !/^[;{}]$/.test(text)) {
        words.push(next.value);
        continue;
      }
      if (text === "}") break;
      const [name, ...rest] = words.map((one) => one.text);
      const place = { file, line: words[0]?.line ?? next.value.line, text: shown(name ?? "", rest) };
      if (++this.#count > maxStatements || depth > maxDepth) {
        this.#report.leftOut(place, adoptMessage("too-many-lines"));
        return statements;
      }
      const block = text === "{" ? this.#block(file, tokens, depth + 1) : null;
      if (name !== undefined) statements.push({ ...place, name, words: rest, block });
      words = [];
    }
    const [left] = words;
    if (left) this.#report.leftOut({ ...left, file }, adoptMessage("malformed-directive", { name: left.text }));
    return statements;
  }

  /** `url`: of the location around. */
  #walk(statements: readonly Statement[], scope: readonly Section[], url: string): void {
    for (const { name, words, block } of statements)
      if (name === "upstream" && block) {
        const [server] = block.filter((one) => one.name === "server");
        this.#upstreams.set(words[0] ?? "", server?.words[0] ?? "");
      }
    this.#access(statements, scope);
    for (const one of statements.toSorted((a, b) => rankOf(a) - rankOf(b))) {
      const { name, words, block } = one;
      const isCheck = name === "if" && words.join(" ") === "(!-f $request_filename)"; // what is not there is 404 here
      if (name === "upstream" || isCheck) this.#report.understood(one);
      else if (block === null) this.#statement(one, scope, url, statements);
      else if (name === "http" || name === "events" || name === "types") {
        this.#report.understood(one, adoptMessage("server-own"));
        if (name === "http") this.#walk(block, scope, url);
      } else if (name === "server" || name === "location") {
        this.#report.understood(one);
        const hosts = block.flatMap((inner) => (inner.name === "server_name" ? inner.words : []));
        const section = name === "server" ? { ...one, key: "virtualhost", words: hosts } : locationOf(one);
        this.#walk(block, [...scope, section], section.key === "location" ? (section.words[0] ?? "") : url);
      } else {
        this.#report.leftOut(one, adoptMessage("per-request"));
        this.#walk(block, [...scope, { ...one, key: "if" }], url);
      }
    }
  }

  /** The first of allow and deny that is about this machine decides. */
  #access(statements: readonly Statement[], scope: readonly Section[]): void {
    const rules = statements.filter(({ name }) => name === "allow" || name === "deny");
    const isHere = ({ words: [word = ""] }: Statement) => /^(?:all|127\..*|::1|0\.0\.0\.0\/0)$/.test(word);
    const deciding = rules.find(isHere);
    for (const one of rules) this.#report.note(one, isHere(one) ? null : approximated(adoptMessage("by-address")));
    if (deciding) this.#add(deciding, scope, "require", "all", deciding.name === "deny" ? "denied" : "granted");
  }

  #add(from: Statement, scope: readonly Section[], key: string, ...words: string[]): void {
    const { file, line, text, name } = from;
    this.#directives.push({ file, line, text, name, key, words, scope });
  }

  /** `beside`: the statements of the same block. */
  #statement(one: Statement, scope: readonly Section[], url: string, beside: readonly Statement[]): void {
    const { name, words } = one;
    const [word = "", second = ""] = words;
    const add = (key: string, ...given: string[]) => this.#add(one, scope, key, ...given);
    const inner = scope.at(-1);
    const inLocation = scope.some(({ key }) => key !== "virtualhost");
    const plain = words.filter((given) => !given.includes("$"));
    if (name === "allow" || name === "deny") return;
    if (name === "root" && !inLocation) add("documentroot", word);
    else if (name === "root" && url.startsWith("/")) add("alias", url, posix.join(word, url));
    else if (name === "alias" && url !== "" && !word.includes("$")) add("alias", url, word);
    else if (name === "alias" && word.endsWith("$1") && inner?.key === "locationmatch")
      add("aliasmatch", inner.words[0] ?? "", word);
    else if (name === "index") add("directoryindex", ...words);
    else if (name === "autoindex") add("options", word === "on" ? "+Indexes" : "-Indexes");
    else if (name === "server_name") {
      for (const host of words.filter((given) => /^[\w.-]+$/.test(given) && given !== "_")) add("servername", host);
      this.#report.understood(one);
    } else if (name === "listen") this.#report.understood(one, adoptMessage("own-port"));
    else if (name === "auth_basic" && word !== "off") {
      add("authtype", "Basic");
      add("authname", word);
      add("require", "valid-user");
    } else if (name === "auth_basic_user_file") add("authuserfile", word);
    else if (name === "client_max_body_size") add("limitrequestbody", String(bytesOf(word)));
    else if (name === "try_files") this.#tryFiles(one, add);
    else if (name === "fastcgi_pass") this.#fastcgi(word, scope, add, url);
    else if (name === "fastcgi_param" && /^[A-Z]\w*$/.test(word)) {
      if (word === "SCRIPT_FILENAME" && plain.length === words.length && beside.some(isForWrapper))
        add("scriptalias", url, second);
      else if (plain.length === words.length) add("setenv", word, second);
      else if (ofRequest.test(word)) this.#report.understood(one, adoptMessage("server-own"));
      else this.#report.leftOut(one, adoptMessage("per-request"));
    } else if (name === "return" && Number(word) >= 400) {
      add("require", "all", "denied");
      if (word !== "403") this.#report.approximated(one, adoptMessage("gone-as-403"));
    } else if (name === "return" && inner?.words[0] === url && /^30[12378]$/.test(word) && plain.length === 2) {
      add("redirectmatch", word, `^${escaped(url)}$`, second);
      if (!inner.text.includes("=")) this.#report.approximated(one, adoptMessage("redirect-of-path-alone"));
    } else if (name === "rewrite" && /^(?:permanent|redirect)$/.test(words[2] ?? ""))
      add("redirectmatch", words[2] === "permanent" ? "301" : "302", word, second);
    else if (name === "error_page") this.#report.approximated(one, adoptMessage("own-error-page"));
    else if (own.test(name)) this.#report.understood(one, adoptMessage("server-own"));
    else this.#report.leftOut(one, adoptMessage("no-equivalent", { name }));
  }

  #tryFiles(one: Statement, add: (key: string, ...words: string[]) => void): void {
    const last = one.words.at(-1) ?? "";
    const [path = "", query = ""] = last.split("?");
    if (/^=\d+$/.test(last)) this.#report.understood(one);
    else if (path.startsWith("/") && !path.includes("$") && /^(?:|\$(?:args|query_string|is_args\$args))$/.test(query))
      add("fallbackresource", path);
    else this.#report.leftOut(one, adoptMessage("no-equivalent", { name: last }));
  }

  /** Behind fcgiwrap there are CGI scripts; any other application gets its files, or all below the location. */
  #fastcgi(word: string, scope: readonly Section[], add: (key: string, ...words: string[]) => void, url: string): void {
    const to = (this.#upstreams.get(word) ?? word).replace(/;$/, "");
    const address = to.startsWith("unix:") ? `${to.replace(/:$/, "")}|fcgi://localhost` : `fcgi://${to}`;
    if (/fcgiwrap/.test(to)) {
      add("options", "+ExecCGI");
      add("sethandler", "cgi-script");
    } else if (scope.at(-1)?.key === "filesmatch") add("sethandler", `proxy:${address}`);
    else add("proxypass", url, address);
  }
}

/** The server that answers for unknown hosts comes first. */
const rankOf = ({ name, block }: Statement): number =>
  name !== "server" || block?.some((one) => one.name === "listen" && one.words.some((word) => /^default/.test(word)))
    ? 0
    : 1;

/** fcgiwrap runs what SCRIPT_FILENAME names. */
const isForWrapper = ({ name, words: [word = ""] }: Statement): boolean =>
  name === "fastcgi_pass" && /fcgiwrap/.test(word);

/** Files by their ending, with what may stand behind it in a path: `^(.+\.cgi)(/.*)?$`, `\.cgi(/|$)`. */
const withPathInfo =
  /^(?:\^?\(?\.[+*]\??|\[\^\/\])?(\\\.(?:\w+|\((?:\?:)?[\w|]+\)))\)?(?:\(\/?\.[*+]\)\??|\((?:\?:)?(?:\/\|\$|\$\|\/)\))\$?$/;

/** A pattern about the end of names is one of files; any other is one of URLs. */
function locationOf(one: Statement): Section {
  const [sign = "", pattern = ""] = /^(?:=|~\*?|\^~)$/.test(one.words[0] ?? "") ? one.words : ["", one.words[0]];
  const glued = /^(~\*?)(.+)$/.exec(one.words[0] ?? "");
  const isPattern = sign.startsWith("~") || glued !== null;
  const given = glued && sign === "" ? (glued[2] ?? "") : pattern;
  if (given.startsWith("@")) return { ...one, key: "if" };
  if (!isPattern) return { ...one, key: "location", words: [given] };
  const [, ending] = withPathInfo.exec(given) ?? [];
  if (ending !== undefined) return { ...one, key: "filesmatch", words: [`${ending}$`] };
  const isOfNames = /^\.?\*?\\\.[^/]*\$$/.test(given) || /^\[\^\/\]\\\.[^/]*$/.test(given);
  return { ...one, key: isOfNames ? "filesmatch" : "locationmatch", words: [given.replace("(/|$)", "")] };
}

const bytesOf = (size: string): number =>
  Number.parseInt(size, 10) * ({ k: 1024, m: 1 << 20, g: 1 << 30 }[size.slice(-1).toLowerCase()] ?? 1);

/** Shows the name alone of headers and variables, whose value may be a secret. */
const shown = (name: string, words: readonly string[]): string =>
  [name, ...(/param|header|set/.test(name) ? words.slice(0, 1) : words)].join(" ").slice(0, 200);
