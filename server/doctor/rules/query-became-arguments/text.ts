// What the rule query-became-arguments says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "request",
  severity: "hint",
  title: "The query became command-line arguments",
  summary: 'A query without "=" is given to the script as arguments, by this server and Apache; others do not.',
  explanation:
    'An old rule of CGI, from the time of <isindex>: a query without any "=" is taken for search words, split at "+", decoded, and given to the script as command-line arguments, as if somebody had typed them. lighttpd and nginx never do it. A script that reads QUERY_STRING need not care; one that looks at its arguments may be surprised by "?logout".',
  reference: "RFC 3875 §4.4",
  logged: [
    { server: "Apache", message: null, answers: "the words as arguments" },
    { server: "lighttpd", message: null, answers: "no arguments" },
    { server: "nginx", message: null, answers: "no arguments" },
  ],
  fixes: [],
};
