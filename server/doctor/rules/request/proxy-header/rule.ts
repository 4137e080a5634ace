// httpoxy: a header that would become HTTP_PROXY.
import type { InlineRule, RuleText } from "../../../engine/rule.js";

const text: RuleText = {
  stage: "request",
  severity: "hint",
  title: "A Proxy header was kept from the script",
  summary:
    "As the variable HTTP_PROXY it would tell many programs to send their requests through a stranger's machine.",
  explanation:
    'Many programs read the variable HTTP_PROXY to learn through which machine they send their own requests. A header named Proxy would become exactly that variable, so that any visitor could redirect what the script fetches ("httpoxy", CVE-2016-5385). This server, Apache and lighttpd drop it; nginx passes it unless told otherwise.',
  reference: "RFC 3875 §4.1.18",
  logged: [
    { server: "Apache", message: null, answers: "dropped" },
    { server: "lighttpd", message: null, answers: "dropped" },
    { server: "nginx", message: null, answers: "HTTP_PROXY is set" },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "proxy-header",
  text,
  when: "at-once",
  about: "not-exported",
  check: ({ notExported, request }) => {
    const hidden = notExported.filter(([name]) => name.toLowerCase() === "proxy");
    if (hidden.length === 0) return null;
    const at = request.head.indexOf(`\n${hidden[0]?.[0] ?? ""}`);
    return {
      detail: "The client sent a Proxy header, which no honest program does.",
      stream: "request",
      range: at < 0 ? null : [at + 1, at + 1 + (hidden[0]?.[0].length ?? 0)],
    };
  },
};
