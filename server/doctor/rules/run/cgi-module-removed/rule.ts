// ModuleNotFoundError for cgi or cgitb, which Python 3.13 removed.
import { endedByErrorLogged } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { endOf } from "../../../evidence/error-tail.js";
import { errorOccurrence, missingModule, readPython, readRuby } from "../../../evidence/language-error.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "Python no longer has the cgi module",
  summary: "The script imports `cgi` or `cgitb`, which Python 3.13 removed.",
  explanation:
    "For thirty years Python included a module named `cgi`, which parsed forms for CGI scripts, and `cgitb`, which showed errors as pages. Python 3.13 (October 2024, PEP 594) removed both. Scripts that use them fail at the import.\n\nFor forms, pass the environment variable `QUERY_STRING` or standard input to `urllib.parse.parse_qs`. For uploads, use `email.message` or the package `multipart`. The package `legacy-cgi` restores the old module.\n\nRuby 4.0 removed its library `cgi`, too; the gem `cgi` has it.",
  reference: "PEP 594",
  logged: endedByErrorLogged("ModuleNotFoundError: No module named 'cgi'"),
  fixes: ["replace-field-storage"],
  on: "failures",
  explains: ["ruby-error"],
  check: (facts) => {
    const ruby = readRuby(facts);
    if (
      ruby !== null &&
      (/\bCGI library is removed\b/.test(endOf(facts)?.text ?? "") || ofRemovedCgi.test(ruby.message))
    )
      return {
        ...errorOccurrence(facts, ruby, {
          title: "Ruby no longer has the cgi library",
          detail: `${ruby.message}. Ruby 4.0 removed the library \`cgi\`, except for \`CGI.escape\` and its like. Install the gem \`cgi\`, or read the form with \`URI.decode_www_form\`.`,
        }),
        fixes: [],
      };
    const error = readPython(facts);
    const name = error && missingModule(error);
    if (!error || (name !== "cgi" && name !== "cgitb")) return null;
    return errorOccurrence(facts, error, {
      detail: `The script imports \`${name}\`, which this version of Python does not have. Use \`urllib.parse.parse_qs\` for forms, or install the package \`legacy-cgi\`.`,
    });
  },
};

/** What a class CGI of Ruby 4.0 has no more. */
const ofRemovedCgi =
  /^undefined method ['`](?:\[\]|params|header|http_header|out|cookies|has_key\?|keys|query_string)' for (?:an instance of CGI\b|#<CGI:)|^uninitialized constant CGI::(?:Cookie|Html|QueryExtension|Session)/;
