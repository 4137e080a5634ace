// What the rule chunked-body says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "request",
  severity: "hint",
  title: "The request came in chunks: other servers set no CONTENT_LENGTH",
  summary: "This server collected the body and knew its length; Apache leaves CONTENT_LENGTH unset, and a script that relies on it sees an empty form.",
  explanation:
    "A client that does not know how long its data will be sends it in chunks, without Content-Length. CGI has no such form: this server, lighttpd and nginx take the whole body first and give its length. Apache starts the script at once and leaves CONTENT_LENGTH unset, so that a script which reads that many bytes reads none. A script that is to work there must read to the end of standard input when the variable is missing.",
  reference: "RFC 3875 §4.1.2",
  logged: [
    { server: "Apache", message: null, answers: "CONTENT_LENGTH unset, body to the end of input" },
    { server: "lighttpd", message: null, answers: "CONTENT_LENGTH set" },
    { server: "nginx", message: null, answers: "CONTENT_LENGTH set" },
  ],
  fixes: [],
};
