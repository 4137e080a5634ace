// Rules for what the client sends and where the script's source takes it: a table. The key is the rule's id.
import { passedOnByAll } from "../../base/logged.js";
import { type DeferredRule, family, type RuleTexts } from "../../base/rule.js";
import type { SinkKind } from "../../client-data/grammar.js";
import { sinkTexts } from "../../client-data/words.js";
import { reached } from "../../evidence/client-data.js";

interface SinkRule extends Omit<RuleTexts, "title"> {
  readonly sink: SinkKind;
}

const sinkRules: Readonly<Record<string, SinkRule>> = {
  // What the client sent is run as code by the script.
  "input-evaluated": {
    severity: "error",
    summary: "A value of the request reaches `eval` or the like, and nothing tests it on the way.",
    explanation:
      "`eval` takes text as code of its language. If a part of the text comes from a request, everybody who can send one decides what runs, with the rights of the script. Old shell scripts use it to make variables of a query, and calculators to compute a formula.\n\nRead the values instead: split the query at `&` and `=`, decode them, and keep them in variables. A formula needs a parser, or a test that lets numbers and signs alone through. `pickle.loads`, `unserialize` and `Marshal.load` make objects of a text, and run functions of their classes: read JSON instead. It is an error where the request has the field and a value that only code can have; otherwise it is a warning.",
    reference: "CWE-95",
    sink: "code",
  },
  // What the client sent is a part of a command line.
  "input-in-command": {
    severity: "error",
    summary: "A value of the request reaches a shell, and nothing tests or quotes it on the way.",
    explanation:
      "A shell reads a command line as text: `;`, `|`, `&`, backticks and `$( )` in a value begin another command, which runs with the rights of the script. This is how `?host=x;id` prints who the server's user is. Perl's `open` with two arguments does the same for a name that begins or ends with `|`.\n\nStart the program without a shell, with each argument by itself: a list for Python's `subprocess.run`, for Perl's and Ruby's `system`, `execFile` in Node. Where a shell is needed, let through only what the value may be, or quote it: `shlex.quote`, `escapeshellarg`. It is an error where the request shows it; otherwise it is a warning.",
    reference: "CWE-78",
    sink: "command",
  },
  // What the client sent is a part of the path of a file that the script opens.
  "input-in-path": {
    severity: "error",
    summary: "A value of the request is opened as a file, and nothing tests it on the way.",
    explanation:
      "`..` is the folder above: a name such as `../../etc/passwd` leads out of the folder that the script means, to every file that it may read, write or remove. Some languages drop the folder before a name that begins with `/`.\n\nTake the file from a list, let through only letters and digits, or keep the last part of the path alone (`basename`). It is an error where the request shows it; otherwise it is a warning.",
    reference: "CWE-22",
    sink: "path",
  },
};

export const rules = family<SinkRule, DeferredRule>(sinkRules, ({ sink, ...texts }) => ({
  ...texts,
  title: sinkTexts[sink].title,
  logged: passedOnByAll,
  on: "anything",
  check: (facts) => reached(facts, sink),
}));
