// A header whose name cannot be told apart in a variable.
import type { InlineRule, RuleText } from "../../../engine/rule.js";

const text: RuleText = {
  stage: "request",
  severity: "hint",
  title: "The script does not see one of the request's headers",
  summary: "A header name with an underscore or a dot would become the variable of another header, so servers drop it.",
  explanation:
    "A header reaches a script as a variable: X-User becomes HTTP_X_USER. X_User and X.User would become the same, so that a client could pose as somebody; Apache and nginx therefore drop names with anything but letters, digits and hyphens, silently. Rename the header. policy.underscoreHeader decides what this server does.",
  reference: "RFC 3875 §4.1.18",
  logged: [
    {
      server: "Apache",
      message: "Not exporting header with invalid name as envvar: NAME",
      answers: "not handed on; logged from LogLevel trace1 on",
    },
    { server: "lighttpd", message: null, answers: "handed on as HTTP_X_USER" },
    {
      server: "nginx",
      message: 'client sent invalid header line: "X_User: ann" while reading client request headers',
      answers: "not handed on; logged from level info on",
    },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "header-not-exported",
  text,
  when: "at-once",
  about: "not-exported",
  check: ({ notExported, request }) => {
    const hidden = notExported.filter(
      ([name]) =>
        !/^[A-Za-z0-9-]+$/.test(name) && /^[^\s?=]+$/.test(name) && request.headers.some(([header]) => header === name),
    );
    if (hidden.length === 0) return null;
    const at = request.head.indexOf(`\n${hidden[0]?.[0] ?? ""}`);
    return {
      detail: `${hidden.map(([name, why]) => `${name}: ${why}`).join("; ")}.`,
      stream: "request",
      range: at < 0 ? null : [at + 1, at + 1 + (hidden[0]?.[0].length ?? 0)],
    };
  },
};
