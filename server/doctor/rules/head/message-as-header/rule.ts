// "Warning: something": one word and a colon make a field of any message.
import { explainField } from "../../../../protocol/http-glossary/explain-name.js";
import { quoteBytes } from "../../../../protocol/quote.js";
import type { InlineRule, RuleText } from "../../../engine/rule.js";
import { at, scriptFields } from "../../../evidence/fields.js";

const messageWords =
  /^(?:warning|notice|deprecated|error|debug|info|fatal|trace|traceback|exception|note|hint|usage|perl|sh|bash|php)$/;
const isOneWord = (key: string): boolean => /^[a-z]+$/.test(key) && !key.startsWith("x-");

const text: RuleText = {
  stage: "head",
  severity: "warning",
  title: "A message was printed and taken for a header",
  summary: 'A line such as "Warning: …" stands in the header: it has a colon, so servers take it for a field.',
  explanation:
    "Somebody printed a message before or within the header. Because there is a colon after its first word, every server takes it for a header field of that name and passes it on; nobody sees the message in the page, and nobody misses it. Write messages to standard error: >&2 in a shell script, print(…, file=sys.stderr) in Python, warn in Perl, error_log in PHP.",
  reference: "RFC 3875 §6.3",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "message-as-header",
  text,
  when: "at-once",
  check: (facts) => {
    return scriptFields(facts)
      .filter(({ key, value }) =>
        messageWords.test(key) && !/^\d{3} /.test(value)
          ? true
          : value.trim().split(/\s+/).length > 2 && isOneWord(key) && explainField(key) === null,
      )
      .map((field) => ({
        severity: messageWords.test(field.key) ? ("warning" as const) : ("hint" as const),
        detail: `${field.name}: ${quoteBytes(field.value)} looks like a message, not like a header field. It went to the client as one.`,
        ...at(facts, field),
      }));
  },
};
