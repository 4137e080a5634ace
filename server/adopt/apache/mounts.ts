// Where Apache's configuration leads URL paths: to folders, programs, applications, and elsewhere.
import { adoptMessage } from "../messages.js";
import { pathsOfPattern, prefixesOfPattern } from "../patterns.js";
import { approximated, leftOut, type Outcome } from "../report.js";
import { malformed } from "./directives.js";
import { fastcgiAddress } from "./handlers.js";
import type { Directive } from "./read.js";

export const redirectStatuses = [301, 302, 303, 307, 308] as const;
type Redirect = { readonly to: string; readonly status: (typeof redirectStatuses)[number]; readonly exact?: true };
type Leads =
  | { readonly to: "path"; readonly path: string; readonly isScript: boolean }
  | { readonly to: "wsgi"; readonly path: string }
  | { readonly to: "address"; readonly address: string }
  | { readonly to: "redirect"; readonly redirect: Redirect }
  | { readonly to: "nothing" };

/** One URL path that leads somewhere. */
export interface Mount {
  /** The URL as it is written. */
  readonly url: string;
  readonly place: Directive;
  readonly leads: Leads;
}

/** Adds a mount of the directive, which the workbench then has exactly. */
export type AddMount = (url: string, leads: Leads) => null;
type Make = (place: Directive, mount: AddMount) => Outcome;

const isPath = (word: string): boolean => word.startsWith("/");
const notUnderstood = (pattern: string): Outcome => leftOut(adoptMessage("pattern-not-understood", { pattern }));
const locationAround = ({ scope }: Directive): string | undefined =>
  scope.findLast(({ key }) => key === "location")?.words[0];

/** Alias and ScriptAlias; within a Location the URL is that section's. */
const alias =
  (isScript: boolean): Make =>
  (place, mount) => {
    const { words } = place;
    const [url = "", path = ""] = words.length === 1 ? [locationAround(place), words[0]] : words;
    return isPath(url) && isPath(path) ? mount(url, { to: "path", path, isScript }) : malformed(place);
  };

/** A pattern with one prefix and `$1` behind the target's, or plain paths that lead to one target. */
function mountMatches(
  pattern: string,
  target: string,
  mount: AddMount,
  leadsTo: (target: string, isExact: boolean) => Leads,
): Outcome {
  const rest = /^([^$]*)\$1$/.exec(target)?.[1];
  const [prefix, ...others] = (/^\^.*\(\.\*\)\$?$/.test(pattern) && prefixesOfPattern(pattern)) || [];
  const isOne = prefix !== undefined && others.length === 0;
  if (rest !== undefined && isOne && rest.endsWith("/") === prefix.endsWith("/"))
    return mount(prefix, leadsTo(rest, false));
  const urls = target.includes("$") ? null : pathsOfPattern(pattern);
  for (const url of urls ?? []) mount(url, leadsTo(target, true));
  return urls === null ? notUnderstood(pattern) : null;
}

const aliasMatch =
  (isScript: boolean): Make =>
  (place, mount) => {
    const [pattern = "", target = ""] = place.words;
    if (!isPath(target)) return malformed(place);
    return mountMatches(pattern, target, mount, (path) => ({ to: "path", path, isScript }));
  };

const statusWords: Readonly<Record<string, number>> = { permanent: 301, temp: 302, seeother: 303, gone: 410 };

const redirect =
  (given: number | null, isMatch: boolean): Make =>
  (place, mount) => {
    const [first = ""] = place.words;
    const named = statusWords[first.toLowerCase()] ?? (/^\d{3}$/.test(first) ? Number(first) : null);
    const asked = given ?? named ?? 302;
    const rest = given === null && named !== null ? place.words.slice(1) : place.words;
    const location = rest.length < 2 && asked < 400 ? locationAround(place) : undefined;
    const [from = "", to = ""] = location === undefined ? rest : [location, ...rest];
    if (asked >= 400 && from !== "") return refused(from, asked, isMatch, mount);
    const status = redirectStatuses.find((one) => one === asked);
    if (status === undefined || !/^(?:\/|https?:\/\/)/.test(to)) return malformed(place);
    if (isMatch)
      return mountMatches(from, to, mount, (target, isExact) => ({
        to: "redirect",
        redirect: { to: target, status, ...(isExact && { exact: true }) },
      }));
    return isPath(from) ? mount(from, { to: "redirect", redirect: { to, status } }) : malformed(place);
  };

/** `Redirect gone` and other refusals. Names with a dot first are never served here. */
function refused(from: string, status: number, isMatch: boolean, mount: AddMount): Outcome {
  const outcome = status === 403 ? null : approximated(adoptMessage("gone-as-403"));
  if (isMatch && isAboutHidden(from)) return outcome;
  const urls = isMatch ? (pathsOfPattern(from) ?? prefixesOfPattern(from)) : isPath(from) ? [from] : null;
  for (const url of urls ?? []) mount(url, { to: "nothing" });
  return urls === null ? notUnderstood(from) : outcome;
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
  wsgiscriptalias: (place, mount) => {
    const [url = "", path = ""] = place.words;
    return isPath(url) && isPath(path) ? mount(url, { to: "wsgi", path }) : malformed(place);
  },
  proxypass: (place, mount) => {
    const [url = "", target = ""] = place.words;
    const address = fastcgiAddress(target);
    if (!isPath(url) || address === null) return leftOut(adoptMessage("no-equivalent", { name: place.name }));
    return mount(url, { to: "address", address });
  },
};
