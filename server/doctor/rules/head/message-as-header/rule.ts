// “Warning: …”: a word and a colon make a header of any message.
import { explainField } from "../../../../formats/glossary/explain-name.js";
import { quoteBytes } from "../../../../protocol/quote.js";
import { passedOnByAll } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";
import { fieldLocation, scriptFields } from "../../../evidence/header-fields.js";

const messageWords =
  /^(?:warning|notice|deprecated|error|debug|info|fatal|trace|traceback|exception|note|hint|usage|perl|sh|bash|php)$/;
const isOneWord = (key: string): boolean => /^[a-z]+$/.test(key) && !key.startsWith("x-");

export const rule: InlineRule = {
  severity: "warning",
  title: "A message was printed and parsed as a header",
  summary: "A line such as `Warning: …` is among the headers. It has a colon, so servers parse it as a header.",
  explanation:
    "The script, or a command that it runs, printed a message before or among the headers. A colon follows its first word, so every server parses it as a header of that name and passes it on. The message is not on the page, and no error appears. Write messages to standard error: `>&2` in a shell script, `print(…, file=sys.stderr)` in Python, `warn` in Perl, `error_log` in PHP.",
  reference: "RFC 3875 §6.3",
  logged: passedOnByAll,
  about: "head",
  check: (facts) => {
    return scriptFields(facts)
      .filter(({ key, value }) =>
        messageWords.test(key) && !/^\d{3} /.test(value)
          ? true
          : value.trim().split(/\s+/).length > 2 && isOneWord(key) && explainField(key) === null,
      )
      .map((field) => ({
        severity: messageWords.test(field.key) ? ("warning" as const) : ("hint" as const),
        detail: `${field.name}: ${quoteBytes(field.value)} looks like a message, not a header. The client received it as a header.`,
        ...fieldLocation(facts, field),
      }));
  },
};
