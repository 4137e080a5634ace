// An application that runs as a program: it is defined, but no server calls it.
import { apache, lighttpd, nginx, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { uncalledApplication } from "../../../evidence/application.js";
import { wroteNothing } from "../../../evidence/output.js";
import { processEvidence } from "../../../evidence/process.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "An application is run as a CGI script",
  summary: "The file defines an application and exits. In this mode nothing calls the application.",
  explanation:
    "A WSGI file (Python) defines a callable named `application` or `app`, and the last value of a PSGI file (Perl) is a code reference. A server loads the file once and calls the application for each request. As a CGI script the file runs from its first line to its last, and defines the application without a call of it: stdout stays empty. The same holds for a Rack application (Ruby: `run`, or `App`), and for the functions of a handler (`def index(req)`).\n\nRun it in the mode `wsgi`, `psgi`, `rack` or `handler`. To run it as CGI all the same, end a Python file with `wsgiref.handlers.CGIHandler().run(application)`; in Perl use `Plack::Handler::CGI`. `cgi-workbench wrap --cgi` prints such a file.",
  reference: "PEP 3333",
  logged: [
    apache.logs("noOutput", 500),
    lighttpd.silent(500),
    unproved(nginx.logs("ended", "502 Bad Gateway, for a FastCGI application")),
  ],
  fixes: ["run-as-wsgi", "run-as-psgi", "run-as-rack", "run-as-handler"],
  on: "failures",
  check: (facts) => {
    if (!wroteNothing(facts) || facts.process === null || processEvidence(facts).length > 0) return null;
    const found = uncalledApplication(facts);
    if (found === null || facts.file === null) return null;
    return {
      detail: `The file defines an application (“${found.text}”) and wrote nothing. Run it in the mode \`${found.mode}\`.`,
      line: found.line,
      evidence: [{ kind: "quote", of: facts.file.path, text: found.text }],
      fixes: [`run-as-${found.mode}`],
    };
  },
};
