// Perl cannot find a module in @INC.
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { errorOccurrence } from "../../../evidence/language-error.js";
import { readPerl } from "../../../evidence/perl-error.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "A Perl module is not installed",
  summary: "The script uses a module that is in none of the folders that Perl searches.",
  explanation:
    "Perl searches for modules in a list of folders, `@INC`. The module that the script uses is in none of them: it is not installed, or it is in a folder of your own that only your login's `PERL5LIB` names. Install it (with `cpan`, or as a package of the distribution), or add its folder with `use lib`. Perl 5.22 and later do not include the module `CGI`. Since Perl 5.26 the current folder is not in `@INC`.",
  reference: "RFC 3875 §7.2",
  logged: [
    apache.logs("stderr", 500, { TEXT: "Can't locate NAME.pm in @INC" }),
    nginx.says("FastCGI sent in stderr: \"Can't locate NAME.pm in @INC", 502),
    lighttpd.silent(500),
    apache.logs("noOutput", 500),
  ],
  on: "failures",
  check: (facts) => {
    const error = readPerl(facts);
    const name = error && /^Can't locate (\S+)\.pm in @INC/.exec(error.message)?.[1]?.replaceAll("/", "::");
    if (!error || !name) return null;
    return errorOccurrence(facts, error, {
      title: `Perl module ${name} not found`,
      detail: `Perl found no \`${name}\` in the folders of \`@INC\`. Install it, or add its folder with \`use lib\`.`,
    });
  },
};
