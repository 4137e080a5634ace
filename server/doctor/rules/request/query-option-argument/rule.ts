// A query that looks like a command-line option: withheld here, passed by Apache (CVE-2012-1823).

import { quoteBytes } from "../../../../protocol/quote.js";
import { notExportedMessage } from "../../../../protocol/request-messages.js";
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";
import { variableOf } from "../../../evidence/client-values.js";

export const rule: InlineRule = {
  severity: "hint",
  title: "The query looks like a command-line option",
  summary: "A query without “=” can become the script's arguments, and one that begins with a dash would be an option.",
  explanation:
    "This is an old rule of CGI, from the time of `<isindex>`. The server takes a query without any “=” as search words, splits it at “+”, decodes it, and passes the words to the script as command-line arguments. Here a word begins with a dash, so an interpreter or a program could take it as an option. This was a hole in `php-cgi` through which any visitor could run code (CVE-2012-1823). CGI Workbench does not pass such words; Apache does. Do not let a script act on its arguments.",
  reference: "RFC 3875 §4.4",
  logged: [apache.silent("passed as arguments"), lighttpd.silent("no arguments"), nginx.silent("no arguments")],
  check: (facts) => {
    const { notExported, request } = facts;
    const query = notExported.find(([, why]) => notExportedMessage.is(why, "query-option"))?.[0];
    if (query === undefined) return null;
    const at = request.head.indexOf("?");
    return {
      detail: `The query ${quoteBytes(query)} did not become arguments here. Apache would pass them to the script.`,
      stream: "request",
      range: at < 0 ? null : [at + 1, at + 1 + query.length],
      evidence: [{ kind: "variable", name: "QUERY_STRING", value: variableOf(facts, "QUERY_STRING") }],
    };
  },
};
