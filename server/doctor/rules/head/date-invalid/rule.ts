// Expires, Last-Modified or Sunset with anything but an HTTP date.

import { quoteBytes } from "../../../../protocol/quote.js";
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";
import { fieldLocation, scriptFields } from "../../../evidence/header-fields.js";
import { httpDateProblem } from "../../../evidence/http-date.js";

export const rule: InlineRule = {
  severity: "warning",
  title: "A date in the headers is not an HTTP date",
  summary: "A date in a header has one form: `Sun, 06 Nov 1994 08:49:37 GMT`.",
  explanation:
    'Clients ignore a date that they cannot parse: `Expires` then means “already stale”, and `Last-Modified` is lost. The form is always the same: weekday, day with two digits, month in English, year, time in GMT. In Python: `email.utils.formatdate(usegmt=True)`. In Perl: `HTTP::Date::time2str`. In PHP: `gmdate("D, d M Y H:i:s") . " GMT"`. In a shell: `LC_ALL=C date -u "+%a, %d %b %Y %H:%M:%S GMT"`.',
  reference: "RFC 9110 §5.6.7",
  logged: [
    apache.silent("200 OK without the header"),
    lighttpd.silent("200 OK, passed on"),
    nginx.silent("200 OK, passed on"),
  ],
  about: ["last-modified", "expires", "sunset"],
  check: (facts) => {
    return scriptFields(facts).flatMap((field) => {
      if (field.key !== "last-modified" && field.key !== "expires" && field.key !== "sunset") return [];
      // "0" and "-1" are the usual way to write "already stale".
      if (field.key === "expires" && /^-?\d{1,2}$/.test(field.value)) return [];
      const why = httpDateProblem(field.value);
      // Git and gitweb send such dates, and clients accept them.
      const isReadable = !Number.isNaN(Date.parse(field.value));
      return why === null
        ? []
        : [
            {
              severity: isReadable ? "hint" : rule.severity,
              title: `${field.name} is not an HTTP date`,
              detail: `${quoteBytes(field.value)}: ${why}.`,
              ...fieldLocation(facts, field),
            },
          ];
    });
  },
};
