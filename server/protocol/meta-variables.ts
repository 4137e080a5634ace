// The environment of a script, RFC 3875 §4.1, each variable with where its value came from, and what the client said
// that the script does not get to see. Values are bytes: a header's 0xFC arrives as 0xFC. Nothing of the server's own
// environment is here but what `inherited` names.
import type { ByteString } from "../contract/bytes-text.js";
import type { VariableSource } from "../contract/trace.js";
import { latin1 } from "./byte-string.js";
import { headerVariables } from "./header-variables.js";
import type { GatewayPolicy } from "./policy.js";
import type { HeaderPair, NameAndWhy, RequestHead } from "./request.js";
import { notExportedMessage } from "./request-messages.js";
import { addressAsHost, hostOf, plainAddress } from "./server-name.js";
import type { Target } from "./target.js";

export interface MetaVariableInput {
  readonly request: RequestHead;
  readonly target: Target;
  /** A `ScriptRoute`, or what of it matters here. */
  readonly route: {
    readonly scriptName: ByteString;
    readonly pathInfo: ByteString;
    readonly file: ByteString;
    /** The value of SCRIPT_FILENAME if it is not `file`. */
    readonly scriptFilename?: ByteString;
    readonly documentRoot: ByteString;
    /** Where the path info leads as a path of its own; null, or not there: below the document root. */
    readonly pathTranslated?: ByteString | null;
    /** The path of the request, if its file's handler passed it to this script. */
    readonly actionUrl?: ByteString;
    /** The configuration's. They win over everything but `overrides`. */
    readonly variables: ReadonlyMap<ByteString, ByteString>;
    readonly passAuthorization: boolean;
  };
  readonly connection: {
    readonly remoteAddress: string;
    readonly remotePort: number;
    readonly localAddress: string;
    readonly localPort: number;
  };
  /** Bytes of the request's body after removal of transfer codings; null when it has none. */
  readonly contentLength: number | null;
  readonly serverSoftware: ByteString;
  /**
   * Whom to write to, an e-mail address or a URL, without characters that HTML would
   * need to escape. Null, or not there: nobody.
   */
  readonly serverAdmin?: ByteString | null;
  /** The run that a local redirect ended. Null, or not there: the client asked for this script. */
  readonly redirectedFrom?: RedirectedFrom | null;
  /** Set when the server itself asked for credentials and found them right, never from a header alone. */
  readonly auth: { readonly type: ByteString; readonly user: ByteString } | null;
  /** PATH and what the configuration names of the server's own environment. They lose against everything. */
  readonly inherited: ReadonlyMap<ByteString, ByteString>;
  /** What the composer set for this one request. They win over everything. */
  readonly overrides: ReadonlyMap<ByteString, ByteString>;
  /** Identifies the connection of a script that exchanges messages. Null, or not there: it gets a request. */
  readonly webSocketId?: ByteString | null;
  readonly policy: GatewayPolicy;
}
export interface RedirectedFrom {
  /** Script name and path info. */
  readonly url: ByteString;
  readonly variables: readonly MetaVariable[];
}
export interface MetaVariable {
  readonly name: ByteString;
  readonly value: ByteString;
  readonly source: VariableSource;
}
interface MetaVariables {
  /** Names are unique without regard to case and fit for an environment; values hold no NUL. */
  readonly variables: readonly MetaVariable[];
  /** Header fields (and ill-formed variables) the script does not get to see, each with the reason. */
  readonly notExported: readonly NameAndWhy[];
}

/**
 * RFC 3875's own first, in its order, then the headers', the customary ones, and what
 * configuration, environment and composer add.
 */
