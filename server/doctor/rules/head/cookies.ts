// Rules about the cookies that a script sets, each by its own: a table. The key is the rule's id.
import { firstValue } from "../../../protocol/header-values.js";
import { month } from "../../../protocol/http-date.js";
import { quoteBytes } from "../../../protocol/quote.js";
import { passedOnByAll } from "../../base/logged.js";
import { family, type InlineRule, type RuleTexts } from "../../base/rule.js";
import { fieldLocation, scriptFields } from "../../evidence/header-fields.js";

interface CookieRule extends RuleTexts {
  /** What is wrong, as a sentence without its full stop; null: nothing. `host`: of the URL, in lower case. */
  readonly wrong: (cookie: SetCookie, host: string) => string | null;
}

const cookieRules: Readonly<Record<string, CookieRule>> = {
  // A cookie with a value and a date that was in the future when the script was written.
  "cookie-expired": {
    severity: "hint",
    title: "A cookie's date lies in the past",
    summary: "Browsers do not store a cookie whose `Expires` has passed. They delete one of this name that they have.",
    explanation:
      "`Expires` says until when a browser keeps a cookie. With a date in the past the browser deletes the cookie at once, and the script never gets it back. That is the way to delete a cookie. In old scripts the date is often a fixed one that was far in the future once: `31-Dec-99`. Compute it from the current time, or use `Max-Age` with a number of seconds.",
    reference: "RFC 6265 §5.3",
    logged: passedOnByAll,
    wrong: (cookie) =>
      isForgotten(cookie)
        ? "this date has passed, so browsers do not store the cookie. If it is not meant to be deleted, compute the date, or use `Max-Age`"
        : null,
  },
  // A Set-Cookie value that browsers parse differently (RFC 6265 §4.1).
  "cookie-malformed": {
    severity: "warning",
    title: "A cookie is malformed",
    summary: "A cookie's name or value has a character that is not allowed, or its date is not valid.",
    explanation:
      "A cookie is `name=value`, followed by attributes that are separated by semicolons. A name has letters, digits and a few signs. A value must not have spaces, commas, quotes, backslashes or non-ASCII letters: browsers cut them off, or send them back in different ways. Percent-encode the value, or use base64. Each cookie needs its own `Set-Cookie` header; commas cannot join them.",
    reference: "RFC 6265 §4.1",
    logged: passedOnByAll,
    wrong: whyMalformed,
  },
  // A Set-Cookie that browsers drop.
  "cookie-refused": {
    severity: "warning",
    title: "Browsers will refuse this cookie",
    summary: "The cookie's attributes contradict each other or the URL, so browsers drop it without an error.",
    explanation:
      "Browsers refuse some cookies silently, and the script gets no cookie in the next request. `SameSite=None` needs `Secure`. A name that begins with `__Secure-` needs `Secure`; one that begins with `__Host-` needs `Secure`, `Path=/` and no `Domain`. `Domain` must be the host of the URL or a parent domain of it. Name and value together can have at most 4096 bytes.",
    reference: "RFC 6265 §5.3, RFC 6265bis §5.7",
    logged: passedOnByAll,
    wrong: whyRefused,
  },
};

/** What scripts write to delete a cookie: a value that is none. The date is then meant. */
const none = /^"?(?:deleted?|expired?|none|null|nil|undefined|logged-?out|logout|[-0xX]?)"?$/i;

function isForgotten({ value, attributes }: SetCookie): boolean {
  const expires = attributes.get("expires");
  return (
    expires !== undefined &&
    !attributes.has("max-age") &&
    !none.test(value) &&
    isCookieDate(expires) &&
    isLongPast(expires)
  );
}

