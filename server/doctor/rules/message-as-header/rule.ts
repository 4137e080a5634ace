// "Warning: something": one word and a colon make a field of any message.
import { explainField } from "../../../protocol/http-names/explain-name.js";
import { quoteBytes } from "../../../protocol/quote.js";
import { at, scriptFields } from "../../fields.js";
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

const messageWords = /^(?:warning|notice|deprecated|error|debug|info|fatal|trace|traceback|exception|note|hint|usage|perl|sh|bash|php)$/;
const isOneWord = (key: string): boolean => /^[a-z]+$/.test(key) && !key.startsWith("x-");

export const messageAsHeader: RuleAtOnce = {
  id: "message-as-header",
  text,
  when: "at-once",
  look: (facts) => {
    return scriptFields(facts)
      .filter(({ key, value }) =>
        messageWords.test(key) && !/^\d{3} /.test(value) ? true : value.trim().split(/\s+/).length > 2 && isOneWord(key) && explainField(key) === null,
      )
      .map((field) => ({
        severity: messageWords.test(field.key) ? ("warning" as const) : ("hint" as const),
        detail: `${field.name}: ${quoteBytes(field.value)} looks like a message, not like a header field. It went to the client as one.`,
        ...at(facts, field),
      }));
  },
};
