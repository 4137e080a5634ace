// php-cgi refuses to run without REDIRECT_STATUS.

import { toDisplayText } from "../../../../base/decode-text.js";
import { fromBytes } from "../../../../protocol/byte-string.js";
import { php } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { rangeIn } from "../../../evidence/output.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "PHP refuses to run: REDIRECT_STATUS is missing",
  summary:
    "`php-cgi` runs a script only if `REDIRECT_STATUS` is set. Apache sets it; other servers need a setting for it.",
  explanation:
    "Visitors could once misuse `php-cgi` by requesting its own URL. To prevent that, it refuses to run (“Security Alert! The PHP CGI cannot be accessed directly.”) unless the variable `REDIRECT_STATUS` is set. Apache sets it when it passes a `.php` file to PHP. Configure any other server to set `REDIRECT_STATUS=200`.",
  logged: [php.says("Security Alert! The PHP CGI cannot be accessed directly.", "the alert as a page")],
  on: "anything",
  check: ({ stdout, env }) => {
    if (!stdout || stdout.bytes > 4096) return null;
    const match = /Security Alert!(?:<\/b>)? The PHP CGI cannot be accessed directly/.exec(
      fromBytes(stdout.read(0, 4096)),
    );
    if (match === null) return null;
    const variable = env?.find(({ name }) => name === "REDIRECT_STATUS");
    return {
      detail: "`REDIRECT_STATUS` did not reach `php-cgi`. Set it to 200 where `php-cgi` is started.",
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
