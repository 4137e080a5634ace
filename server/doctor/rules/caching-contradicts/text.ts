// What the rule caching-contradicts says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "head",
  severity: "warning",
  title: "The header says two things about caching",
  summary: "Cache-Control, Expires and Pragma contradict each other.",
  explanation:
    "Caches go by the strictest word, or by the newest field, so one of the two instructions has no effect: the page is kept where it should not be, or never kept. no-store means nobody may keep it; max-age means keep it so many seconds; private means only the reader's own browser; public means anybody. Say one thing.",
  reference: "RFC 9111 §5.2",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: [],
};
