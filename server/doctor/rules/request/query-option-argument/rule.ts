// A query that looks like an option of the command line: kept from the script here, passed by Apache.
import { quoteBytes } from "../../../../protocol/quote.js";
import type { InlineRule, RuleText } from "../../../engine/rule.js";

const text: RuleText = {
  stage: "request",
  severity: "hint",
  title: "The query looks like a command-line option",
  summary:
    'A query without "=" can become the script\'s arguments, and one that begins with a dash would be an option.',
  explanation:
    'An old rule of CGI, from the time of <isindex>: a query without any "=" is taken for search words, split at "+", decoded, and given to the script as command-line arguments, as if somebody had typed them. Here one begins with a dash, so an interpreter or a program could take it for an option of its own: that was a hole in php-cgi through which anybody could run code (CVE-2012-1823). This server passes no such words; Apache passes them. Do not let a script act on its arguments.',
  reference: "RFC 3875 §4.4",
  logged: [
    { server: "Apache", message: null, answers: "the words as arguments" },
    { server: "lighttpd", message: null, answers: "no arguments" },
    { server: "nginx", message: null, answers: "no arguments" },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "query-option-argument",
  text,
  when: "at-once",
  check: ({ notExported, request, env }) => {
    const query = notExported.find(([, why]) => why.includes("CVE-2012-1823"))?.[0];
    if (query === undefined) return null;
    const at = request.head.indexOf("?");
    return {
      detail: `The query ${quoteBytes(query)} did not become arguments here. Apache would start the script with them.`,
      stream: "request",
      range: at < 0 ? null : [at + 1, at + 1 + query.length],
      evidence: [
        {
          kind: "variable",
          name: "QUERY_STRING",
          value: env?.find(({ name }) => name === "QUERY_STRING")?.value ?? null,
        },
      ],
    };
  },
};
