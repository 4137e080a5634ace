// Credentials are the server's business.
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const authorizationHidden: RuleAtOnce = {
  id: "authorization-hidden",
  text,
  when: "at-once",
  about: "not-exported",
  look: ({ notExported, request }) => {
    const hidden = notExported.filter(([name]) => /^(?:proxy-)?authorization$/i.test(name));
    if (hidden.length === 0) return null;
    const at = request.head.indexOf(`\n${hidden[0]?.[0] ?? ""}`);
    return {
      detail: "Set passAuthorization for the script or the route to hand it on, or auth to have it checked.",
      stream: "request",
      range: at < 0 ? null : [at + 1, at + 1 + (hidden[0]?.[0].length ?? 0)],
    };
  },
};
