// What the environments of other servers are made of: variables that mean the same everywhere, each server's own, and
// the request's headers.
import type { ByteString } from "../contract/bytes-text.js";
import { firstValue } from "../protocol/header-values.js";
import type { ServerRun } from "./server-run.js";

/** The server's own environment is not among them. */
export type Environment = ReadonlyMap<string, string>;
type Values = Readonly<Record<string, string | null>>;

export interface EnvironmentRules {
  /** Names of variables that have their usual value. One with "?" is left out where there is none, else it is empty. */
  readonly usual: string;
  /** Further ones; null: left out. */
  readonly own: (run: ServerRun) => Values;
  /** Null: no variable is made of the header. Names are in lower case. */
  readonly variable: (header: string) => string | null;
  /** Values of one header. */
  readonly join: (values: readonly string[], header: string) => string;
  /** Which counts of different headers that make the same variable; not there: the last. */
  readonly same?: "first" | "joined";
}

function usualValues(run: ServerRun): Values {
  const { client, pathInfo, root } = run;
  return {
    CONTENT_LENGTH: run.bodyBytes === 0 ? null : String(run.bodyBytes),
    CONTENT_TYPE: headerOf(run, "content-type"),
    DOCUMENT_ROOT: root,
    FCGI_ROLE: "RESPONDER",
    GATEWAY_INTERFACE: "CGI/1.1",
    HTTP_HOST: headerOf(run, "host"),
    PATH_INFO: pathInfo === "" ? null : pathInfo,
    PATH_TRANSLATED: pathInfo === "" ? null : root + pathInfo,
    QUERY_STRING: queryOf(run),
    REDIRECT_STATUS: "200",
    REMOTE_ADDR: client.address,
    REMOTE_HOST: client.address,
    REMOTE_PORT: String(client.port),
    REMOTE_USER: basicUser(run),
    REQUEST_METHOD: run.method,
    REQUEST_SCHEME: "http",
    REQUEST_URI: run.target,
    SCRIPT_FILENAME: run.file,
    SCRIPT_NAME: run.scriptName,
    SERVER_ADDR: "127.0.0.1",
    SERVER_PORT: run.serverPort,
    SERVER_PROTOCOL: `HTTP/${run.httpVersion}`,
  };
}

export function environmentOf({ usual, own, variable, join, same }: EnvironmentRules, run: ServerRun): Environment {
  const values = usualValues(run);
  const given = usual.split(/\s+/).map((word): [string, string | null] => {
    const name = word.replace("?", "");
    return [name, values[name] ?? (word === name ? "" : null)];
  });
  const headers = new Map<string, string[]>();
  for (const [name, value] of run.headers) {
    const key = same === "joined" ? name.toLowerCase().replaceAll("_", "-") : name.toLowerCase();
    headers.set(key, [...(headers.get(key) ?? []), value]);
  }
  const made = [...headers].map(([name, all]): [string, string] => [variable(name) ?? "", join(all, name)]);
  const all = [...given, ...Object.entries(own(run)), ...(same === "first" ? made.reverse() : made)];
  return new Map(all.filter((pair): pair is [string, string] => pair[0] !== "" && pair[1] !== null));
}

/** HTTP_X_FOO of "X-Foo". */
export const variableName = (name: string): string => `HTTP_${name.toUpperCase().replaceAll("-", "_")}`;
/** With "_" for every other character, too. */
export const plainName = (name: string): string => `HTTP_${name.toUpperCase().replace(/[^A-Z0-9]/g, "_")}`;
/** Makes a variable of each header but these. */
export const allBut =
  (names: string, nameOf: EnvironmentRules["variable"] = variableName): EnvironmentRules["variable"] =>
  (header) =>
    names.split(" ").includes(header) ? null : nameOf(header);
export const joinedBy =
  (other: string, cookie = other): EnvironmentRules["join"] =>
  (values, header) =>
    values.join(header === "cookie" ? cookie : other);

export const headerOf = ({ headers }: ServerRun, name: string): ByteString | null => firstValue(headers, name);

export const queryOf = ({ target }: ServerRun): string => /\?(.*)$/s.exec(target)?.[1] ?? "";
/** The name and the port of the Host header. */
export function hostOf(run: ServerRun): { readonly name: string; readonly port: string | null } {
  const host = headerOf(run, "host") ?? "";
  const [, name = host, port = null] = /^(.*?)(?::(\d*))?$/.exec(host) ?? [];
  return { name: name.toLowerCase(), port: port === "" ? null : port };
}

/** The credentials of a Basic header, which nobody has checked. */
export function basicUser(run: ServerRun): string | null {
  const [, encoded] = /^basic +(\S+)$/i.exec(headerOf(run, "authorization") ?? "") ?? [];
  const text = encoded?.replace(/=+$/, "") ?? "";
  if (!/^[A-Za-z0-9+/]+$/.test(text) || text.length % 4 === 1) return null;
  const pair = atob(text);
  const colon = pair.indexOf(":");
  return colon < 0 ? null : pair.slice(0, colon);
}
