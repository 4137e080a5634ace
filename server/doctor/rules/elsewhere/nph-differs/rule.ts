// Servers differ over names that begin with nph-.
import type { InlineRule, RuleText } from "../../../engine/rule.js";

const text: RuleText = {
  stage: "elsewhere",
  severity: "hint",
  title: "Other servers read this script's output as any other",
  summary: "Only Apache, and this server, pass the output of a script named nph-… to the client unread.",
  explanation:
    'The name begins with nph- ("no parsed headers"), so this server and Apache pass the script\'s output to the client as it is. lighttpd and nginx with fcgiwrap know no such names: they read the status line as a header. A script that works everywhere writes CGI headers, with "Status:" where it needs one.',
  reference: "RFC 3875 §5",
  logged: [
    { server: "lighttpd", message: null, answers: "the status the script wrote" },
    { server: "nginx", message: null, answers: "200 OK: the status line is ignored" },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "nph-differs",
  text,
  when: "at-once",
  check: ({ script }) =>
    script?.kind === "nph"
      ? {
          detail:
            "lighttpd and nginx with fcgiwrap read its first line as a header. With a Status field it would work everywhere.",
          line: 1,
        }
      : null,
};
