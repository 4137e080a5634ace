// The script speaks HTTP where CGI has a field of its own.
import { byteString, fromBytes } from "../../../../protocol/byte-string.js";
import { quoteBytes } from "../../../../protocol/quote.js";
import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { rangeIn } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "The first line is an HTTP status line, not CGI",
  summary:
    'A CGI script says "Status: 404 Not Found"; "HTTP/1.1 404 Not Found" is for scripts that speak to the client directly.',
  explanation:
    'A server answers a browser with a status line such as "HTTP/1.1 404 Not Found". A CGI script does not speak to the browser: it tells the server its wish in a field, "Status: 404 Not Found", and the server writes the status line. Only a script whose name begins with nph- ("no parsed headers") writes it itself.',
  reference: "RFC 3875 §6.3.3",
  logged: [
    {
      server: "Apache",
      message: "malformed header from script 'S': Bad header: HTTP/1.1 404 Nope",
      answers: "500 Internal Server Error",
    },
    { server: "lighttpd", message: null, answers: "404 Not Found, the status that the script said" },
    { server: "nginx", message: null, answers: "200 OK: the line is ignored" },
  ],
  fixes: ["use-status-field"],
};

export const rule: DeferredRule = {
  id: "http-status-line",
  text,
  when: "later",
  on: "anything",
  check: (subject) => {
    const { script, stdout } = subject;
    if (!script || !stdout || script.kind === "nph" || stdout.captured === 0) return null;
    const first = script.spans[0];
    const isLine =
      first?.is === "status-line" || (first?.is === "malformed" && fromBytes(stdout.read(0, 5)) === "HTTP/");
    if (!first || !isLine) return null;
    const line = fromBytes(stdout.read(0, Math.min(first.to, 200))).split(/\r?\n/, 1)[0] ?? "";
    return {
      severity: script.kind === "invalid" ? "error" : "warning",
      detail: `${quoteBytes(byteString(line))} is for scripts named nph-…; write "Status: ${line.replace(/^\S+\s*/, "") || "200 OK"}" instead.`,
      stream: "stdout",
      range: rangeIn(stdout, 0, line.length),
    };
  },
};
