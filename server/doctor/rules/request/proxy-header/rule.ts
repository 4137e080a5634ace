// httpoxy: a header that would become HTTP_PROXY.
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";
import { nameInHead } from "../../../evidence/header-fields.js";

export const rule: InlineRule = {
  severity: "hint",
  title: "The server withheld a Proxy header from the script",
  summary:
    "As the variable `HTTP_PROXY` it would make many programs send their requests through a proxy of the client's choice.",
  explanation:
    "Many programs read the variable `HTTP_PROXY` to find the proxy for their own requests. A request header named `Proxy` would become exactly that variable, so any visitor could redirect what the script fetches (“httpoxy”, CVE-2016-5385). CGI Workbench, Apache and lighttpd drop the header. nginx passes it by default.",
  reference: "RFC 3875 §4.1.18",
  logged: [apache.silent("dropped"), lighttpd.silent("dropped"), nginx.silent("HTTP_PROXY is set")],
  about: "not-exported",
  check: ({ notExported, request }) => {
    const hidden = notExported.filter(([name]) => name.toLowerCase() === "proxy");
    if (hidden.length === 0) return null;
    return {
      detail: "The client sent a `Proxy` header. No legitimate client does.",
      stream: "request",
      range: nameInHead(request.head, hidden[0]?.[0] ?? ""),
    };
  },
};
