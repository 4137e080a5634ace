// PATH_INFO is not what stood in the address.
import { toDisplayText } from "../../../../base/decode-text.js";
import type { InlineRule, RuleText } from "../../../engine/rule.js";

const text: RuleText = {
  stage: "request",
  severity: "hint",
  title: "The path reached the script changed",
  summary:
    "Double slashes, dot segments and encoded slashes are treated before the script sees them, and not by all servers alike.",
  explanation:
    'Before a script is found servers clean the path: "//" becomes "/", "/a/../b" becomes "/b", and %41 becomes A. The script sees the clean one in PATH_INFO. An encoded slash, %2F, is refused with 404 by Apache and decoded by lighttpd and nginx, after which nobody can tell it from a real one. If a path must carry such a value, put it in the query.',
  reference: "RFC 3875 §4.1.5",
  logged: [
    { server: "Apache", message: null, answers: "404 Not Found for %2F" },
    { server: "lighttpd", message: null, answers: "%2F is a slash in PATH_INFO" },
    { server: "nginx", message: null, answers: "%2F is a slash in PATH_INFO" },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "path-changed",
  text,
  when: "at-once",
  check: ({ route, request, env }) => {
    const query = request.target.indexOf("?");
    const path = query < 0 ? request.target : request.target.slice(0, query);
    if (!/\/\/|%2[fF]|\/\.\.?(?:\/|$)|%2[eE]/.test(path.replace(/^https?:\/\//i, "")) || route.pathInfo === "")
      return null;
    const at = request.head.indexOf(path);
    return {
      detail: `The address says ${path.slice(0, 200)}; the script's PATH_INFO is ${toDisplayText(route.pathInfo)}.`,
      stream: "request",
      range: at < 0 ? null : [at, at + path.length],
      evidence: [{ kind: "variable", name: "PATH_INFO", value: env === null ? null : toDisplayText(route.pathInfo) }],
    };
  },
};
