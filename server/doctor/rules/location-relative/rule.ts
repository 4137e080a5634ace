// A Location that is resolved by luck.
import { quoteBytes } from "../../../protocol/quote.js";
import { at, scriptFields } from "../../fields.js";
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const locationRelative: RuleAtOnce = {
  id: "location-relative",
  text,
  when: "at-once",
  about: ["location"],
  look: (facts) => {
    const field = scriptFields(facts).find(({ key }) => key === "location");
    if (!field || field.value === "" || /^(?:\/|[A-Za-z][A-Za-z0-9+.-]*:)/.test(field.value)) return null;
    return { detail: `${quoteBytes(field.value)} does not begin with "/" and has no scheme such as https:.`, ...at(facts, field) };
  },
};
