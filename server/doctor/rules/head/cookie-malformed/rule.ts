// A Set-Cookie that browsers read in different ways.
import { quoteBytes } from "../../../../protocol/quote.js";
import type { InlineRule, RuleText } from "../../../engine/rule.js";
import { at, scriptFields } from "../../../evidence/fields.js";
import { isCookieDate } from "../../../evidence/http-date.js";
import { readSetCookie, type SetCookie } from "../../../evidence/set-cookie.js";

function whyMalformed({ name, value, attributes }: SetCookie): string | null {
  if (name === null) return 'there is no "=" between a name and a value';
  if (name === "") return "the name is empty";
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) return "the name holds a character that a name cannot have";
  if (/[\x80-\xff]/.test(value)) return "the value holds letters that are not ASCII; encode it with percent signs";
  if (/,\s*[\w-]+=/.test(value) || [...attributes].some(([key, text]) => key !== "expires" && /,\s*[\w-]+=/.test(text)))
    return "two cookies seem to be joined with a comma; each needs a Set-Cookie line of its own";
  if (/[\s,\\]|.".|^"[^"]*$/.test(value.replace(/^"(.*)"$/, "$1")))
    return "the value holds a space, comma, quote or backslash; encode it with percent signs";
  const expires = attributes.get("expires");
  if (expires !== undefined && !isCookieDate(expires))
    return "its Expires cannot be read as a date, so it ends with the browser";
  const age = attributes.get("max-age");
  return age !== undefined && !/^-?\d+$/.test(age) ? "its Max-Age is no number of seconds, so it is ignored" : null;
}

const text: RuleText = {
  stage: "head",
  severity: "warning",
  title: "A cookie is not written as cookies are",
  summary: "A cookie's name or value holds something that does not belong there, or its date cannot be read.",
  explanation:
    "A cookie is name=value and then attributes, separated by semicolons. Names are letters, digits and a few signs. Values must not hold spaces, commas, quotes, backslashes or letters that are not ASCII: browsers cut them off or send them back in different ways. Encode the value with percent signs, or base64. Each cookie needs a Set-Cookie line of its own: they cannot be joined with commas.",
  reference: "RFC 6265 §4.1",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "cookie-malformed",
  text,
  when: "at-once",
  about: ["set-cookie"],
  check: (facts) => {
    return scriptFields(facts).flatMap((field) => {
      if (field.key !== "set-cookie") return [];
      const why = whyMalformed(readSetCookie(field.value));
      return why === null ? [] : [{ detail: `${quoteBytes(field.value)}: ${why}.`, ...at(facts, field) }];
    });
  },
};
