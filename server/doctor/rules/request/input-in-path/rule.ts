// What the client sent is a part of the path of a file that the script opens.

import { passedOnByAll } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { reached } from "../../../evidence/client-data.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "What the client sends becomes a part of a file's path",
  summary: "A value of the request is opened as a file, and nothing tests it on the way.",
  explanation:
    "`..` is the folder above: a name such as `../../etc/passwd` leads out of the folder that the script means, to every file that it may read, write or remove. Some languages drop the folder before a name that begins with `/`.\n\nTake the file from a list, let through only letters and digits, or keep the last part of the path alone (`basename`). It is an error where the request shows it; otherwise it is a warning.",
  reference: "CWE-22",
  logged: passedOnByAll,
  on: "anything",
  check: (facts) => reached(facts, "path"),
};
