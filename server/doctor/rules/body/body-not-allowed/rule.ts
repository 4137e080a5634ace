// 204 and 304 have no body; what the script writes is dropped.

import type { InlineRule, RuleText } from "../../../engine/rule.js";
import { emptyLine, rangeIn } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "body",
  severity: "warning",
  title: "This status allows no body, and the script wrote one",
  summary: "204 and 304 mean that there is no page; servers drop whatever follows the header.",
  explanation:
    'The status 204 says "done, and there is nothing to show", 304 "what you have is still right". Neither has a body, and every server drops what the script writes after its header. If the page matters, answer with another status.',
  reference: "RFC 9110 §15.3.5",
  logged: [
    { server: "Apache", message: null, answers: "204 No Content, without the body" },
    { server: "lighttpd", message: null, answers: "204 No Content, without the body" },
    {
      server: "nginx",
      message: 'upstream sent more data than specified in "Content-Length" header while reading upstream',
      answers: "204 No Content, without the body",
    },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "body-not-allowed",
  text,
  when: "at-once",
  check: (facts) => {
    const { script, stdout } = facts;
    if (!script || (script.status !== 204 && script.status !== 304) || script.kind === "invalid" || !stdout)
      return null;
    const end = emptyLine(facts)?.to ?? stdout.bytes;
    if (stdout.bytes <= end) return null;
    return {
      detail: `${stdout.bytes - end} bytes after the header were dropped: a ${script.status} has no body.`,
      stream: "stdout",
      range: rangeIn(stdout, end, stdout.bytes),
    };
  },
};
