// What the client sent is a part of a command line.

import { passedOnByAll } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { reached } from "../../../evidence/client-data.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "What the client sends becomes a part of a command",
  summary: "A value of the request reaches a shell, and nothing tests or quotes it on the way.",
  explanation:
    "A shell reads a command line as text: `;`, `|`, `&`, backticks and `$( )` in a value begin another command, which runs with the rights of the script. This is how `?host=x;id` prints who the server's user is. Perl's `open` with two arguments does the same for a name that begins or ends with `|`.\n\nStart the program without a shell, with each argument by itself: a list for Python's `subprocess.run`, for Perl's and Ruby's `system`, `execFile` in Node. Where a shell is needed, let through only what the value may be, or quote it: `shlex.quote`, `escapeshellarg`. It is an error where the request shows it; otherwise it is a warning.",
  reference: "CWE-78",
  logged: passedOnByAll,
  on: "anything",
  check: (facts) => reached(facts, "command"),
};
