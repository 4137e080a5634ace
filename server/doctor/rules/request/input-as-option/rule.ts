// A program took a value of the request for one of its options.
import { toDisplayText } from "../../../../base/decode-text.js";
import { byteString, fromBytes } from "../../../../protocol/byte-string.js";
import { quoteBytes } from "../../../../protocol/quote.js";
import { passedOnByAll } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { clientValues } from "../../../evidence/client-values.js";
import { rangeIn } from "../../../evidence/output.js";

const maxOutputBytes = 64 << 10;
/** “grep: unrecognized option '--x'”, “curl: option --x: is unknown”, “find: unknown predicate `--x'”. */
const complains =
  /(?<![\w.+-])([\w.+-]{1,60}): (?:(?:unrecogni[sz]ed|unknown|invalid|illegal) (?:option|predicate)\b|option (?=[^\n]{1,200} is unknown)):? ?["'`]?(?:--)?([\w-]{1,200})[^\n]{0,200}/g;

export const rule: DeferredRule = {
  severity: "error",
  title: "What the client sends is an option of a program",
  summary: "A value of the request begins with a dash, and a program that the script started took it for an option.",
  explanation:
    'A list of arguments keeps a shell away from a value, but a program takes each argument that begins with `-` for an option. Options read and write other files, and some run commands: `-f/etc/passwd` for grep, `-o` for curl, `--use-compress-program` for tar. So everybody who can send a request decides what the program does, within its options.\n\nPut `--` before the first value, as `grep -- "$word" file`, or `-e` where the program has it; or refuse a value that begins with a dash.',
  reference: "CWE-88",
  logged: passedOnByAll,
  on: "anything",
  check: (facts) => {
    const { query, body } = clientValues(facts);
    const sent = [...query, ...body].filter(({ value }) => /^--\w[\w-]{2}/.test(value));
    if (sent.length === 0) return null;
    for (const stream of ["stderr", "stdout"] as const) {
      const output = facts[stream];
      if (!output) continue;
      for (const found of fromBytes(output.read(0, maxOutputBytes)).matchAll(complains)) {
        const { 0: line, 1: program = "", 2: option, index } = found;
        const field = sent.find(({ value }) => /^--([\w-]+)/.exec(value)?.[1] === option);
        if (field)
          return {
            detail: `The client sent ${quoteBytes(field.value)}, and \`${toDisplayText(byteString(program))}\` took it for an option: ${quoteBytes(byteString(line.trim()))}.`,
            stream,
            range: rangeIn(output, index, index + line.length),
          };
      }
    }
    return null;
  },
};
