// Python 3.13 and later have no cgi module any more.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { foundError, isMissingModule, readPython } from "../../../evidence/language-error.js";

const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "Python has no cgi module any more",
  summary: "The script imports cgi or cgitb, which Python removed with version 3.13.",
  explanation:
    'For thirty years Python came with a module named cgi, which read forms for CGI scripts, and cgitb, which showed errors as pages. Both were removed with Python 3.13 (October 2024, PEP 594). Scripts that use them end at the import.\n\nFor forms, read the environment variable QUERY_STRING or standard input and pass it to urllib.parse.parse_qs; for uploads use email.message or the package "multipart". The package "legacy-cgi" brings the old module back as it was.',
  reference: "PEP 594",
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: ModuleNotFoundError: No module named 'cgi'",
      answers: "500 Internal Server Error",
    },
    {
      server: "nginx",
      message: "FastCGI sent in stderr: \"...ModuleNotFoundError: No module named 'cgi'\"",
      answers: "502 Bad Gateway",
    },
    { server: "lighttpd", message: null, answers: "500 Internal Server Error" },
    { server: "Apache", message: "End of script output before headers: S", answers: "500 Internal Server Error" },
  ],
  fixes: ["replace-field-storage"],
};

export const rule: DeferredRule = {
  id: "cgi-module-removed",
  text,
  when: "later",
  on: "failures",
  check: (facts) => {
    const error = readPython(facts);
    const name =
      error && isMissingModule(error) ? /^No module named '(cgi|cgitb)'/.exec(error.message)?.[1] : undefined;
    if (!error || name === undefined) return null;
    return foundError(
      facts,
      error,
      `The script imports ${name}, which this Python has not. Use urllib.parse.parse_qs for forms, or install the package legacy-cgi.`,
    );
  },
};
