// A local redirect to a path that cannot be served.

import { exchangeMessage } from "../../../../http/exchange/messages.js";
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { fieldRange } from "../../../evidence/output.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The local redirect leads nowhere",
  summary: "The script redirects to a path that this server cannot serve.",
  explanation:
    "A script that responds with nothing but `Location: /path` makes the server respond with the resource at that path. This path cannot be served: it is malformed, or it contains something that servers refuse.",
  reference: "RFC 3875 §6.2.2",
  logged: [apache.silent(404), lighttpd.silent(404), nginx.silent("302 Found to the client")],
  on: "failures",
  check: (facts) => {
    const { cause } = facts;
    if (cause === null || !exchangeMessage.is(cause, "local-redirect-target-refused")) return null;
    return { detail: cause.text, stream: "stdout", range: fieldRange(facts, 0) };
  },
};
