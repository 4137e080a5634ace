// Rules for local redirects that the server gave up: a table by the cause. The key is the rule's id.
import { exchangeMessage } from "../../../http/exchange/messages.js";
import { apache, lighttpd, nginx, unproved } from "../../base/logged.js";
import { type DeferredRule, family, type RuleTexts } from "../../base/rule.js";
import { fieldRange } from "../../evidence/header-fields.js";

interface RedirectRule extends RuleTexts {
  readonly cause: (typeof exchangeMessage.codes)[number];
}

const redirectRules: Readonly<Record<string, RedirectRule>> = {
  // Local redirects that lead back to themselves.
  "redirect-loop": {
    severity: "error",
    title: "The local redirects form a loop",
    summary: "The script redirects to a path whose script redirects again, without end.",
    explanation:
      "A script that responds with nothing but `Location: /path` makes the server respond with the resource at that path, without telling the browser. If that path redirects back, the chain never ends, so the server stops it after a few redirects. End the chain with a page, or redirect the browser with `Status: 302 Found` and an absolute URL.",
    reference: "RFC 3875 §6.2.2",
    logged: [
      apache.says(
        "AH00124: Request exceeded the limit of 10 internal redirects due to probable configuration error.",
        500,
      ),
      lighttpd.silent("302 Found to the client"),
      unproved(lighttpd.says("too many internal loops while processing request: U", null)),
      nginx.silent("302 Found to the client"),
    ],
    cause: "too-many-local-redirects",
  },
  // A local redirect to a path that cannot be served.
  "redirect-target-missing": {
    severity: "error",
    title: "The local redirect leads nowhere",
    summary: "The script redirects to a path that this server cannot serve.",
    explanation:
      "A script that responds with nothing but `Location: /path` makes the server respond with the resource at that path. This path cannot be served: it is malformed, or it contains something that servers refuse.",
    reference: "RFC 3875 §6.2.2",
    logged: [apache.silent(404), lighttpd.silent(404), nginx.silent("302 Found to the client")],
    cause: "local-redirect-target-refused",
  },
};

export const rules = family<RedirectRule, DeferredRule>(redirectRules, ({ cause: code, ...texts }) => ({
  ...texts,
  on: "failures",
  check: (facts) => {
    const { cause } = facts;
    if (cause === null || !exchangeMessage.is(cause, code)) return null;
    return { detail: cause.text, stream: "stdout", range: fieldRange(facts, 0) };
  },
}));
