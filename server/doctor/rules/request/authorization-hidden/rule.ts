// The server handles credentials itself (RFC 3875 §9.2).
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";
import { nameInHead } from "../../../evidence/header-fields.js";

export const rule: InlineRule = {
  severity: "hint",
  title: "The script does not receive the Authorization header",
  summary:
    "This is by design: the script learns the authenticated user from `REMOTE_USER`, and the password stays with the server.",
  explanation:
    "The `Authorization` header contains a password or a token. RFC 3875 §9.2 advises against passing it to scripts: the server verifies it and puts the user's name into `REMOTE_USER`. If a script has to verify tokens itself, set `passAuthorization` for the script or its route (Apache: `CGIPassAuth On`). Do not trust `REMOTE_USER` where the server did not verify it: nginx with its usual parameters sets it from the unverified header.",
  reference: "RFC 3875 §9.2",
  logged: [
    apache.silent("hidden; passed with CGIPassAuth On"),
    lighttpd.silent("HTTP_AUTHORIZATION passed"),
    nginx.silent("passed, and REMOTE_USER set without verification"),
  ],
  about: "not-exported",
  check: ({ notExported, request }) => {
    const hidden = notExported.filter(([name]) => /^(?:proxy-)?authorization$/i.test(name));
    if (hidden.length === 0) return null;
    return {
      detail:
        "Set `passAuthorization` for the script or the route to pass it on, or `auth` to let the server verify it.",
      stream: "request",
      range: nameInHead(request.head, hidden[0]?.[0] ?? ""),
    };
  },
};
