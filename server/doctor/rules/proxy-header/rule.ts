// httpoxy: a header that would become HTTP_PROXY.
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const proxyHeader: RuleAtOnce = {
  id: "proxy-header",
  text,
  when: "at-once",
  about: "not-exported",
  look: ({ notExported, request }) => {
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