export function metaVariables(input: MetaVariableInput): MetaVariables {
  const { request, target, route, connection, policy } = input;
  const webSocketId = input.webSocketId ?? null;
  const notExported: NameAndWhy[] = [];
  const table = new VariableTable(notExported);
  /** `name` is one of ours, in capitals. */
  const set = (name: string, value: string, source: VariableSource): void =>
    table.add(latin1(name), latin1(value), source);

  if (input.auth !== null) set("AUTH_TYPE", input.auth.type, "server"); // §4.1.1: only when the server itself asked
  if (input.contentLength !== null) set("CONTENT_LENGTH", String(input.contentLength), lengthSource(request.headers));
  let hasType = false;
  for (const [name, value] of request.headers) {
    if (name.length !== 12 || name.toLowerCase() !== "content-type") continue;
    if (hasType) notExported.push([name, notExportedMessage("repeated-content-type")]);
    else set("CONTENT_TYPE", value, headerSource(name)); // §4.1.3: none is invented
    hasType = true;
  }
  set("GATEWAY_INTERFACE", "CGI/1.1", "server");
  if (route.pathInfo !== "") {
    set("PATH_INFO", route.pathInfo, "request-line");
    // §4.1.6: only with PATH_INFO
    set("PATH_TRANSLATED", route.pathTranslated ?? route.documentRoot.replace(/\/$/, "") + route.pathInfo, "server");
  }
  set("QUERY_STRING", target.query, "request-line"); // §4.1.7: always, and as sent
  const remote = plainAddress(connection.remoteAddress);
  set("REMOTE_ADDR", remote, "connection");
  set("REMOTE_HOST", remote, "connection"); // §4.1.9 permits the address; a look-up would hold up every request
  if (input.auth !== null) set("REMOTE_USER", input.auth.user, "server");
  set("REQUEST_METHOD", request.method, "request-line");
  set("SCRIPT_NAME", route.scriptName, "request-line");
  const [serverName, serverNameSource] = nameOfServer(input);
  set("SERVER_NAME", serverName, serverNameSource);
  set("SERVER_PORT", String(connection.localPort), "connection"); // §4.1.15: the port it came in on, whatever Host says
  set("SERVER_PROTOCOL", `HTTP/${request.httpVersion}`, "request-line");
  set("SERVER_SOFTWARE", input.serverSoftware, "server");

  const passAuthorization = policy.passAuthorization || route.passAuthorization;
  for (const { name, value, header } of headerVariables(
    request.headers,
    { underscoreHeader: policy.underscoreHeader, passAuthorization, isUpgraded: webSocketId !== null },
    notExported,
  )) {
    // RFC 9112 §3.2.2: a target that names the host has more say than the header.
    if (name === "HTTP_HOST" && target.authority !== null) table.add(name, target.authority, "request-line");
    else table.add(name, value, headerSource(header));
  }

  // In no RFC, but set by every server and asked for by many scripts.
  set("DOCUMENT_ROOT", route.documentRoot, "server");
  set("REDIRECT_STATUS", "200", "server"); // php-cgi refuses to run without it
  set("REMOTE_PORT", String(connection.remotePort), "connection");
  set("REQUEST_SCHEME", "http", "connection");
  set("REQUEST_URI", requestUri(target), "request-line");
  set("SCRIPT_FILENAME", route.scriptFilename ?? route.file, "server");
  set("SERVER_ADDR", plainAddress(connection.localAddress), "connection");
  if (webSocketId !== null) set("UNIQUE_ID", webSocketId, "server"); // as websocketd sets it
  const admin = input.serverAdmin ?? null;
  if (admin !== null) {
    set("SERVER_ADMIN", admin, "server");
    set("SERVER_SIGNATURE", signature(input.serverSoftware, admin, serverName, connection.localPort), "server");
  }
  if (input.redirectedFrom) addRedirected(table, input.redirectedFrom, passAuthorization);
  if (route.actionUrl !== undefined) table.set(latin1("REDIRECT_URL"), route.actionUrl, "request-line"); // as in Apache

  for (const [name, value] of input.inherited) if (!table.has(name)) table.set(name, value, "inherited");
  for (const [name, value] of route.variables) table.set(name, value, "config");
  for (const [name, value] of input.overrides) table.set(name, value, "composer");
  return { variables: table.list, notExported };
}

/** The line with which Apache ends its pages (`ServerSignature EMail`). */
function signature(software: ByteString, admin: ByteString, name: ByteString, port: number): string {
  const href = /^[a-z][a-z0-9+.-]*:/i.test(admin) ? admin : `mailto:${admin}`;
  return `<address>${software} Server at <a href="${href}">${name}</a> Port ${port}</address>\n`;
}

const credentialVariables: ReadonlySet<string> = new Set(["HTTP_AUTHORIZATION", "HTTP_PROXY_AUTHORIZATION"]);

