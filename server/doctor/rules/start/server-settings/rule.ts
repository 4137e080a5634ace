// A sentence of Apache's log about its own settings, explained in the index: nothing of the kind is set here, so no trace shows it.
import type { DeferredRule, RuleText } from "../../../engine/rule.js";

const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "The other server's settings keep the script from running",
  summary:
    "Apache runs CGI scripts only where its configuration says so, and this is one of the places where it does not.",
  explanation:
    "The script is all right: it runs here. Apache wants three things in its configuration. The folder must be one for scripts, by ScriptAlias, or by Options +ExecCGI together with AddHandler cgi-script .cgi. What follows the script's name in the URL is given to it only where AcceptPathInfo is not off. And the URL must lead to the file itself: a folder is no script, and a name that is not there is none either. Look at the <Directory> block, and at .htaccess files in the folders above.",
  reference: "RFC 3875 §3.2",
  logged: [
    {
      server: "Apache",
      message: "AH02809: Options ExecCGI is off in this directory: S",
      answers: "403 Forbidden",
      unproved: true,
    },
    {
      server: "Apache",
      message: "AH02813: AcceptPathInfo off disallows user's path: S",
      answers: "404 Not Found",
      unproved: true,
    },
    {
      server: "Apache",
      message: "AH02811: script not found or unable to stat: S",
      answers: "404 Not Found",
      unproved: true,
    },
    {
      server: "Apache",
      message: "AH02812: attempt to invoke directory as script: S",
      answers: "403 Forbidden",
      unproved: true,
    },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "server-settings",
  text,
  when: "later",
  on: "failures",
  withoutScript: true,
  check: () => null,
};
