// What the environments of other servers are made of: the request's headers as variables, and its path.
import type { ByteString } from "../contract/bytes-text.js";
import { firstValue } from "../protocol/header-values.js";
import type { ServerRun } from "./server-run.js";

/** In the order in which they are made; the server's own environment is not among them. */
export type Environment = ReadonlyMap<string, string>;

interface HeaderRules {
  /** Null: no variable is made of it. */
  readonly nameOf: (name: string) => string | null;
  /** Values of one variable. `isCookie`: of Cookie. */
  readonly join: (values: readonly string[], isCookie: boolean) => string;
}

/** HTTP_* of the request's headers, in their order; several headers may make the same variable. */
export function headerVariables({ headers }: ServerRun, { nameOf, join }: HeaderRules): [string, string][] {
  const values = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    values.set(key, [...(values.get(key) ?? []), value]);
  }
  return [...values].flatMap(([name, all]) => {
    const variable = nameOf(name);
    return variable === null ? [] : [[variable, join(all, name === "cookie")]];
  });
}

/** HTTP_X_FOO of "X-Foo". */
export const variableName = (name: string): string => `HTTP_${name.toUpperCase().replaceAll("-", "_")}`;
export const joinedBy =
  (other: string, cookie = other): HeaderRules["join"] =>
  (values, isCookie) =>
    values.join(isCookie ? cookie : other);
export const firstOf: HeaderRules["join"] = ([first = ""]) => first;
export const lastOf: HeaderRules["join"] = (values) => values.at(-1) ?? "";

export const isAny = (name: string, ...names: readonly string[]): boolean => names.includes(name.toLowerCase());
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
