// What the rule header-not-exported says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "request",
  severity: "hint",
  title: "The script does not see one of the request's headers",
  summary: "A header name with an underscore or a dot would become the variable of another header, so servers drop it.",
  explanation:
    "A header reaches a script as a variable: X-User becomes HTTP_X_USER. X_User and X.User would become the same, so that a client could pose as somebody; Apache and nginx therefore drop names with anything but letters, digits and hyphens, silently. Rename the header. policy.underscoreHeader decides what this server does.",
  reference: "RFC 3875 §4.1.18",
  logged: [
    { server: "Apache", message: "Not exporting header with invalid name as envvar: NAME", answers: "not handed on; logged from LogLevel trace1 on" },
    { server: "lighttpd", message: null, answers: "handed on as HTTP_X_USER" },
    {
      server: "nginx",
      message: 'client sent invalid header line: "X_User: ann" while reading client request headers',
      answers: "not handed on; logged from level info on",
    },
  ],
  fixes: [],
};
