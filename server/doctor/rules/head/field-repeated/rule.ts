// A field that HTTP allows once, twice.

import type { InlineRule, RuleText } from "../../../engine/rule.js";
import { at, scriptFields } from "../../../evidence/fields.js";

const single: ReadonlySet<string> = new Set([
  ...[
    "content-type",
    "content-length",
    "location",
    "status",
    "expires",
    "etag",
    "last-modified",
    "content-disposition",
    "retry-after",
  ],
  ...[
    "access-control-allow-origin",
    "strict-transport-security",
    "x-frame-options",
    "age",
    "content-location",
    "content-range",
  ],
]);

const text: RuleText = {
  stage: "head",
  severity: "warning",
  title: "A header field is there more than once",
  summary: "HTTP allows this field once; servers and clients disagree on which one counts.",
  explanation:
    "Some fields may be repeated (Set-Cookie, Vary); others have one value, and the answer must say it once. With two, Apache and nginx take the last, lighttpd sends both, and browsers decide each in its own way. Often a library writes the field too: look who else prints a header.",
  reference: "RFC 9110 §5.3, RFC 3875 §6.3",
  logged: [
    { server: "Apache", message: null, answers: "200 OK with the last one" },
    { server: "lighttpd", message: null, answers: "200 OK with both" },
    { server: "nginx", message: null, answers: "200 OK with the last one" },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "field-repeated",
  text,
  when: "at-once",
  check: (facts) => {
    const fields = scriptFields(facts);
    if (fields.length < 2) return null;
    const seen = new Set<string>();
    return fields
      .filter(({ key }) => single.has(key) && (seen.has(key) || !seen.add(key)))
      .map((field) => {
        const values = fields.filter(({ key }) => key === field.key).map(({ value }) => value);
        const count = values.length;
        return {
          severity: values.every((value) => value === field.value) ? "hint" : text.severity, // the same twice harms nobody
          title: `${field.name} is there ${count === 2 ? "twice" : `${count} times`}`,
          detail: `Say ${field.name} once. The last one, ${field.value === "" ? "empty" : field.value}, counts here.`,
          ...at(facts, field),
        };
      });
  },
};
