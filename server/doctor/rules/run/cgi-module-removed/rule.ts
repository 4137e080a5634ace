// ModuleNotFoundError for cgi or cgitb, which Python 3.13 removed.
import type { DeferredRule } from "../../../engine/rule.js";
import { errorOccurrence, missingModule, readPython } from "../../../evidence/language-error.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "Python no longer has the cgi module",
  summary: "The script imports `cgi` or `cgitb`, which Python 3.13 removed.",
  explanation:
    "For thirty years Python included a module named `cgi`, which parsed forms for CGI scripts, and `cgitb`, which showed errors as pages. Python 3.13 (October 2024, PEP 594) removed both. Scripts that use them fail at the import.\n\nFor forms, pass the environment variable `QUERY_STRING` or standard input to `urllib.parse.parse_qs`. For uploads, use `email.message` or the package `multipart`. The package `legacy-cgi` restores the old module.",
  reference: "PEP 594",
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: ModuleNotFoundError: No module named 'cgi'",
      response: "500 Internal Server Error",
    },
    {
      server: "nginx",
      message: "FastCGI sent in stderr: \"...ModuleNotFoundError: No module named 'cgi'\"",
      response: "502 Bad Gateway",
    },
    { server: "lighttpd", message: null, response: "500 Internal Server Error" },
    { server: "Apache", message: "End of script output before headers: S", response: "500 Internal Server Error" },
  ],
  fixes: ["replace-field-storage"],
  when: "deferred",
  on: "failures",
  check: (facts) => {
    const error = readPython(facts);
    const name = error && missingModule(error);
    if (!error || (name !== "cgi" && name !== "cgitb")) return null;
    return errorOccurrence(facts, error, {
      detail: `The script imports \`${name}\`, which this version of Python does not have. Use \`urllib.parse.parse_qs\` for forms, or install the package \`legacy-cgi\`.`,
    });
  },
};
