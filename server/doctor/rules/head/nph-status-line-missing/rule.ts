// A script named nph- that does not begin with a status line.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { rangeIn } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "A script named nph-… did not begin with an HTTP status line",
  summary: "Its output goes to the client as it is, and is no HTTP response.",
  explanation:
    'The name of this script begins with nph- ("no parsed headers"): the server passes its output to the browser unread. Then it must be a whole HTTP response, beginning with a line such as "HTTP/1.1 200 OK". This one is not. Rename the script, or write the status line.',
  reference: "RFC 3875 §5",
  logged: [
    { server: "Apache", message: null, answers: "the output as it is" },
    { server: "lighttpd", message: null, answers: "200 OK: it knows no nph" },
    { server: "nginx", message: null, answers: "200 OK: it knows no nph" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "nph-status-line-missing",
  text,
  when: "later",
  on: "failures",
  check: ({ outcome, script, stdout }) => {
    if (outcome !== "invalid-output" || script?.kind !== "nph" || !stdout || stdout.bytes === 0) return null;
    return {
      detail: script.why ?? "The first line is not such as HTTP/1.1 200 OK.",
      stream: "stdout",
      range: rangeIn(stdout, 0, Math.min(stdout.bytes, 60)),
    };
  },
};
