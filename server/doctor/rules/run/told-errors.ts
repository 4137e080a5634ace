// Rules for errors whose message says the cause: a table. The key is the rule's id.
import type { FactsWithFile } from "../../base/facts.js";
import { apache, endedByErrorLogged, lighttpd, nginx } from "../../base/logged.js";
import { type DeferredRule, family, type RuleTexts } from "../../base/rule.js";
import type { LanguageError } from "../../evidence/error-tail.js";
import { errorOccurrence, isPython2, missingModule, readPython } from "../../evidence/language-error.js";
import { missingPerlModule, readPerl } from "../../evidence/perl-error.js";

interface ErrorRule extends RuleTexts {
  /** Default: `readPython`. */
  readonly read?: (facts: FactsWithFile) => LanguageError | null;
  /** What the finding says in place of the rule and the message; null: the error is another one. */
  readonly told: (error: LanguageError) => NonNullable<Parameters<typeof errorOccurrence>[2]> | null;
}

const errorRules: Readonly<Record<string, ErrorRule>> = {
  // PermissionError: the server's user has no permission for a file that the script opens.
  "file-not-permitted": {
    severity: "error",
    title: "Permission denied for a file that the script opens",
    summary: "The user that the server runs as has no permission for a file or folder that the script uses.",
    explanation:
      "A script has the permissions of the user that the server runs as. On a production server this is often a special user (`www-data`, `nobody`, `apache`) who cannot read your files or write into your folders. Give that user permission for exactly this file or folder.",
    reference: "RFC 3875 §9.4",
    logged: endedByErrorLogged("PermissionError: [Errno 13] Permission denied: 'PATH'"),
    told: ({ kind, message }) =>
      kind === "PermissionError"
        ? { detail: `${message}. The server's user needs permission for this file or folder.` }
        : null,
  },
  // Perl cannot find a module in @INC.
  "perl-module-missing": {
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
    read: readPerl,
    told: (error) => {
      const name = missingPerlModule(error);
      return name === null
        ? null
        : {
            title: `Perl module ${name} not found`,
            detail: `Perl found no \`${name}\` in the folders of \`@INC\`. Install it, or add its folder with \`use lib\`.`,
          };
    },
  },
  // ModuleNotFoundError for anything but cgi and the modules of Python 2.
  "python-module-missing": {
    severity: "error",
    title: "A Python module is not installed",
    summary: "The script imports a module that its Python interpreter does not have.",
    explanation:
      "The script imports a module that is not installed for the Python in its first line. It may be installed for another Python, or in a virtual environment that is active in your terminal but not in the server. Name the environment's interpreter in the first line (`#!/path/to/venv/bin/python`), or install the module for this one.",
    reference: "RFC 3875 §7.2",
    logged: endedByErrorLogged("ModuleNotFoundError: No module named 'NAME'"),
    told: (error) => {
      const name = missingModule(error);
      if (name === null || isPython2(error) || name === "cgi" || name === "cgitb") return null;
      return {
        title: `Python module ${name} not found`,
        detail: `${error.message}. Install the package that has it for the Python in the script's first line, or name a Python there that has it.`,
      };
    },
  },
  // SyntaxError, IndentationError or TabError that is not Python 2.
  "python-syntax-error": {
    severity: "error",
    title: "Python cannot parse the script",
    summary: "The script has a syntax error. Python reports the line where it noticed the error.",
    explanation:
      "Before Python runs anything, it parses the whole script. Here it met something that is not valid Python: a missing bracket or colon, wrong indentation, or tabs mixed with spaces. The reported line is where Python noticed the error. The mistake itself may be on the line before.",
    logged: endedByErrorLogged("SyntaxError: TEXT"),
    told: (error) => (/^(?:SyntaxError|IndentationError|TabError)$/.test(error.kind) && !isPython2(error) ? {} : null),
  },
  // Python 3 runs a script that was written for Python 2.
  "python2-syntax": {
    severity: "error",
    title: "The script was written for Python 2",
    summary: "The script uses something that Python 3 does not have, such as `print` without parentheses.",
    explanation:
      "Python 3 changed the language: `print` needs parentheses, `except Error, e` became `except Error as e`, `raw_input` is `input`, `urllib2` is `urllib.request`. Python 2 has not been maintained since 2020, and most systems no longer have it. The program `2to3` converts most scripts.",
    reference: "PEP 3105",
    logged: endedByErrorLogged("SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)?"),
    fixes: ["print-function"],
    told: (error) =>
      isPython2(error) ? { detail: `Python 3 reports: ${error.message}. Convert the script to Python 3.` } : null,
  },
};

export const rules = family<ErrorRule, DeferredRule>(errorRules, ({ read = readPython, told, ...texts }) => ({
  ...texts,
  on: "failures",
  check: (facts) => {
    const error = read(facts);
    const words = error && told(error);
    return error && words && errorOccurrence(facts, error, words);
  },
}));