/**
 * The variables of the script that redirected here, with REDIRECT_ before each name, and REDIRECT_URL: as Apache.
 * Unlike there, credentials do not reach a script that may not have them.
 */
function addRedirected(table: VariableTable, { url, variables }: RedirectedFrom, passAuthorization: boolean): void {
  // Apache sets REDIRECT_STATUS after a redirect alone, so only such a one is passed on.
  const wasRedirected = variables.some(({ name }) => name === "REDIRECT_URL");
  for (const { name, value } of variables) {
    const own = name.replace(/^(?:REDIRECT_)+/, "");
    if ((name === "REDIRECT_STATUS" && !wasRedirected) || (!passAuthorization && credentialVariables.has(own)))
      continue;
    table.set(latin1(`REDIRECT_${name}`), value, "server");
  }
  table.set(latin1("REDIRECT_URL"), url, "server");
}

/** Keys up to which a search beats a Map: a client may send thousands of headers. */
const maxSearched = 200;

/** Variables by name without regard to case (RFC 3875 §4.1); the last value set counts, at the place of the first. */
class VariableTable {
  readonly list: MetaVariable[] = [];
  /** The names in capitals, in the same order. A few dozen are searched faster than a Map of them is made. */
  readonly #keys: string[] = [];
  /** The places of so many keys as it has entries. */
  readonly #places = new Map<string, number>();
  readonly #notExported: NameAndWhy[];

  constructor(notExported: NameAndWhy[]) {
    this.#notExported = notExported;
  }

  /** `name` is in capitals, fit for an environment, and new. */
  add(name: ByteString, value: ByteString, source: VariableSource): void {
    if (value.includes("\0")) this.#notExported.push([name, notExportedMessage("nul-in-value")]);
    else {
      this.#keys.push(name);
      this.list.push({ name, value, source });
    }
  }

  has(name: ByteString): boolean {
    return this.#placeOf(name.toUpperCase()) >= 0;
  }

  set(name: ByteString, value: ByteString, source: VariableSource): void {
    const key = name.toUpperCase();
    const at = this.#placeOf(key);
    if (name === "" || name.includes("=") || name.includes("\0"))
      this.#notExported.push([name, notExportedMessage("bad-variable-name")]);
    else if (value.includes("\0")) this.#notExported.push([name, notExportedMessage("nul-in-value")]);
    else if (at >= 0) this.list[at] = { name, value, source };
    else {
      this.#keys.push(key);
      this.list.push({ name, value, source });
    }
  }

  #placeOf(key: string): number {
    if (this.#keys.length <= maxSearched) return this.#keys.indexOf(key);
    for (let at = this.#places.size; at < this.#keys.length; at++) this.#places.set(this.#keys[at] ?? "", at);
    return this.#places.get(key) ?? -1;
  }
}

// A header's name is a token, so ASCII: as text and as bytes it is the same.
const headerSource = (name: ByteString): VariableSource => `header:${name}`;

/** A chunked body has no Content-Length: the number was counted after decoding. */
function lengthSource(headers: readonly HeaderPair[]): VariableSource {
  const field =
    headers.find(([name]) => /^content-length$/i.test(name)) ??
    headers.find(([name]) => /^transfer-encoding$/i.test(name));
  return field === undefined ? "server" : headerSource(field[0]);
}

/** §4.1.14: what the client called us; without a (proper) name, the address it reached. */
function nameOfServer({ request, target, connection }: MetaVariableInput): readonly [ByteString, VariableSource] {
  const fromTarget = target.authority === null ? null : hostOf(target.authority);
  if (fromTarget !== null) return [fromTarget, "request-line"];
  const field = request.headers.find(([name]) => name.length === 4 && name.toLowerCase() === "host");
  const fromHost = field === undefined ? null : hostOf(field[1]);
  if (field !== undefined && fromHost !== null) return [fromHost, headerSource(field[0])];
  return [addressAsHost(connection.localAddress), "connection"];
}

/** Path and query as sent; of an absolute-form target without scheme and host. */
function requestUri(target: Target): string {
  if (target.authority === null) return target.raw;
  const rest = target.raw.slice(target.raw.indexOf("//") + 2 + target.authority.length);
  return rest.startsWith("/") ? rest : `/${rest}`;
}
