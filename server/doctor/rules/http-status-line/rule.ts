// The script speaks HTTP where CGI has a field of its own.
import { byteString, fromBytes } from "../../../protocol/byte-string.js";
import { quoteBytes } from "../../../protocol/quote.js";
import { rangeIn } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const httpStatusLine: RuleLater = {
  id: "http-status-line",
  text,
  when: "later",
  on: "anything",
  look: (subject) => {
    const { script, stdout } = subject;
    if (!script || !stdout || script.kind === "nph" || stdout.captured === 0) return null;
    const first = script.spans[0];
    const isLine = first?.is === "status-line" || (first?.is === "malformed" && fromBytes(stdout.read(0, 5)) === "HTTP/");
    if (!first || !isLine) return null;
    const line = fromBytes(stdout.read(0, Math.min(first.to, 200))).split(/\r?\n/, 1)[0] ?? "";
    return {
      severity: script.kind === "invalid" ? "error" : "warning",
      detail: `${quoteBytes(byteString(line))} is for scripts named nph-…; write "Status: ${line.replace(/^\S+\s*/, "") || "200 OK"}" instead.`,
      stream: "stdout",
      range: rangeIn(stdout, 0, line.length),
    };
  },
};
