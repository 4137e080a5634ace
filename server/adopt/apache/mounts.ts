// Where Apache's configuration leads URL paths: to folders, programs, applications, and elsewhere.
import { adoptMessage } from "../messages.js";
import { pathsOfPattern, prefixesOfPattern } from "../patterns.js";
import { approximated, leftOut, malformed, type Outcome } from "./directives.js";
import { fastcgiAddress } from "./handlers.js";
import type { Directive } from "./read.js";

type Redirect = { readonly to: string; readonly status: 301 | 302 | 303 | 307 | 308; readonly exact?: true };

/** One URL path that leads somewhere. */
export interface Mount {
  /** The URL as it is written. */
  readonly url: string;
  readonly place: Directive;
  readonly leads:
    | { readonly to: "path"; readonly path: string; readonly isScript: boolean }
    | { readonly to: "wsgi"; readonly path: string }
    | { readonly to: "address"; readonly address: string }
    | { readonly to: "redirect"; readonly redirect: Redirect }
    | { readonly to: "nothing" };
}

interface Found {
  readonly mounts: readonly Mount[];
  readonly outcome: Outcome;
}
type Make = (directive: Directive) => Found;

const none = (outcome: Outcome): Found => ({ mounts: [], outcome });
const some = (mounts: readonly Mount[], outcome: Outcome = null): Found => ({ mounts, outcome });
const isPath = (word: string): boolean => word.startsWith("/");
const notUnderstood = (pattern: string): Found => none(leftOut(adoptMessage("pattern-not-understood", { pattern })));

/** Alias and ScriptAlias; within a Location the URL is that section's. */
const alias =
  (isScript: boolean): Make =>
  (place) => {
    const { words, scope } = place;
    const location = scope.findLast(({ key }) => key === "location")?.words[0];
    const [url = "", path = ""] = words.length === 1 ? [location, words[0]] : words;
    if (!isPath(url) || !isPath(path)) return none(malformed(place));
    return some([{ url, place, leads: { to: "path", path, isScript } }]);
  };

/** "/x/" of "^/x/(.*)$"; null: the pattern is another. */
const openPrefix = (pattern: string): string | null => {
  const prefixes = /^\^.*\(\.\*\)\$?$/.test(pattern) ? prefixesOfPattern(pattern) : null;
  return prefixes?.length === 1 ? (prefixes[0] ?? null) : null;
};

/** A pattern with one prefix and `$1` behind the target's, or plain paths that lead to one file. */
const aliasMatch =
  (isScript: boolean): Make =>
  (place) => {
    const [pattern = "", target = ""] = place.words;
    if (!isPath(target)) return none(malformed(place));
    const rest = /^([^$]*)\$1$/.exec(target)?.[1];
    const prefix = openPrefix(pattern);
    if (rest !== undefined && prefix !== null && rest.endsWith("/") === prefix.endsWith("/"))
      return some([{ url: prefix, place, leads: { to: "path", path: rest, isScript } }]);
    const urls = target.includes("$") ? null : pathsOfPattern(pattern);
    if (urls === null) return notUnderstood(pattern);
    return some(urls.map((url) => ({ url, place, leads: { to: "path", path: target, isScript } })));
  };

const words: Readonly<Record<string, number>> = { permanent: 301, temp: 302, seeother: 303, gone: 410 };
const statuses = [301, 302, 303, 307, 308] as const;

function redirectOf(place: Directive, given: number | null): { status: number; rest: readonly string[] } {
  const [first = ""] = place.words;
  const named = words[first.toLowerCase()] ?? (/^\d{3}$/.test(first) ? Number(first) : null);
  return { status: given ?? named ?? 302, rest: given === null && named !== null ? place.words.slice(1) : place.words };
}

const redirect =
  (given: number | null, isMatch: boolean): Make =>
  (place) => {
    const { status, rest } = redirectOf(place, given);
    const location = place.scope.findLast(({ key }) => key === "location")?.words[0];
    const isInLocation = location !== undefined && rest.length < 2 && status < 400;
    const [from = "", to = ""] = isInLocation ? [location, ...rest] : rest;
    const known = statuses.find((one) => one === status);
    if (status >= 400 && from !== "") return refused(place, from, status, isMatch);
    if (known === undefined || !/^(?:\/|https?:\/\/)/.test(to)) return none(malformed(place));
    if (!isMatch) {
      if (!isPath(from)) return none(malformed(place));
      return some([{ url: from, place, leads: { to: "redirect", redirect: { to, status: known } } }]);
    }
    const prefix = openPrefix(from);
    const target = /^([^$]*)\$1$/.exec(to)?.[1];
    if (prefix !== null && target !== undefined && target.endsWith("/") === prefix.endsWith("/"))
      return some([{ url: prefix, place, leads: { to: "redirect", redirect: { to: target, status: known } } }]);
    const urls = to.includes("$") ? null : pathsOfPattern(from);
    if (urls === null) return notUnderstood(from);
    return some(
      urls.map((url) => ({ url, place, leads: { to: "redirect", redirect: { to, status: known, exact: true } } })),
    );
  };

/** `Redirect gone` and other refusals. Names with a dot first are never served here. */
function refused(place: Directive, from: string, status: number, isMatch: boolean): Found {
  const outcome = status === 403 ? null : approximated(adoptMessage("gone-as-403"));
  if (isMatch && isAboutHidden(from)) return none(outcome);
  const urls = isMatch ? (pathsOfPattern(from) ?? prefixesOfPattern(from)) : isPath(from) ? [from] : null;
  if (urls === null) return notUnderstood(from);
  return some(
    urls.map((url) => ({ url, place, leads: { to: "nothing" } })),
    outcome,
  );
}

/** A pattern that only forbids names with a dot first. */
export const isAboutHidden = (pattern: string): boolean =>
  /^(?:\^\/?|\/|\((?:\?:)?\^\|\/\))\\\.(?:[\w.\\?*+$/-]|\([\w.|\\?-]*\))*$/.test(pattern) || pattern === "(^\\.|/\\.)";

export const mountDirectives: Readonly<Record<string, Make>> = {
  alias: alias(false),
  scriptalias: alias(true),
  aliasmatch: aliasMatch(false),
  scriptaliasmatch: aliasMatch(true),
  redirect: redirect(null, false),
  redirectpermanent: redirect(301, false),
  redirecttemp: redirect(302, false),
  redirectmatch: redirect(null, true),
  wsgiscriptalias: (place) => {
    const [url = "", path = ""] = place.words;
    if (!isPath(url) || !isPath(path)) return none(malformed(place));
    return some([{ url, place, leads: { to: "wsgi", path } }]);
  },
  proxypass: (place) => {
    const [url = "", target = ""] = place.words;
    const address = fastcgiAddress(target);
    if (!isPath(url) || address === null) return none(leftOut(adoptMessage("no-equivalent", { name: place.name })));
    return some([{ url, place, leads: { to: "address", address } }]);
  },
};
