// What RewriteRule is used for most: a front controller, a redirect of one path, a refusal, and Authorization for
// scripts. Any other rule is left out.
import { adoptMessage } from "../messages.js";
import { pathsOfPattern, prefixesOfPattern } from "../patterns.js";
import { approximated, leftOut, type Outcome } from "../report.js";
import type { PlaceSettings } from "./directives.js";
import { type AddMount, isAboutHidden, redirectStatuses } from "./mounts.js";
import type { Directive } from "./read.js";

const isAnything = (pattern: string): boolean =>
  /^(?:\^|\.|\.[*+]|\^\.[*+]\$?|\^?\/?\(\.[*+]\)\$?|\^\/)$/.test(pattern);
const isOfExisting = ({ words: [subject = "", test = ""] }: Directive, isNegated: boolean): boolean =>
  /%\{(?:SCRIPT|REQUEST)_FILENAME\}$/i.test(subject) && (isNegated ? /^!-[fdlFs]$/ : /^-[fdlFs]$/).test(test);

/** `apply`: what holds at the place where the rule is written. */
type Rewritten = { readonly outcome: Outcome; readonly apply?: (at: PlaceSettings) => void };

/** `base`: the URL path that a rule of a folder begins at; null: the rule sees whole paths. */
export function rewrite(
  rule: Directive,
  conditions: readonly Directive[],
  base: string | null,
  mount: AddMount,
): Rewritten {
  const [pattern = "", target = "", given = ""] = rule.words;
  const flags = given
    .replace(/^\[|\]$/g, "")
    .split(",")
    .map((flag) => flag.trim());
  const has = (name: RegExp) => flags.find((flag) => name.test(flag));
  const path = (text: string) => (base === null || text.startsWith("/") ? text : `${base}${text}`);
  const anchored = pattern.startsWith("^") && base !== null ? `^${base}${pattern.slice(1)}` : pattern;
  const isFree = conditions.length === 0;
  if (target === "-") {
    const isAuthorization = flags.every((flag) => /^(?:E=HTTP_AUTHORIZATION:.*|L|NC|NE|)$/.test(flag)) && has(/^E=/);
    if (isAuthorization && isAnything(pattern))
      return {
        outcome: null,
        apply: (at) => {
          at.passAuthorization = true;
        },
      };
    if (!isFree && conditions.every((one) => isOfExisting(one, false))) return { outcome: null };
    if (isFree && given === "[L]" && /^\^[\w\\.-]+\$$/.test(pattern)) return { outcome: null };
    if (isFree && has(/^(?:F|G|forbidden|gone)$/)) {
      const plain = isAboutHidden(pattern) ? [] : pathsOfPattern(anchored);
      const urls = plain ?? prefixesOfPattern(anchored);
      const longer = plain === null ? urls?.find((url) => !url.endsWith("/")) : undefined;
      const outcome = has(/^[Gg]/)
        ? approximated(adoptMessage("gone-as-403"))
        : longer === undefined
          ? null
          : approximated(adoptMessage("prefix-as-path", { path: longer }));
      for (const url of urls ?? []) mount(url, { to: "nothing" });
      if (urls !== null) return { outcome };
    }
  }
  const status = /^R(?:=(\d+|permanent))?$/i.exec(has(/^R(?:=|$)/i) ?? "");
  if (status && isFree && !/[$%]/.test(target)) {
    const asked = status[1] === "permanent" ? 301 : Number(status[1] ?? 302);
    const known = redirectStatuses.find((one) => one === asked);
    const urls = pathsOfPattern(anchored);
    const to = /^https?:/.test(target) ? target : path(target);
    if (known !== undefined && urls !== null && /^(?:\/|https?:\/\/)/.test(to)) {
      for (const url of urls) mount(url, { to: "redirect", redirect: { to, status: known, exact: true } });
      return { outcome: null };
    }
  }
  const isFront = isAnything(pattern) && !isFree && conditions.every((one) => isOfExisting(one, true));
  const [, script = "", more = ""] = /^([^?$%]+\.\w+)(\/\$1)?$/.exec(target) ?? [];
  if (!isFront || script === "" || status)
    return { outcome: leftOut(adoptMessage("no-equivalent", { name: "this rule" })) };
  return {
    outcome: more === "" ? null : approximated(adoptMessage("no-equivalent", { name: more })),
    apply: (at) => {
      at.fallback = { path: path(script), line: rule };
    },
  };
}
