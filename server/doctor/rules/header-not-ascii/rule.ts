// Bytes above 0x7F in a field.
import { quoteBytes } from "../../../protocol/quote.js";
import { at, scriptFields } from "../../fields.js";
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const headerNotAscii: RuleAtOnce = {
  id: "header-not-ascii",
  text,
  when: "at-once",
  look: (facts) => {
    return scriptFields(facts)
      .filter(({ key, value }) => key !== "set-cookie" && /[\x80-\xff]/.test(value))
      .map((field) => ({
        title: `${field.name} holds letters that are not ASCII`,
        detail: `${quoteBytes(field.value)} has bytes that clients read in different ways.${field.key === "content-disposition" ? " Write the file name as filename*=UTF-8''… with percent-encoding." : " Write them with percent-encoding, or leave them out."}`,
        ...at(facts, field),
      }));
  },
};
