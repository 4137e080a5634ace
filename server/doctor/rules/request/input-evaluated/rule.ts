// What the client sent is run as code by the script.

import { passedOnByAll } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { reached } from "../../../evidence/client-data.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The script runs what the client sends as code",
  summary: "A value of the request reaches `eval` or the like, and nothing tests it on the way.",
  explanation:
    "`eval` takes text as code of its language. If a part of the text comes from a request, everybody who can send one decides what runs, with the rights of the script. Old shell scripts use it to make variables of a query, and calculators to compute a formula.\n\nRead the values instead: split the query at `&` and `=`, decode them, and keep them in variables. A formula needs a parser, or a test that lets numbers and signs alone through. It is an error where the request has the field and a value that only code can have; otherwise it is a warning.",
  reference: "CWE-95",
  logged: passedOnByAll,
  on: "anything",
  check: (facts) => reached(facts, "code"),
};
