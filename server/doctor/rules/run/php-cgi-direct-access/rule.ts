// php-cgi refuses to run without REDIRECT_STATUS.

import { toDisplayText } from "../../../../base/decode-text.js";
import { fromBytes } from "../../../../protocol/byte-string.js";
import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { rangeIn } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "PHP refuses: it thinks it was called directly",
  summary:
    "php-cgi runs a script only when REDIRECT_STATUS is set, which Apache does and other servers must be told to.",
  explanation:
    'php-cgi could be misused by calling it directly by its own address. To prevent that it refuses to run ("Security Alert! The PHP CGI cannot be accessed directly.") unless the variable REDIRECT_STATUS is set, which Apache does when it hands a .php file over. A server that does not must be configured to: REDIRECT_STATUS=200.',
  reference: null,
  logged: [
    {
      server: "php",
      message: "Security Alert! The PHP CGI cannot be accessed directly.",
      answers: "the alert as a page",
    },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "php-cgi-direct-access",
  text,
  when: "later",
  on: "anything",
  check: ({ stdout, env }) => {
    if (!stdout || stdout.bytes > 4096) return null;
    const match = /Security Alert!(?:<\/b>)? The PHP CGI cannot be accessed directly/.exec(
      fromBytes(stdout.read(0, 4096)),
    );
    if (match === null) return null;
    const variable = env?.find(({ name }) => name === "REDIRECT_STATUS");
    return {
      detail: "REDIRECT_STATUS did not reach php-cgi. Set it to 200 where php-cgi is started.",
      stream: "stdout",
      range: rangeIn(stdout, match.index, match.index + match[0].length),
      evidence: [
        {
          kind: "variable",
          name: "REDIRECT_STATUS",
          value: variable === undefined ? null : toDisplayText(variable.value),
        },
      ],
    };
  },
};
