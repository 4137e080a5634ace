// A Location that is resolved by luck.
import { quoteBytes } from "../../../../protocol/quote.js";
import type { InlineRule, RuleText } from "../../../engine/rule.js";
import { at, scriptFields } from "../../../evidence/fields.js";

const text: RuleText = {
  stage: "head",
  severity: "warning",
  title: "Location is neither a whole address nor a path from the root",
  summary: "The redirect names its target relative to the present address.",
  explanation:
    'In a CGI script Location must be a whole address (https://example.org/next) or a path that begins with "/" (/cgi-bin/next.py). Servers pass a relative one on, and browsers work it out from the address of the request, which depends on PATH_INFO and a slash at its end: sometimes right, sometimes not. Write the whole path; SCRIPT_NAME has the script\'s own.',
  reference: "RFC 3875 §6.3.2",
  logged: [
    { server: "Apache", message: null, answers: "302 Found, passed on" },
    { server: "lighttpd", message: null, answers: "302 Found, passed on" },
    { server: "nginx", message: null, answers: "302 Found, passed on" },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "location-relative",
  text,
  when: "at-once",
  about: ["location"],
  check: (facts) => {
    const field = scriptFields(facts).find(({ key }) => key === "location");
    if (!field || field.value === "" || /^(?:\/|[A-Za-z][A-Za-z0-9+.-]*:)/.test(field.value)) return null;
    return {
      detail: `${quoteBytes(field.value)} does not begin with "/" and has no scheme such as https:.`,
      ...at(facts, field),
    };
  },
};
