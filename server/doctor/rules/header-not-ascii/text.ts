// What the rule header-not-ascii says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "head",
  severity: "warning",
  title: "A header value holds letters that are not ASCII",
  summary: "Bytes above 7F in a header have no agreed meaning.",
  explanation:
    "In a header only ASCII is safe: nobody says in which encoding other bytes are, and clients read them as Latin-1, as UTF-8, or drop them. A file name in Content-Disposition has a form of its own: filename*=UTF-8''Gr%C3%BC%C3%9Fe.txt. In Location and in cookies write percent-encoding.",
  reference: "RFC 9110 §5.5",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on; the browser shows Latin-1" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: [],
};
