// php-cgi refuses to run without REDIRECT_STATUS.

import { fromBytes } from "../../../protocol/byte-string.js";
import { toDisplayText } from "../../../trace/decode-text.js";
import { rangeIn } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const phpCgiDirectAccess: RuleLater = {
  id: "php-cgi-direct-access",
  text,
  when: "later",
  on: "anything",
  look: ({ stdout, env }) => {
    if (!stdout || stdout.bytes > 4096) return null;
    const match = /Security Alert!(?:<\/b>)? The PHP CGI cannot be accessed directly/.exec(fromBytes(stdout.read(0, 4096)));
    if (match === null) return null;
    const variable = env?.find(({ name }) => name === "REDIRECT_STATUS");
    return {
      detail: "REDIRECT_STATUS did not reach php-cgi. Set it to 200 where php-cgi is started.",
      stream: "stdout",
      range: rangeIn(stdout, match.index, match.index + match[0].length),
      evidence: [{ kind: "variable", name: "REDIRECT_STATUS", value: variable === undefined ? null : toDisplayText(variable.value) }],
    };
  },
};