function whyMalformed({ name, value, attributes }: SetCookie): string | null {
  if (name === null) return "“=” is missing between name and value";
  if (name === "") return "the name is empty";
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) return "the name has a character that is not allowed";
  if (/[\x80-\xff]/.test(value)) return "the value has non-ASCII letters; percent-encode it";
  if (/,\s*[\w-]+=/.test(value) || [...attributes].some(([key, text]) => key !== "expires" && /,\s*[\w-]+=/.test(text)))
    return "a comma seems to join two cookies; each needs its own `Set-Cookie` header";
  if (/[\s,\\]|.".|^"[^"]*$/.test(value.replace(/^"(.*)"$/, "$1")))
    return "the value has a space, comma, quote or backslash; percent-encode it";
  const expires = attributes.get("expires");
  if (expires !== undefined && !isCookieDate(expires))
    return "`Expires` is not a valid date, so the cookie lasts only for the browser session";
  const age = attributes.get("max-age");
  return age !== undefined && !/^-?\d+$/.test(age)
    ? "`Max-Age` is not a number of seconds, so browsers ignore it"
    : null;
}

function whyRefused({ name, value, attributes }: SetCookie, host: string): string | null {
  const size = (name ?? "").length + value.length;
  if (size > 4096) return `name and value have ${size} bytes, and browsers accept 4096`;
  const isSecure = attributes.has("secure");
  if (attributes.get("samesite")?.toLowerCase() === "none" && !isSecure) return "`SameSite=None` needs `Secure`";
  if (attributes.has("partitioned") && !isSecure) return "`Partitioned` needs `Secure`";
  const prefix = /^__(secure|host)-/i.exec(name ?? "")?.[1]?.toLowerCase();
  if (prefix !== undefined && !isSecure) return "its name needs `Secure`";
  if (prefix === "host" && (attributes.get("path") !== "/" || attributes.has("domain")))
    return "a name that begins with `__Host-` needs `Path=/` and no `Domain`";
  const domain = attributes.get("domain")?.replace(/^\./, "").toLowerCase() ?? "";
  if (domain === "" || host === "" || host === domain) return null;
  return /^[\d.]+$|:/.test(host) || !host.endsWith(`.${domain}`)
    ? `its \`Domain\` is ${domain}, and the host of the URL is ${host}`
    : null;
}

/** A Set-Cookie value, parsed as browsers do (RFC 6265 §5.1.1, §5.2). */
interface SetCookie {
  /** null if the first part has no "=". */
  readonly name: string | null;
  readonly value: string;
  /** The attributes by name in lower case; of several the last one counts. */
  readonly attributes: ReadonlyMap<string, string>;
}

function readSetCookie(text: string): SetCookie {
  const [pair = "", ...rest] = text.split(";");
  const attributes = new Map(
    rest.map((part): [string, string] => {
      const equals = part.indexOf("=");
      return equals < 0
        ? [part.trim().toLowerCase(), ""]
        : [part.slice(0, equals).trim().toLowerCase(), part.slice(equals + 1).trim()];
    }),
  );
  const equals = pair.indexOf("=");
  return { name: equals < 0 ? null : pair.slice(0, equals).trim(), value: pair.slice(equals + 1).trim(), attributes };
}

/** Browsers accept the four parts of a cookie's date in any order. */
function isCookieDate(value: string): boolean {
  const parts = value.split(/[\t -/;-@[-`{-~]+/);
  return (
    parts.some((part) => /^\d{1,2}:\d{1,2}:\d{1,2}(?:\D|$)/.test(part)) &&
    parts.some((part) => new RegExp(`^${month}`, "i").test(part)) &&
    parts.some((part) => /^\d{1,2}(?:\D|$)/.test(part)) &&
    parts.some((part) => /^(?:\d{4}|\d{2})(?:\D|$)/.test(part))
  );
}

/**
 * A fixed date of years ago. Not the first day of a year, which is how scripts write a date that has passed for
 * certain; and none of the last years, which may be the result of “a year ago”.
 */
function isLongPast(value: string): boolean {
  const parts = value.split(/[\t -/;-@[-`{-~]+/);
  const year = parts.map((part) => /^(?:\d{4}|\d{2})$/.exec(part)?.[0] ?? "").findLast((part) => part !== "") ?? "";
  const full = year.length === 4 ? Number(year) : Number(year) + (Number(year) >= 70 ? 1900 : 2000);
  const isFirstDay = /^0?1$/.test(parts.find((part) => /^\d{1,2}$/.test(part)) ?? "") && /\bJan/i.test(value);
  return !isFirstDay && full > 1970 && full < 2020;
}

export const rules = family<CookieRule, InlineRule>(cookieRules, ({ wrong, ...texts }) => ({
  ...texts,
  about: ["set-cookie"],
  check: (facts) => {
    const cookies = scriptFields(facts).filter(({ key }) => key === "set-cookie");
    if (cookies.length === 0) return null;
    const host = (firstValue(facts.request.headers, "host") ?? "").replace(/:\d*$/, "").toLowerCase();
    return cookies.flatMap((field) => {
      const why = wrong(readSetCookie(field.value), host);
      return why === null ? [] : [{ detail: `${quoteBytes(field.value)}: ${why}.`, ...fieldLocation(facts, field) }];
    });
  },
}));
