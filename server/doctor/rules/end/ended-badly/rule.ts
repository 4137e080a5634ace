// The response stands, but the process ended with a failure: servers stay silent about it.

import type { ProcessInfo } from "../../../../contract/trace.js";
import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { processEvidence } from "../../../evidence/output.js";
import { lastWords } from "../../../evidence/stderr-tail.js";

const text: RuleText = {
  stage: "end",
  severity: "warning",
  title: "The script ended with a failure after its header",
  summary: "The response was passed on, and the script's exit code says that something went wrong.",
  explanation:
    "Every program ends with a number, its exit code: 0 means that all went well. This script had begun its response and then ended with another one. Browsers and servers cannot see that: the page was sent as far as it came, with the status the header promised. Look whether the page is whole, and at standard error.",
  reference: "RFC 3875 §3.4",
  logged: [
    { server: "Apache", message: null, answers: "200 OK" },
    { server: "lighttpd", message: null, answers: "200 OK" },
    { server: "nginx", message: null, answers: "200 OK" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "ended-badly",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const { process, script, outcome, detail } = subject;
    const status =
      outcome === "crashed" && !isGone(process) ? /request with status \d+/.exec(detail ?? "")?.[0] : undefined; // a FastCGI application's
    if (status !== undefined && script && script.kind !== "invalid")
      return {
        title: "The application ended the request as one that failed",
        detail: `${detail} Like an exit code it is 0 when all went well. The response was passed on as far as it came; whether it is whole only the application's author can tell.`,
        evidence: [{ kind: "quote", of: "END_REQUEST", text: status.replace("request with", "application") }],
      };
    if (
      !process ||
      !script ||
      script.kind === "invalid" ||
      outcome === "timeout" ||
      outcome === "client-gone" ||
      outcome === "stopped"
    )
      return null;
    if (process.signal !== null || (process.exitCode ?? 0) === 0) return null;
    const words = lastWords(subject);
    const said = words ? ` Its last words on stderr: ${words.text}` : "";
    return {
      title: `The script ended with exit code ${process.exitCode} after its header`,
      detail: `The response was passed on as far as it came; whether it is whole only the script's author can tell.${said}`,
      stream: words ? "stderr" : null,
      range: words?.range ?? null,
      line: words?.line ?? null,
      evidence: processEvidence(subject),
    };
  },
};

const isGone = (process: ProcessInfo | null): boolean =>
  process !== null && (process.exitCode !== null || process.signal !== null);
