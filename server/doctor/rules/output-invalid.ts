// The script ran, and what it wrote is not a CGI response (RFC 3875 §6.2): why, and where in its bytes.

import { lastWords } from "../last-words.js";
import { finding, type Rule } from "../rule.js";

const reference = "RFC 3875 §6.2";

export const outputInvalid: Rule = (trace) => {
  const { outcome, stdout, script, process } = trace;
  if (outcome !== "invalid-output" && outcome !== "crashed") return null;
  if (script !== null && script.kind !== "invalid") return null;
  const words = lastWords(trace);
  const said = words ? ` Its last words on stderr: ${words.text}` : "";
  const line = words?.line ?? null;
  if (!stdout || stdout.bytes === 0) {
    const ended = process?.signal ? `was ended by ${process.signal}` : `ended with exit code ${process?.exitCode ?? "unknown"}`;
    const failed = process?.signal != null || (process?.exitCode ?? 0) !== 0;
    return finding({
      rule: failed ? "failed-before-output" : "no-output",
      severity: "error",
      title: failed ? "The script failed before it wrote anything" : "The script wrote nothing",
      detail: failed
        ? `It ${ended} and stdout is empty, so there is no response to pass on.${said}`
        : `It ended normally, but stdout is empty. A response needs at least "Content-Type: …" and an empty line.${said}`,
      stream: words ? "stderr" : "stdout",
      line,
      reference,
    });
  }
  const at = script?.stoppedAt ?? 0;
  return finding({
    rule: "malformed-output",
    severity: "error",
    title: "What the script wrote is not a CGI response",
    detail: `${sentence(script?.why ?? "The header lines could not be read")}${said}`,
    stream: "stdout",
    range: [Math.min(at, stdout.bytes), Math.min(at + 1, stdout.bytes)],
    line,
    reference,
  });
};

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
