// White space between a name and its colon.

import { byteString } from "../../../../protocol/byte-string.js";
import { quoteBytes } from "../../../../protocol/quote.js";
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { badOutput, rangeIn } from "../../../evidence/output.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "A header name has a space before its colon",
  summary: "There is a space between the name of a header and its colon.",
  explanation:
    "A header is a name, a colon and a value, with nothing between name and colon: `Content-Type: text/html`, not `Content-Type : text/html`. Servers refuse the whole response or lose the header.",
  reference: "RFC 3875 §6.3, RFC 9112 §5.1",
  logged: [
    apache.logs("invalidName", 500, { TEXT: "Content-Type " }),
    lighttpd.silent("200 OK without the header"),
    nginx.logs("badHeader", 502, { TEXT: "Content-Type\\x20" }),
  ],
  on: "failures",
  check: (facts) => {
    const bad = badOutput(facts);
    const spaces = bad && /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)([ \t]+):/.exec(bad.stopped.text);
    if (!bad || !spaces) return null;
    const from = bad.stopped.from + (spaces[1]?.length ?? 0);
    return {
      detail: `Write ${quoteBytes(byteString(`${spaces[1] ?? ""}:`))} without the space.`,
      stream: "stdout",
      range: rangeIn(bad.stdout, from, from + (spaces[2]?.length ?? 1)),
    };
  },
};
