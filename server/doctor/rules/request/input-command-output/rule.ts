// A command that the client named ran: its output is in the response.
import { byteString, fromBytes } from "../../../../protocol/byte-string.js";
import { quoteBytes } from "../../../../protocol/quote.js";
import { passedOnByAll } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { reached } from "../../../evidence/client-data.js";
import { clientValues } from "../../../evidence/client-values.js";
import { rangeIn } from "../../../evidence/output.js";

const maxOutputBytes = 256 << 10;
/** What a client sends to find out, and what only the command, or the file, prints. */
const proofs: readonly (readonly [RegExp, RegExp])[] = [
  [/[;|&`(\n'"]\s*(?:\/usr\/bin\/|\/bin\/)?id\b/, /\buid=\d+(?:\([^()\s]{1,40}\))? gid=\d+/],
  [/\/etc\/passwd\b/, /\broot:[^:\n]{0,100}:0:0:/],
  [/[;|&`(\n'"]\s*(?:\/bin\/)?uname\s+-a\b/, /\bLinux \S{1,80} \d+\.\d+/],
];

export const rule: DeferredRule = {
  severity: "error",
  title: "A command of the client ran",
  summary: "The request names a command or a file, and what only that prints is in the response.",
  explanation:
    "The request had a command behind a sign that begins one in a shell, such as `;id`, or the path of a file outside of the folder, and the response has the output. So the script passes what it is sent to a shell, or opens it as a file. Everybody who can send a request can do the same with any command or file, with the rights of the script.\n\nTest the value against what it may be before it is used, and start programs without a shell.",
  reference: "CWE-78",
  logged: passedOnByAll,
  on: "anything",
  check: (facts) => {
    const { query, body } = clientValues(facts);
    const values = [...query, ...body].map(({ value }) => value);
    const asked = proofs.filter(([request]) => values.some((value) => request.test(value)));
    if (asked.length === 0 || facts.stdout === null) return null;
    // Rules that read the script name the line as well.
    if ((["code", "command", "path"] as const).some((kind) => reached(facts, kind).length > 0)) return null;
    const output = fromBytes(facts.stdout.read(0, maxOutputBytes));
    for (const [request, response] of asked) {
      const match = response.exec(output);
      const value = values.find((one) => request.test(one));
      if (match && value !== undefined && !value.includes(match[0]))
        return {
          detail: `The client sent ${quoteBytes(value)}, and the response has ${quoteBytes(byteString(match[0]))}.`,
          stream: "stdout",
          range: rangeIn(facts.stdout, match.index, match.index + match[0].length),
        };
    }
    return null;
  },
};
