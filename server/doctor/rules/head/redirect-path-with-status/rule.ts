// A path with a Status: a client redirect, but not in the form that RFC 3875 requires.

import { firstValue } from "../../../../protocol/header-values.js";
import { silentInAll } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";
import { fieldRange } from "../../../evidence/output.js";

export const rule: InlineRule = {
  severity: "hint",
  title: "The redirect has a path instead of an absolute URL",
  summary:
    "With a `Status`, this redirects the browser. RFC 3875 requires an absolute URL, but every browser accepts a path.",
  explanation:
    "Together with a `Status`, `Location` redirects the browser. RFC 3875 requires an absolute URL with `http://` there. HTTP itself has allowed a path since 2014, and all servers and browsers accept it. Nothing breaks, but this is not a local redirect: the browser sees it.",
  reference: "RFC 3875 §6.2.3",
  logged: silentInAll("301, passed on"),
  about: "head",
  check: (facts) => {
    const { script } = facts;
    if (script?.kind !== "client-redirect" && script?.kind !== "client-redirect-document") return null;
    const index = script.headers.findLastIndex(([name]) => name.toLowerCase() === "location");
    if (!script.headers[index]?.[1].startsWith("/")) return null;
    if (firstValue(script.headers, "status") === null) return null;
    return {
      detail: "The server redirects the browser. This is not a local redirect, because it has a `Status`.",
      stream: "stdout",
      range: fieldRange(facts, index),
    };
  },
};
