// Expires, Last-Modified and their like with something else than an HTTP date.
import { quoteBytes } from "../../../protocol/quote.js";
import { at, scriptFields } from "../../fields.js";
import { whyNoHttpDate } from "../../http-date.js";
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const dateInvalid: RuleAtOnce = {
  id: "date-invalid",
  text,
  when: "at-once",
  about: ["last-modified", "expires", "sunset"],
  look: (facts) => {
    return scriptFields(facts).flatMap((field) => {
      if (field.key !== "last-modified" && field.key !== "expires" && field.key !== "sunset") return [];
      if (field.key === "expires" && /^-?\d{1,2}$/.test(field.value)) return []; // "0" and "-1": everybody's way to say "stale already"
      const why = whyNoHttpDate(field.value);
      const isReadable = !Number.isNaN(Date.parse(field.value)); // git and gitweb send such dates, and clients take them
      return why === null
        ? []
        : [
            {
              severity: isReadable ? "hint" : text.severity,
              title: `${field.name} is no date that HTTP knows`,
              detail: `${quoteBytes(field.value)}: ${why}.`,
              ...at(facts, field),
            },
          ];
    });
  },
};
