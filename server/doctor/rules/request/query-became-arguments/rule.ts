// A query without = became the command line.
import { toDisplayText } from "../../../../base/decode-text.js";
import type { InlineRule, RuleText } from "../../../engine/rule.js";

const text: RuleText = {
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

export const rule: InlineRule = {
  id: "query-became-arguments",
  text,
  when: "at-once",
  check: ({ argv, route, request, env }) => {
    if (argv === null || argv.length < 2 || route.file === null) return null;
    const words = argv.slice(argv.indexOf(route.file) + 1);
    if (words.length === 0 || words.some((word) => word.startsWith("-"))) return null;
    const query = env?.find(({ name }) => name === "QUERY_STRING")?.value ?? null;
    const at = request.head.indexOf("?");
    return {
      detail: `The script was started with ${words
        .map((word) => `"${toDisplayText(word)}"`)
        .slice(0, 5)
        .join(" ")}.`,
      stream: "request",
      range: at < 0 ? null : [at + 1, at + 1 + (query?.length ?? 0)],
      evidence: [{ kind: "variable", name: "QUERY_STRING", value: query }],
    };
  },
};
