// What RewriteRule is used for most: a front controller, a redirect of one path, a refusal, and Authorization for
// scripts. Any other rule is left out.
import { adoptMessage } from "../messages.js";
import { pathsOfPattern, prefixesOfPattern } from "../patterns.js";
import { approximated, leftOut, type Outcome, type PlaceSettings } from "./directives.js";
import { isAboutHidden, type Mount } from "./mounts.js";
import type { Directive } from "./read.js";

const isAnything = (pattern: string): boolean =>
  /^(?:\^|\.|\.[*+]|\^\.[*+]\$?|\^?\/?\(\.[*+]\)\$?|\^\/)$/.test(pattern);
const isOfExisting = ({ words: [subject = "", test = ""] }: Directive, isNegated: boolean): boolean =>
  /%\{(?:SCRIPT|REQUEST)_FILENAME\}$/i.test(subject) && (isNegated ? /^!-[fdlFs]$/ : /^-[fdlFs]$/).test(test);

export interface Rewritten {
  readonly mounts: readonly Mount[];
  readonly outcome: Outcome;
  /** For the place where the rule is written. */
  readonly apply: ((at: PlaceSettings) => void) | null;
}

/** `base`: the URL path that a rule of a folder begins at; null: the rule sees whole paths. */
export function rewrite(rule: Directive, conditions: readonly Directive[], base: string | null): Rewritten {
  const [pattern = "", target = "", given = ""] = rule.words;
  const flags = given
    .replace(/^\[|\]$/g, "")
    .split(",")
    .map((flag) => flag.trim());
  const has = (name: RegExp) => flags.find((flag) => name.test(flag));
  const done = (mounts: readonly Mount[] = [], outcome: Outcome = null, apply: Rewritten["apply"] = null) => ({
    mounts,
    outcome,
    apply,
  });
  const path = (text: string) => (base === null || text.startsWith("/") ? text : `${base}${text}`);
  const authorization = flags.every((flag) => /^(?:E=HTTP_AUTHORIZATION:.*|L|NC|NE|)$/.test(flag)) && has(/^E=/);
  if (target === "-" && authorization && isAnything(pattern))
    return done([], null, (at) => {
      at.passAuthorization = true;
    });
  if (target === "-" && conditions.length > 0 && conditions.every((one) => isOfExisting(one, false))) return done();
  if (target === "-" && conditions.length === 0 && given === "[L]" && /^\^[\w\\.-]+\$$/.test(pattern)) return done();
  if (target === "-" && conditions.length === 0 && has(/^(?:F|G|forbidden|gone)$/)) {
    const outcome = has(/^[Gg]/) ? approximated(adoptMessage("gone-as-403")) : null;
    if (isAboutHidden(pattern)) return done([], outcome);
    const anchored = pattern.startsWith("^") && base !== null ? `^${base}${pattern.slice(1)}` : pattern;
    const urls = pathsOfPattern(anchored) ?? prefixesOfPattern(anchored);
    if (urls !== null)
      return done(
        urls.map((url) => ({ url, place: rule, leads: { to: "nothing" } })),
        outcome,
      );
  }
  const status = /^R(?:=(\d+|permanent))?$/i.exec(has(/^R(?:=|$)/i) ?? "");
  if (status && conditions.length === 0 && !/[$%]/.test(target)) {
    const asked = status[1] === "permanent" ? 301 : Number(status[1] ?? 302);
    const known = ([301, 302, 303, 307, 308] as const).find((one) => one === asked);
    const urls = pathsOfPattern(base !== null && pattern.startsWith("^") ? `^${base}${pattern.slice(1)}` : pattern);
    const to = /^https?:/.test(target) ? target : path(target);
    if (known !== undefined && urls !== null && /^(?:\/|https?:\/\/)/.test(to)) {
      const redirect = { to, status: known, exact: true as const };
      return done(urls.map((url) => ({ url, place: rule, leads: { to: "redirect", redirect } })));
    }
  }
  const isFront = isAnything(pattern) && conditions.length > 0 && conditions.every((one) => isOfExisting(one, true));
  const [, script = "", more = ""] = /^([^?$%]+\.\w+)(\/\$1)?$/.exec(target) ?? [];
  if (isFront && script !== "" && !status)
    return done([], more === "" ? null : approximated(adoptMessage("no-equivalent", { name: more })), (at) => {
      at.fallback = { path: path(script), line: rule };
    });
  return done([], leftOut(adoptMessage("no-equivalent", { name: "this rule" })));
}
