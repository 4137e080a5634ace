// A CGI script in a mode that calls an application: its agent finds none in the file.

import type { Mode } from "../../../../contract/modes.js";
import { apache, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { wroteNothing } from "../../../evidence/output.js";
import { processEvidence } from "../../../evidence/process.js";

/** EX_CONFIG of sysexits.h, with which the agents end such a request. */
const noApplication = 78;
const wanted: Partial<Readonly<Record<Mode, string>>> = {
  wsgi: "a callable named `application` or `app` (PEP 3333)",
  psgi: "a code reference as its last value (PSGI)",
  rack: "`run`, an application as its last value, or a constant `App` (Rack)",
  handler: "a function whose first parameter is `req`, in Perl one that begins with `my $req` or `my $r`",
};

export const rule: DeferredRule = {
  severity: "error",
  title: "The file defines no application",
  summary: "The mode loads the file once and calls its application for each request. This file defines none.",
  explanation:
    "In the modes `wsgi`, `psgi`, `rack` and `handler` a file is loaded once. It defines an application, which is then called for each request. For `wsgi` a Python file defines a callable named `application` or `app`. For `psgi` the last value of a Perl file is a code reference. For `rack` a Ruby file calls `run`, ends with an application, or defines `App`. For `handler` a Python or Perl file defines functions that take the request as `req`. A CGI script is another kind of program: it runs from its first line to its last for each request, reads the request from its environment and writes the response to standard output.\n\nRun a CGI script as CGI, or unmodified in the mode `prefork` or `persistent`. `cgi-workbench wrap` prints a file that makes an application of it.",
  reference: "PEP 3333",
  logged: [
    unproved(
      apache.says(
        "Target WSGI script 'S' does not contain WSGI application 'application'.",
        "500 Internal Server Error, with mod_wsgi",
      ),
    ),
  ],
  fixes: ["run-as-cgi"],
  before: ["python-error", "perl-error", "ruby-error"],
  on: "failures",
  check: (facts) => {
    const needed = facts.route.mode && wanted[facts.route.mode];
    if (!needed || !wroteNothing(facts) || facts.process?.exitCode !== noApplication) return null;
    return {
      detail: `The mode \`${facts.route.mode ?? ""}\` needs ${needed}, and the file defines none. Run a CGI script as CGI.`,
      evidence: processEvidence(facts),
    };
  },
};
