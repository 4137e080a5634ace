// What the rule redirect-path-with-status says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "head",
  severity: "hint",
  title: "The redirect names a path instead of a whole address",
  summary: "With a Status the browser is sent there; RFC 3875 wants a whole address, and every browser takes the path too.",
  explanation:
    "Beside a Status, Location is a redirect for the browser. RFC 3875 asks for a whole address with http:// there; HTTP itself has allowed a path since 2014, and all servers and browsers take it. Nothing breaks; it is only not local: the browser sees the redirect.",
  reference: "RFC 3875 §6.2.3",
  logged: [
    { server: "Apache", message: null, answers: "301, passed on" },
    { server: "lighttpd", message: null, answers: "301, passed on" },
    { server: "nginx", message: null, answers: "301, passed on" },
  ],
  fixes: [],
};
