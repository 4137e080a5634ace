// A header that HTTP allows once, repeated.

import { quoteBytes } from "../../../../protocol/quote.js";
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";
import { fieldLocation, scriptFields } from "../../../evidence/header-fields.js";

const single: ReadonlySet<string> = new Set([
  "access-control-allow-origin",
  "age",
  "content-disposition",
  "content-length",
  "content-location",
  "content-range",
  "content-type",
  "etag",
  "expires",
  "last-modified",
  "location",
  "retry-after",
  "status",
  "strict-transport-security",
  "x-frame-options",
]);

export const rule: InlineRule = {
  severity: "warning",
  title: "A header is repeated",
  summary: "HTTP allows this header once. Servers and clients disagree on which one counts.",
  explanation:
    "Some headers can be repeated (`Set-Cookie`, `Vary`). Others have a single value and must appear once. With two, Apache and nginx use the last, lighttpd sends both, and browsers differ. Often a library writes the header too: find out what else prints one.",
  reference: "RFC 9110 §5.3, RFC 3875 §6.3",
  logged: [
    apache.silent("200 OK with the last value"),
    lighttpd.silent("200 OK with both values"),
    nginx.silent("200 OK with the last value"),
  ],
  about: "head",
  check: (facts) => {
    const fields = scriptFields(facts);
    if (fields.length < 2) return null;
    const last = new Map(fields.map((field) => [field.key, field]));
    if (last.size === fields.length) return null;
    return [...last.values()].flatMap((field) => {
      const all = single.has(field.key) ? fields.filter(({ key }) => key === field.key) : [];
      const count = all.length;
      if (count < 2) return [];
      return [
        {
          // Equal values are harmless.
          severity: all.every(({ value }) => value === field.value) ? "hint" : rule.severity,
          title: `${field.name} appears ${count === 2 ? "twice" : `${count} times`}`,
          detail: `Print \`${field.name}\` once. CGI Workbench uses the last value, ${field.value === "" ? "which is empty" : quoteBytes(field.value)}.`,
          ...fieldLocation(facts, field),
        },
      ];
    });
  },
};
