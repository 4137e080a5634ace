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
  look: ({ stdout, env, response }) => {
    if (!stdout || stdout.bytes > 4096 || (response?.status ?? 200) < 400) return null;
    const match = /No input file specified\.|(?<=\n\r?\n)File not found\.\s*$/.exec(fromBytes(stdout.read(0, 4096)));
    if (match === null) return null;
    const variable = env?.find(({ name }) => name === "SCRIPT_FILENAME");
    return {
      detail: `PHP looked for ${variable === undefined ? "nothing: SCRIPT_FILENAME is not set" : toDisplayText(variable.value)}, and did not find it.`,
      stream: "stdout",
      range: rangeIn(stdout, match.index, match.index + match[0].length),
      evidence: [{ kind: "variable", name: "SCRIPT_FILENAME", value: variable === undefined ? null : toDisplayText(variable.value) }],
    };
  },
};
