// A path beside a Status: no local redirect, and not what RFC 3875 asks of a client redirect.

import type { InlineRule, RuleText } from "../../../engine/rule.js";
import { fieldRange } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "head",
  severity: "hint",
  title: "The redirect names a path instead of a whole address",
  summary:
    "With a Status the browser is sent there; RFC 3875 wants a whole address, and every browser takes the path too.",
  explanation:
    "Beside a Status, Location is a redirect for the browser. RFC 3875 asks for a whole address with http:// there; HTTP itself has allowed a path since 2014, and all servers and browsers take it. Nothing breaks; it is only not local: the browser sees the redirect.",
  reference: "RFC 3875 §6.2.3",
  logged: [
    { server: "Apache", message: null, answers: "301, passed on" },
    { server: "lighttpd", message: null, answers: "301, passed on" },
    { server: "nginx", message: null, answers: "301, passed on" },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "redirect-path-with-status",
  text,
  when: "at-once",
  check: (facts) => {
    const { script } = facts;
    if (script?.kind !== "client-redirect" && script?.kind !== "client-redirect-document") return null;
    const index = script.headers.findLastIndex(([name]) => name.toLowerCase() === "location");
    if (!script.headers[index]?.[1].startsWith("/")) return null;
    if (!script.headers.some(([name]) => name.toLowerCase() === "status")) return null;
    return {
      detail: "The browser is sent there. It is no local redirect, because a Status stands beside it.",
      stream: "stdout",
      range: fieldRange(facts, index),
    };
  },
};
