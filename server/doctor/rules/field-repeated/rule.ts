// A field that HTTP allows once, twice.
import { at, scriptFields } from "../../fields.js";
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

const single: ReadonlySet<string> = new Set([
  ...["content-type", "content-length", "location", "status", "expires", "etag", "last-modified", "content-disposition", "retry-after"],
  ...["access-control-allow-origin", "strict-transport-security", "x-frame-options", "age", "content-location", "content-range"],
]);

export const fieldRepeated: RuleAtOnce = {
  id: "field-repeated",
  text,
  when: "at-once",
  look: (facts) => {
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
