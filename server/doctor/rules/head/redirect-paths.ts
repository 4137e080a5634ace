// Rules for a path in Location that is not alone: a table by whether a Status is with it. The key is the rule's id.
import type { ByteString } from "../../../contract/bytes-text.js";
import { firstValue } from "../../../protocol/header-values.js";
import { apache, lighttpd, nginx, silentInAll } from "../../base/logged.js";
import { family, type InlineRule, type RuleTexts } from "../../base/rule.js";
import { fieldRange } from "../../evidence/header-fields.js";

interface PathRule extends RuleTexts {
  readonly hasStatus: boolean;
  readonly detail: (others: readonly ByteString[]) => string;
}

const pathRules: Readonly<Record<string, PathRule>> = {
  // A path in Location together with other headers: Apache serves it, others redirect the client.
  "local-redirect-with-fields": {
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
    hasStatus: false,
    detail: (others) =>
      `\`Location\` is accompanied by ${others.slice(0, 5).join(", ")}. Remove the other headers, or add \`Status: 302 Found\`.`,
  },
  // A path with a Status: a client redirect, but not in the form that RFC 3875 requires.
  "redirect-path-with-status": {
    severity: "hint",
    title: "The redirect has a path instead of an absolute URL",
    summary:
      "With a `Status`, this redirects the browser. RFC 3875 requires an absolute URL, but every browser accepts a path.",
    explanation:
      "Together with a `Status`, `Location` redirects the browser. RFC 3875 requires an absolute URL with `http://` there. HTTP itself has allowed a path since 2014, and all servers and browsers accept it. Nothing breaks, but this is not a local redirect: the browser sees it.",
    reference: "RFC 3875 §6.2.3",
    logged: silentInAll("301, passed on"),
    hasStatus: true,
    detail: () => "The server redirects the browser. This is not a local redirect, because it has a `Status`.",
  },
};

export const rules = family<PathRule, InlineRule>(pathRules, ({ hasStatus, detail, ...texts }) => ({
  ...texts,
  about: "head",
  check: (facts) => {
    const { script } = facts;
    if (script?.kind !== "client-redirect" && script?.kind !== "client-redirect-document") return null;
    const index = script.headers.findLastIndex(([name]) => name.toLowerCase() === "location");
    if (!script.headers[index]?.[1].startsWith("/")) return null;
    if (script.headers.length === 1 || (firstValue(script.headers, "status") !== null) !== hasStatus) return null;
    const others = script.headers.filter((_, at) => at !== index).map(([name]) => name);
    return { detail: detail(others), stream: "stdout", range: fieldRange(facts, index) };
  },
}));
