// A Set-Cookie that browsers read in different ways.
import { quoteBytes } from "../../../protocol/quote.js";
import { at, scriptFields } from "../../fields.js";
import { isCookieDate } from "../../http-date.js";
import type { RuleAtOnce } from "../../rule.js";
import { readSetCookie, type SetCookie } from "../../set-cookie.js";
import { text } from "./text.js";

function whyMalformed({ name, value, attributes }: SetCookie): string | null {
  if (name === null) return 'there is no "=" between a name and a value';
  if (name === "") return "the name is empty";
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) return "the name holds a character that a name cannot have";
  if (/[\x80-\xff]/.test(value)) return "the value holds letters that are not ASCII; encode it with percent signs";
  if (/,\s*[\w-]+=/.test(value) || [...attributes].some(([key, text]) => key !== "expires" && /,\s*[\w-]+=/.test(text)))
    return "two cookies seem to be joined with a comma; each needs a Set-Cookie line of its own";
  if (/[\s,\\]|.".|^"[^"]*$/.test(value.replace(/^"(.*)"$/, "$1"))) return "the value holds a space, comma, quote or backslash; encode it with percent signs";
  const expires = attributes.get("expires");
  if (expires !== undefined && !isCookieDate(expires)) return "its Expires cannot be read as a date, so it ends with the browser";
  const age = attributes.get("max-age");
  return age !== undefined && !/^-?\d+$/.test(age) ? "its Max-Age is no number of seconds, so it is ignored" : null;
}

export const cookieMalformed: RuleAtOnce = {
  id: "cookie-malformed",
  text,
  when: "at-once",
  about: ["set-cookie"],
  look: (facts) => {
    return scriptFields(facts).flatMap((field) => {
      if (field.key !== "set-cookie") return [];
      const why = whyMalformed(readSetCookie(field.value));
      return why === null ? [] : [{ detail: `${quoteBytes(field.value)}: ${why}.`, ...at(facts, field) }];
    });
  },
};
