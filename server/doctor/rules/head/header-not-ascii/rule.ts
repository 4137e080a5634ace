// Bytes above 0x7F in a field.
import { quoteBytes } from "../../../../protocol/quote.js";
import type { InlineRule, RuleText } from "../../../engine/rule.js";
import { at, scriptFields } from "../../../evidence/fields.js";

const text: RuleText = {
  stage: "head",
  severity: "warning",
  title: "A header value holds letters that are not ASCII",
  summary: "Bytes above 7F in a header have no agreed meaning.",
  explanation:
    "In a header only ASCII is safe: nobody says in which encoding other bytes are, and clients read them as Latin-1, as UTF-8, or drop them. A file name in Content-Disposition has a form of its own: filename*=UTF-8''Gr%C3%BC%C3%9Fe.txt. In Location and in cookies write percent-encoding.",
  reference: "RFC 9110 §5.5",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on; the browser shows Latin-1" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "header-not-ascii",
  text,
  when: "at-once",
  check: (facts) => {
    return scriptFields(facts)
      .filter(({ key, value }) => key !== "set-cookie" && /[\x80-\xff]/.test(value))
      .map((field) => ({
        title: `${field.name} holds letters that are not ASCII`,
        detail: `${quoteBytes(field.value)} has bytes that clients read in different ways.${field.key === "content-disposition" ? " Write the file name as filename*=UTF-8''… with percent-encoding." : " Write them with percent-encoding, or leave them out."}`,
        ...at(facts, field),
      }));
  },
};
