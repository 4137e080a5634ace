// A Set-Cookie value that browsers parse differently (RFC 6265 §4.1).
import { quoteBytes } from "../../../../protocol/quote.js";
import { passedOnByAll } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";
import { fieldLocation, scriptFields } from "../../../evidence/header-fields.js";
import { isCookieDate, readSetCookie, type SetCookie } from "../../../evidence/set-cookie.js";

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

export const rule: InlineRule = {
  severity: "warning",
  title: "A cookie is malformed",
  summary: "A cookie's name or value has a character that is not allowed, or its date is not valid.",
  explanation:
    "A cookie is `name=value`, followed by attributes that are separated by semicolons. A name has letters, digits and a few signs. A value must not have spaces, commas, quotes, backslashes or non-ASCII letters: browsers cut them off, or send them back in different ways. Percent-encode the value, or use base64. Each cookie needs its own `Set-Cookie` header; commas cannot join them.",
  reference: "RFC 6265 §4.1",
  logged: passedOnByAll,
  about: ["set-cookie"],
  check: (facts) => {
    return scriptFields(facts).flatMap((field) => {
      if (field.key !== "set-cookie") return [];
      const why = whyMalformed(readSetCookie(field.value));
      return why === null ? [] : [{ detail: `${quoteBytes(field.value)}: ${why}.`, ...fieldLocation(facts, field) }];
    });
  },
};
