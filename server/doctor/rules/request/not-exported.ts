// Rules for headers of the request that the script does not receive: a table. The key is the rule's id.
import { wordsOf } from "../../../contract/message.js";
import type { TraceFacts } from "../../base/facts.js";
import { apache, lighttpd, nginx } from "../../base/logged.js";
import { family, type InlineRule, type RuleTexts } from "../../base/rule.js";
import { nameInHead } from "../../evidence/header-fields.js";

interface WithheldRule extends RuleTexts {
  readonly isAbout: (name: string, request: TraceFacts["request"]) => boolean;
  readonly detail: (withheld: TraceFacts["notExported"]) => string;
}

const withheldRules: Readonly<Record<string, WithheldRule>> = {
  // The server handles credentials itself (RFC 3875 §9.2).
  "authorization-hidden": {
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
    isAbout: (name) => /^(?:proxy-)?authorization$/i.test(name),
    detail: () =>
      "Set `passAuthorization` for the script or the route to pass it on, or `auth` to let the server verify it.",
  },
  // A header whose name would collide with another one as a meta-variable.
  "header-not-exported": {
    severity: "hint",
    title: "The script does not receive one of the request's headers",
    summary:
      "A header name with an underscore or a dot would become the same meta-variable as another header, so servers drop it.",
    explanation:
      "A header reaches a script as a meta-variable: `X-User` becomes `HTTP_X_USER`. `X_User` and `X.User` would become the same variable, so a client could impersonate another user. Apache and nginx therefore drop names that contain anything but letters, digits and hyphens, without an error. Rename the header. `policy.underscoreHeader` sets what CGI Workbench does.",
    reference: "RFC 3875 §4.1.18",
    logged: [
      apache.says(
        "Not exporting header with invalid name as envvar: NAME",
        "not passed on; logged only at LogLevel trace1",
      ),
      lighttpd.silent("passed on as HTTP_X_USER"),
      nginx.says(
        'client sent invalid header line: "X_User: ann" while reading client request headers',
        "not passed on; logged at level info",
      ),
    ],
    isAbout: (name, { headers }) =>
      !/^[A-Za-z0-9-]+$/.test(name) && /^[^\s?=]+$/.test(name) && headers.some(([header]) => header === name),
    detail: (withheld) => `${withheld.map(([name, why]) => `${name}: ${wordsOf(why.text)}`).join("; ")}.`,
  },
  // httpoxy: a header that would become HTTP_PROXY.
  "proxy-header": {
    severity: "hint",
    title: "The server withheld a Proxy header from the script",
    summary:
      "As the variable `HTTP_PROXY` it would make many programs send their requests through a proxy of the client's choice.",
    explanation:
      "Many programs read the variable `HTTP_PROXY` to find the proxy for their own requests. A request header named `Proxy` would become exactly that variable, so any visitor could redirect what the script fetches (“httpoxy”, CVE-2016-5385). CGI Workbench, Apache and lighttpd drop the header. nginx passes it by default.",
    reference: "RFC 3875 §4.1.18",
    logged: [apache.silent("dropped"), lighttpd.silent("dropped"), nginx.silent("HTTP_PROXY is set")],
    isAbout: (name) => name.toLowerCase() === "proxy",
    detail: () => "The client sent a `Proxy` header. No legitimate client does.",
  },
};

export const rules = family<WithheldRule, InlineRule>(withheldRules, ({ isAbout, detail, ...texts }) => ({
  ...texts,
  about: "not-exported",
  check: ({ notExported, request }) => {
    const withheld = notExported.filter(([name]) => isAbout(name, request));
    const [first] = withheld;
    if (first === undefined) return null;
    return {
      detail: detail(withheld),
      stream: "request",
      range: nameInHead(request.head, first[0]),
    };
  },
}));
