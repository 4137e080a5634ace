// What to do about the time that imports take, and why a cold start cannot be examined.
import { defineMessages } from "../../contract/message.js";
import { defineProblems } from "../../contract/problem.js";

type Import = { readonly name: string; readonly percent: number };

export const startupAdvice = defineMessages({
  "preload-or-lazy": ({ name, percent }: Import) =>
    `${name} takes ${percent} % of the cold start. Preload it in prefork; or import it in the function that needs it, if not every request does.`,
  preload: ({ name }: Import) => `Preload ${name} in prefork: then no request waits for it.`,
  "own-module": ({ name, percent }: Import) =>
    `${name} is a module of your own and takes ${percent} % of the cold start. Import it in the function that needs it, if not every request does.`,
});

export const startupRemark = defineMessages({
  "another-interpreter":
    "The script starts another Python, which reports its imports among the script's. What the script imports after that is not listed.",
});

export const startupProblem = defineProblems({
  "no-startup-times": {
    message: ({ path }: { readonly path: string }) => `${path} is not a Python or Perl script.`,
    fix: "Name the URL path of a script in one of these languages.",
  },
  "startup-fails": {
    message: ({ path }: { readonly path: string }) =>
      `The cold start of ${path} could not be measured: it did not end by itself.`,
    fix: "Send one request as CGI to see why.",
  },
  "startup-differs": {
    message: ({ path, exitCode }: { readonly path: string; readonly exitCode: number | null }) =>
      `While its imports were reported, ${path} ${exitCode === null ? "did not end by itself" : `ended with the exit code ${exitCode}`}; without that it ends otherwise.`,
    fix: "Send one request as CGI with the environment variable that reports them to see why: PYTHONPROFILEIMPORTTIME, or PERL5OPT.",
  },
  "imports-not-reported": {
    message: ({ path }: { readonly path: string }) =>
      `What ${path} imports is not known: its interpreter ignores the environment variables that ask for a report.`,
    fix: "Examine a copy of the script without the option that does so: -T in Perl, -E or -I in Python.",
  },
});
