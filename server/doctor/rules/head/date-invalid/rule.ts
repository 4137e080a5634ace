// Expires, Last-Modified and their like with something else than an HTTP date.
import { quoteBytes } from "../../../../protocol/quote.js";
import type { InlineRule, RuleText } from "../../../engine/rule.js";
import { at, scriptFields } from "../../../evidence/fields.js";
import { whyNoHttpDate } from "../../../evidence/http-date.js";

const text: RuleText = {
  stage: "head",
  severity: "warning",
  title: "A date in the header is not written as HTTP asks",
  summary: "Dates in headers have one form: Sun, 06 Nov 1994 08:49:37 GMT.",
  explanation:
    'A date that a client cannot read is as good as none: Expires then means "stale already", Last-Modified is ignored. The form is always the same: weekday, day with two digits, month in English, year, time in GMT. In Python: email.utils.formatdate(usegmt=True); in Perl: HTTP::Date::time2str; in PHP: gmdate("D, d M Y H:i:s") . " GMT"; in a shell: LC_ALL=C date -u "+%a, %d %b %Y %H:%M:%S GMT".',
  reference: "RFC 9110 §5.6.7",
  logged: [
    { server: "Apache", message: null, answers: "200 OK without the field" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "date-invalid",
  text,
  when: "at-once",
  about: ["last-modified", "expires", "sunset"],
  check: (facts) => {
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
