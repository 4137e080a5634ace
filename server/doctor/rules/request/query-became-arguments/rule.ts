// A query without "=" became the command line (RFC 3875 §4.4).

import { toDisplayText } from "../../../../base/decode-text.js";
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";
import { variableOf } from "../../../evidence/client-values.js";
import { startedFile } from "../../../evidence/process.js";

export const rule: InlineRule = {
  severity: "hint",
  title: "The query became command-line arguments",
  summary: "CGI Workbench and Apache pass a query without “=” to the script as arguments. Other servers do not.",
  explanation:
    "This is an old rule of CGI, from the time of `<isindex>`. The server takes a query without any “=” as search words, splits it at “+”, decodes it, and passes the words to the script as command-line arguments. lighttpd and nginx never do this. A script that reads `QUERY_STRING` is not affected. A script that reads its arguments may be surprised by a link such as `?logout`.",
  reference: "RFC 3875 §4.4",
  logged: [apache.silent("passed as arguments"), lighttpd.silent("no arguments"), nginx.silent("no arguments")],
  check: (facts) => {
    const { argv, request } = facts;
    if (argv === null || argv.length < 2) return null;
    const file = startedFile(facts);
    const at = file === null ? -1 : argv.indexOf(file);
    const query = variableOf(facts, "QUERY_STRING");
    if (at < 0 || query === "") return null;
    const words = argv.slice(at + 1);
    if (words.length === 0 || words.some((word) => word.startsWith("-"))) return null;
    const mark = request.head.indexOf("?");
    return {
      detail: `The script was started with the arguments ${words
        .map((word) => `“${toDisplayText(word)}”`)
        .slice(0, 5)
        .join(", ")}.`,
      stream: "request",
      range: mark < 0 ? null : [mark + 1, mark + 1 + (query?.length ?? 0)],
      evidence: [{ kind: "variable", name: "QUERY_STRING", value: query }],
    };
  },
};
