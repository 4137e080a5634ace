// The response stands, but the process did not end well: servers stay silent about it.
import { lastWords } from "../last-words.js";
import { finding, type Rule } from "../rule.js";

export const endedBadly: Rule = (trace) => {
  const { process, script, outcome } = trace;
  if (!process || script === null || script.kind === "invalid" || outcome === "client-gone" || outcome === "stopped" || outcome === "timeout") return null;
  if (process.signal === null && (process.exitCode ?? 0) === 0) return null;
  const words = lastWords(trace);
  const said = words ? ` Its last words on stderr: ${words.text}` : "";
  return finding({
    rule: "ended-badly",
    severity: "warning",
    title: process.signal
      ? `The script was ended by ${process.signal} after its header`
      : `The script ended with exit code ${process.exitCode} after its header`,
    detail: `The response was passed on as far as it came; whether it is whole only the script's author can tell.${said}`,
    stream: words ? "stderr" : null,
    line: words?.line ?? null,
  });
};
