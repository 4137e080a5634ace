// The process was ended by a signal in the middle of its response.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { processEvidence } from "../../../evidence/output.js";
import { lastWords } from "../../../evidence/stderr-tail.js";

const text: RuleText = {
  stage: "end",
  severity: "warning",
  title: "The script was ended by a signal after its header",
  summary: "The response may be cut short, and only one of the usual servers says so.",
  explanation:
    "A signal ended the script while it was writing its page: a fault of its own (SIGSEGV, SIGABRT), a limit, too little memory (SIGKILL), or a person. What it had written was sent with the status the header promised; what was still in its buffer is lost. lighttpd notes the signal in its log, Apache and nginx do not.",
  reference: "RFC 3875 §3.4",
  logged: [
    { server: "lighttpd", message: "CGI pid n died with signal 11", answers: "200 OK, cut short" },
    { server: "Apache", message: null, answers: "200 OK, cut short" },
    { server: "nginx", message: null, answers: "200 OK, cut short" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "crashed-after-header",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const { process, script, outcome } = subject;
    if (
      !process ||
      !script ||
      script.kind === "invalid" ||
      outcome === "timeout" ||
      outcome === "client-gone" ||
      outcome === "stopped"
    )
      return null;
    if (process.signal === null) return null;
    const words = lastWords(subject);
    const said = words ? ` Its last words on stderr: ${words.text}` : "";
    return {
      title: `The script was ended by ${process.signal} after its header`,
      detail: `The response was passed on as far as it came, and is probably cut short.${said}`,
      stream: words ? "stderr" : null,
      range: words?.range ?? null,
      line: words?.line ?? null,
      evidence: processEvidence(subject),
    };
  },
};
