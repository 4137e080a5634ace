// An HTTP status line where CGI has the Status header (RFC 3875 §6.3.3).

import { byteString, fromBytes } from "../../../../protocol/byte-string.js";
import { quoteBytes } from "../../../../protocol/quote.js";
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { rangeIn } from "../../../evidence/output.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The first line is an HTTP status line, not a CGI header",
  summary:
    "A CGI script writes `Status: 404 Not Found`. The line `HTTP/1.1 404 Not Found` is for scripts whose output the server does not parse.",
  explanation:
    "A server begins its response to a browser with a status line such as `HTTP/1.1 404 Not Found`. A CGI script does not write that line. It sets the header `Status: 404 Not Found`, and the server writes the status line. Only a script whose name begins with `nph-` (“no parsed headers”) writes it itself.",
  reference: "RFC 3875 §6.3.3",
  logged: [
    apache.logs("badHeader", 500, { TEXT: "HTTP/1.1 404 Nope" }),
    lighttpd.silent("404 Not Found, the status from the script"),
    nginx.silent("200 OK: ignores the line"),
  ],
  fixes: ["use-status-field"],
  on: "anything",
  before: ["cgi-field-missing"],
  check: (facts) => {
    const { script, stdout } = facts;
    if (!script || !stdout || script.kind === "nph" || stdout.captured === 0) return null;
    const first = script.spans[0];
    const isLine =
      first?.is === "status-line" || (first?.is === "malformed" && fromBytes(stdout.read(0, 5)) === "HTTP/");
    if (!first || !isLine) return null;
    const line = fromBytes(stdout.read(0, Math.min(first.to, 200))).split(/\r?\n/, 1)[0] ?? "";
    return {
      severity: script.kind === "invalid" ? "error" : "warning",
      detail: `${quoteBytes(byteString(line))} is only for scripts named \`nph-…\`. Write \`Status: ${line.replace(/^\S+\s*/, "") || "200 OK"}\` instead.`,
      stream: "stdout",
      range: rangeIn(stdout, 0, line.length),
    };
  },
};
