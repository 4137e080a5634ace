// The values of headers by their names, which are case-insensitive (RFC 9110 §5.1).
import type { HeaderPair } from "./request.js";

/** Names of another length need no lower case to differ. */
const isNamed = (given: string, name: string): boolean => given.length === name.length && given.toLowerCase() === name;

/** The value of the first header with the name; null without one. `name` is in lower case. */
export function firstValue<Value>(headers: readonly (readonly [string, Value])[], name: string): Value | null {
  const found = headers.find(([given]) => isNamed(given, name));
  return found === undefined ? null : found[1];
}

/** The value of each header with the name, in their order. `name` is in lower case. */
export function valuesOf<Value>(headers: readonly (readonly [string, Value])[], name: string): Value[] {
  const values: Value[] = [];
  for (const [given, value] of headers) if (isNamed(given, name)) values.push(value);
  return values;
}

/** Images, scripts and forms of old browsers come without Origin; the Referer has it, unless the page hides it. */
export function refererOrigin(headers: readonly HeaderPair[]): string | null {
  const referer = firstValue(headers, "referer") ?? "";
  return URL.canParse(referer) ? new URL(referer).origin : null;
}
