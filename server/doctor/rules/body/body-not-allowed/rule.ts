// 204 and 304 have no body (RFC 9110 §15.3.5, §15.4.5).
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";
import { blankLine, rangeIn } from "../../../evidence/output.js";

export const rule: InlineRule = {
  severity: "warning",
  title: "This status allows no body, and the script wrote one",
  summary: "A 204 or 304 response has no body. Servers drop whatever follows the headers.",
  explanation:
    "Status 204 means “done, nothing to show”, and 304 means “your copy is still valid”. Neither response has a body, and every server drops what the script writes after the headers. If the body matters, respond with another status.",
  reference: "RFC 9110 §15.3.5",
  logged: [
    apache.silent("204 No Content, without the body"),
    lighttpd.silent("204 No Content, without the body"),
    nginx.logs("tooMuch", "204 No Content, without the body"),
  ],
  check: (facts) => {
    const { script, stdout } = facts;
    if (!script || (script.status !== 204 && script.status !== 304) || script.kind === "invalid" || !stdout)
      return null;
    const end = blankLine(facts)?.to ?? stdout.bytes;
    if (stdout.bytes <= end) return null;
    return {
      detail: `The server dropped ${stdout.bytes - end} bytes after the headers: a ${script.status} response has no body.`,
      stream: "stdout",
      range: rangeIn(stdout, end, stdout.bytes),
    };
  },
};
