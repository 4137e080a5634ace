// A header whose name would collide with another one as a meta-variable.

import { wordsOf } from "../../../../contract/message.js";
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";
import { nameInHead } from "../../../evidence/header-fields.js";

export const rule: InlineRule = {
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
  about: "not-exported",
  check: ({ notExported, request }) => {
    const hidden = notExported.filter(
      ([name]) =>
        !/^[A-Za-z0-9-]+$/.test(name) && /^[^\s?=]+$/.test(name) && request.headers.some(([header]) => header === name),
    );
    if (hidden.length === 0) return null;
    return {
      detail: `${hidden.map(([name, why]) => `${name}: ${wordsOf(why.text)}`).join("; ")}.`,
      stream: "request",
      range: nameInHead(request.head, hidden[0]?.[0] ?? ""),
    };
  },
};
