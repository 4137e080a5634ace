// nginx sends the client to the path, where other servers serve it themselves.
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";
import { fieldRange } from "../../../evidence/header-fields.js";

export const rule: InlineRule = {
  severity: "hint",
  title: "nginx handles this local redirect differently",
  summary:
    "The server responded with the resource at that path, as RFC 3875 requires. nginx sends the browser there instead.",
  explanation:
    "`Location: /path` alone makes the server respond with the resource at that path, and the browser does not notice. Apache and lighttpd do so. nginx sends a 302 to the browser, so the URL in the address bar changes. In both cases a POST becomes a GET.",
  reference: "RFC 3875 §6.2.2",
  logged: [
    apache.silent("200 OK, the page at that path"),
    lighttpd.silent("302 Found to the client if the path is the script's own, otherwise the page at that path"),
    nginx.silent("302 Found to the client"),
  ],
  check: (facts) =>
    facts.script?.kind === "local-redirect" && facts.outcome === "ok"
      ? {
          detail: "nginx would respond 302, and the browser would send a second request.",
          stream: "stdout",
          range: fieldRange(facts, 0),
        }
      : null,
};
