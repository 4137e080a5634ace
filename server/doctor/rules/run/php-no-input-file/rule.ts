// php-cgi, or a FastCGI worker of PHP, does not find the script.

import { toDisplayText } from "../../../../base/decode-text.js";
import { traitsOf } from "../../../../contract/modes.js";
import { fromBytes } from "../../../../protocol/byte-string.js";
import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { rangeIn } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "PHP does not find the script it is to run",
  summary: "SCRIPT_FILENAME is missing, or names a file that PHP cannot see.",
  explanation:
    'php-cgi and php-fpm learn from the variable SCRIPT_FILENAME which file to run. When it is missing, or names a file that is not there for PHP (in another container or root folder, or not readable for its user), php-cgi answers "No input file specified." and php-fpm "File not found." with "Primary script unknown" in the log. Compare the path with what PHP sees.',
  reference: "RFC 3875 §4.1",
  logged: [
    { server: "php", message: "No input file specified.", answers: "404 Not Found" },
    {
      server: "nginx",
      message: 'FastCGI sent in stderr: "Primary script unknown"',
      answers: "404 File not found.",
      unproved: true,
    },
    {
      server: "Apache",
      message: "AH01071: Got error 'Primary script unknown'",
      answers: "404 File not found.",
      unproved: true,
    },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "php-no-input-file",
  text,
  when: "later",
  on: "anything",
  check: ({ stdout, env, response, route }) => {
    if (!stdout || stdout.bytes > 4096 || (response?.status ?? 200) < 400) return null;
    const match = /No input file specified\.|(?<=\n\r?\n)File not found\.\s*$/.exec(fromBytes(stdout.read(0, 4096)));
    if (match === null) return null;
    const variable = env?.find(({ name }) => name === "SCRIPT_FILENAME");
    // A script that is a process of its own may have given PHP another one: only what went to a kept php-cgi is surely what it saw.
    const isKept = traitsOf(route.mode)?.sharesProcess;
    const isOther = isKept && variable !== undefined && variable.value !== route.file;
    const other =
      isOther && route.file !== null
        ? ` The script is ${toDisplayText(route.file)}: the configuration gives SCRIPT_FILENAME another value; take it away there.`
        : "";
    return {
      detail: `PHP looked for ${variable === undefined ? "nothing: SCRIPT_FILENAME is not set" : toDisplayText(variable.value)}, and did not find it.${other}`,
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
