// Servers differ over names that begin with nph-.
import { lighttpd, nginx } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";

export const rule: InlineRule = {
  severity: "hint",
  title: "Other servers parse the output of this nph- script",
  summary: "Only Apache and CGI Workbench pass the output of a script named `nph-…` to the client unparsed.",
  explanation:
    "The name begins with `nph-` (“no parsed headers”), so CGI Workbench and Apache pass the script's output to the client unchanged. lighttpd and nginx with fcgiwrap have no such rule, and parse the status line as a header. A script for every server writes CGI headers, with `Status:` where it needs one.",
  reference: "RFC 3875 §5",
  logged: [lighttpd.silent("the status that the script wrote"), nginx.silent("200 OK: the status line is ignored")],
  check: ({ script }) =>
    script?.kind === "nph"
      ? {
          detail:
            "lighttpd and nginx with fcgiwrap parse its first line as a header. With a `Status` header the script works on every server.",
          line: 1,
        }
      : null,
};
