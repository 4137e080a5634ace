// Perl cannot find a module.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { foundError, readPerl } from "../../../evidence/language-error.js";

const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "A Perl module is not installed",
  summary: "The script uses a module that is in none of the folders Perl looks in.",
  explanation:
    "Perl looks for modules in a list of folders, @INC. The one that the script uses is in none of them: it is not installed, or installed in a folder of your own that only your login's PERL5LIB names. Install it (cpan, or the distribution's package), or add its folder with \"use lib\". Since Perl 5.22 the module CGI itself is no longer a part of Perl; since 5.26 the current folder is no longer in @INC.",
  reference: "RFC 3875 §7.2",
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: Can't locate NAME.pm in @INC",
      answers: "500 Internal Server Error",
    },
    { server: "nginx", message: "FastCGI sent in stderr: \"Can't locate NAME.pm in @INC", answers: "502 Bad Gateway" },
    { server: "lighttpd", message: null, answers: "500 Internal Server Error" },
    { server: "Apache", message: "End of script output before headers: S", answers: "500 Internal Server Error" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "perl-module-missing",
  text,
  when: "later",
  on: "failures",
  check: (facts) => {
    const error = readPerl(facts);
    const name = error && /^Can't locate (\S+)\.pm in @INC/.exec(error.message)?.[1]?.replaceAll("/", "::");
    if (!error || !name) return null;
    return foundError(
      facts,
      error,
      `Perl found no ${name} in the folders of @INC. Install it, or name its folder with "use lib".`,
      `There is no Perl module ${name}`,
    );
  },
};
