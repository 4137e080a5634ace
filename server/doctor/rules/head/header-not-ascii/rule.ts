// Bytes above 0x7f in a header's value.

import { quoteBytes } from "../../../../protocol/quote.js";
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";
import { fieldLocation, scriptFields } from "../../../evidence/header-fields.js";

export const rule: InlineRule = {
  severity: "warning",
  title: "A header value has non-ASCII characters",
  summary: "Bytes above `7f` in a header have no defined encoding.",
  explanation:
    "Only ASCII is safe in a header. The encoding of other bytes is undefined, and clients decode them as Latin-1 or UTF-8, or drop them. A file name in `Content-Disposition` has its own form: `filename*=UTF-8''Gr%C3%BC%C3%9Fe.txt`. In `Location` and in cookies use percent-encoding.",
  reference: "RFC 9110 §5.5",
  logged: [
    apache.silent("200 OK, passed on; the browser shows Latin-1"),
    lighttpd.silent("200 OK, passed on"),
    nginx.silent("200 OK, passed on"),
  ],
  about: "head",
  check: (facts) => {
    return scriptFields(facts)
      .filter(({ key, value }) => key !== "set-cookie" && /[\x80-\xff]/.test(value))
      .map((field) => ({
        title: `${field.name} has non-ASCII characters`,
        detail: `Clients decode ${quoteBytes(field.value)} in different ways.${field.key === "content-disposition" ? " Write the file name as `filename*=UTF-8''…` with percent-encoding." : " Percent-encode these characters, or remove them."}`,
        ...fieldLocation(facts, field),
      }));
  },
};
