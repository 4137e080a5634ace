// php-cgi or php-fpm cannot find the script.

import { toDisplayText } from "../../../../base/decode-text.js";
import { traitsOf } from "../../../../contract/modes.js";
import { fromBytes } from "../../../../protocol/byte-string.js";
import { apache, nginx, php, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { rangeIn } from "../../../evidence/output.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "PHP cannot find the script that it should run",
  summary: "`SCRIPT_FILENAME` is missing, or names a file that PHP cannot access.",
  explanation:
    "`php-cgi` and `php-fpm` take the file to run from the variable `SCRIPT_FILENAME`. The variable may be missing, or the file may not exist for PHP: it is in another container or document root, or PHP's user cannot read it. Then `php-cgi` responds “No input file specified.”, and `php-fpm` responds “File not found.” and logs “Primary script unknown”. Compare the path with the files that PHP can access.",
  reference: "RFC 3875 §4.1",
  logged: [
    php.says("No input file specified.", 404),
    unproved(nginx.logs("stderr", "404 File not found.", { TEXT: "Primary script unknown" })),
    unproved(apache.says("AH01071: Got error 'Primary script unknown'", "404 File not found.")),
  ],
  on: "anything",
  check: ({ stdout, stderr, env, response, route }) => {
    if (!stdout || stdout.bytes > 4096 || response?.status !== 404) return null;
    const match = /(?<=\n\r?\n)(?:No input file specified|File not found)\.\s*$/.exec(fromBytes(stdout.read(0, 4096)));
    if (match === null) return null;
    // Any program may say of a file that it was not found.
    const isFpms = stderr !== null && fromBytes(stderr.read(0, 4096)).includes("Primary script unknown");
    if (match[0].startsWith("File") && !isFpms) return null;
    const variable = env?.find(({ name }) => name === "SCRIPT_FILENAME");
    // A CGI script may have passed another value to PHP. Only for a pooled php-cgi
    // is the recorded value what PHP received.
    const isShared = traitsOf(route.mode)?.sharesProcess;
    const isOther = isShared && variable !== undefined && variable.value !== route.file;
    const other =
      isOther && route.file !== null
        ? ` The script is ${toDisplayText(route.file)}, but the configuration sets \`SCRIPT_FILENAME\` to another value. Remove that setting.`
        : "";
    return {
      detail:
        variable === undefined
          ? "`SCRIPT_FILENAME` is not set, so PHP has no script to run."
          : `PHP did not find ${toDisplayText(variable.value)}.${other}`,
      stream: "stdout",
      range: rangeIn(stdout, match.index, match.index + match[0].length),
      evidence: [
        {
          kind: "variable",
          name: "SCRIPT_FILENAME",
          value: variable === undefined ? null : toDisplayText(variable.value),
        },
      ],
    };
  },
};
