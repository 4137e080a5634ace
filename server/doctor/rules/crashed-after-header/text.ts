// What the rule crashed-after-header says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
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
