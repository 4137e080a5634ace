// No blank line within the size that any server accepts as headers.

import { wordsOf } from "../../../../contract/message.js";
import { scriptMessage } from "../../../../protocol/script-head-messages.js";
import { apache, go, lighttpd, nginx, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { badOutput, rangeIn } from "../../../evidence/output.js";
import { processEvidence } from "../../../evidence/process.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The headers are too large",
  summary: "Servers limit the size of the headers. These exceed the limit, or never end.",
  explanation:
    "Every server limits the size of the headers: nginx to 4 or 8 KiB in total, Apache to 8 KiB per line, Go to 1 KiB per line, lighttpd to 64 KiB in total. It refuses anything larger. Large cookies, long lists of cache tags and warnings printed as headers are the usual causes. A script that writes a body without any blank line looks the same.",
  reference: "RFC 3875 §8.1",
  logged: [
    nginx.logs("tooBig", 502),
    lighttpd.logs("headersTooLarge", 502),
    apache.logs("noOutput", 500),
    unproved(go.logs("longLine", 500)),
  ],
  on: "failures",
  check: (facts) => {
    const bad = badOutput(facts);
    const reason = facts.script?.reasons.find((one) => scriptMessage.is(one, "head-too-large", "too-many-fields"));
    if (!bad || !reason) return null;
    return {
      detail: `${wordsOf(reason.text)} nginx accepts 4 or 8 KiB, Apache 8 KiB per line, lighttpd 64 KiB.`,
      stream: "stdout",
      range: rangeIn(bad.stdout, bad.stopped.from, Math.min(bad.stdout.bytes, 64 << 10)),
      evidence: [
        { kind: "quote", of: "headers", text: `${bad.stdout.bytes} bytes without a blank line` },
        ...processEvidence(facts),
      ],
    };
  },
};
