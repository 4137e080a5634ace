// A path in Location together with other headers: Apache serves it, others redirect the client.

import { firstValue } from "../../../../protocol/header-values.js";
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";
import { fieldRange } from "../../../evidence/output.js";

export const rule: InlineRule = {
  severity: "warning",
  title: "Servers handle this redirect differently",
  summary:
    "`Location` has a path and other headers accompany it. CGI does not define such a response, and servers differ.",
  explanation:
    "CGI has two redirects. `Location: /path` alone makes the server respond with the resource at that path, unseen by the browser. A `Location` with an absolute URL (`http://…`) and a `Status` redirects the browser. This response mixes the two: a path, and other headers. Apache serves the path and drops the rest; lighttpd and nginx redirect the browser. Remove the other headers, or add `Status: 302 Found`.",
  reference: "RFC 3875 §6.2.2",
  logged: [
    apache.silent("200 OK, the page at that path"),
    lighttpd.silent("302 Found with the body"),
    nginx.silent("302 Found with the body"),
  ],
  about: "head",
  check: (facts) => {
    const { script } = facts;
    if (script?.kind !== "client-redirect" && script?.kind !== "client-redirect-document") return null;
    const index = script.headers.findLastIndex(([name]) => name.toLowerCase() === "location");
    if (!script.headers[index]?.[1].startsWith("/")) return null;
    if (script.headers.length === 1 || firstValue(script.headers, "status") !== null) return null;
    return {
      detail: `\`Location\` is accompanied by ${script.headers
        .filter((_, at) => at !== index)
        .map(([name]) => name)
        .slice(0, 5)
        .join(", ")}. Remove the other headers, or add \`Status: 302 Found\`.`,
      stream: "stdout",
      range: fieldRange(facts, index),
    };
  },
};
