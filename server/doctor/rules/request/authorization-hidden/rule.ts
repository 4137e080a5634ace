// Credentials are the server's business.
import type { InlineRule, RuleText } from "../../../engine/rule.js";

const text: RuleText = {
  stage: "request",
  severity: "hint",
  title: "The script does not see the Authorization header",
  summary: "By design: whoever is signed in is told by REMOTE_USER, and the password stays with the server.",
  explanation:
    "The Authorization header holds a password or a token. RFC 3875 §9.2 says that scripts should not get it: the server checks it and tells the script the user's name in REMOTE_USER. A script that checks tokens itself needs it all the same; then say so for that script or route with passAuthorization (Apache: CGIPassAuth On). Never take REMOTE_USER for true where the server did not check it: nginx with the usual parameters sets it from the unchecked header.",
  reference: "RFC 3875 §9.2",
  logged: [
    { server: "Apache", message: null, answers: "hidden; CGIPassAuth On passes it" },
    { server: "lighttpd", message: null, answers: "HTTP_AUTHORIZATION passed" },
    { server: "nginx", message: null, answers: "passed, and REMOTE_USER set unchecked" },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "authorization-hidden",
  text,
  when: "at-once",
  about: "not-exported",
  check: ({ notExported, request }) => {
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
