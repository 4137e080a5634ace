// PATH_INFO is not what stood in the address.
import { toDisplayText } from "../../../trace/decode-text.js";
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const pathChanged: RuleAtOnce = {
  id: "path-changed",
  text,
  when: "at-once",
  look: ({ route, request, env }) => {
    const query = request.target.indexOf("?");
    const path = query < 0 ? request.target : request.target.slice(0, query);
    if (!/\/\/|%2[fF]|\/\.\.?(?:\/|$)|%2[eE]/.test(path.replace(/^https?:\/\//i, "")) || route.pathInfo === "") return null;
    const at = request.head.indexOf(path);
    return {
      detail: `The address says ${path.slice(0, 200)}; the script's PATH_INFO is ${toDisplayText(route.pathInfo)}.`,
      stream: "request",
      range: at < 0 ? null : [at, at + path.length],
      evidence: [{ kind: "variable", name: "PATH_INFO", value: env === null ? null : toDisplayText(route.pathInfo) }],
    };
  },
};
