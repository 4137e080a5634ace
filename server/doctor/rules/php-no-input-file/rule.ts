// php-cgi, or a FastCGI worker of PHP, does not find the script.

import { fromBytes } from "../../../protocol/byte-string.js";
import { toDisplayText } from "../../../trace/decode-text.js";
import { rangeIn } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const phpNoInputFile: RuleLater = {
  id: "php-no-input-file",
  text,
  when: "later",
  on: "anything",
  look: ({ stdout, env, response, route }) => {
    if (!stdout || stdout.bytes > 4096 || (response?.status ?? 200) < 400) return null;
    const match = /No input file specified\.|(?<=\n\r?\n)File not found\.\s*$/.exec(fromBytes(stdout.read(0, 4096)));
    if (match === null) return null;
    const variable = env?.find(({ name }) => name === "SCRIPT_FILENAME");
    // A script that is a process of its own may have given PHP another one: only what went to a kept php-cgi is surely what it saw.
    const isOther = route.mode === "php-cgi" && variable !== undefined && variable.value !== route.file;
    const other =
      isOther && route.file !== null
        ? ` The script is ${toDisplayText(route.file)}: the configuration gives SCRIPT_FILENAME another value; take it away there.`
        : "";
    return {
      detail: `PHP looked for ${variable === undefined ? "nothing: SCRIPT_FILENAME is not set" : toDisplayText(variable.value)}, and did not find it.${other}`,
      stream: "stdout",
      range: rangeIn(stdout, match.index, match.index + match[0].length),
      evidence: [{ kind: "variable", name: "SCRIPT_FILENAME", value: variable === undefined ? null : toDisplayText(variable.value) }],
    };
  },
};
