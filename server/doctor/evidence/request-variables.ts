// Variables that a server sets for some requests only (RFC 3875 §4.1): which request has them.
import type { FactsWithFile } from "../base/facts.js";

const setOnlyFor: ReadonlyMap<string, string> = new Map([
  ["CONTENT_LENGTH", "for a request with a body"],
  ["CONTENT_TYPE", "for a request with the header Content-Type"],
  ["PATH_INFO", "if the path in the URL continues after the script"],
  ["PATH_TRANSLATED", "if the path in the URL continues after the script"],
  ["REMOTE_USER", "after a sign-in"],
  ["AUTH_TYPE", "after a sign-in"],
]);

/** "for a request with a body"; null for a variable that does not depend on the request. */
export function whenSet(name: string): string | null {
  const field = /^HTTP_([A-Z0-9_]+)$/.exec(name)?.[1];
  if (field === undefined) return setOnlyFor.get(name) ?? null;
  const words = field.split("_").map((word) => word.slice(0, 1) + word.slice(1).toLowerCase());
  return `for a request with the header ${words.join("-")}`;
}

/** The most common variables that a compiled program names and this request does not set. */
export function namedButUnset({ file, env }: FactsWithFile): string[] {
  if (file === null || file.program === null) return [];
  return [...setOnlyFor.keys(), "HTTP_COOKIE", "HTTP_REFERER"].filter(
    (name) => file.source.includes(`\0${name}\0`) && !env?.some((variable) => variable.name === name),
  );
}
