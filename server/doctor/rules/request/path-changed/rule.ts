// PATH_INFO differs from the path in the URL.

import { toDisplayText } from "../../../../base/decode-text.js";
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";

export const rule: InlineRule = {
  severity: "hint",
  title: "The path that reached the script differs from the URL",
  summary:
    "Servers normalize double slashes, dot segments and encoded slashes before the script receives the path, and not all do it the same way.",
  explanation:
    "Before a server looks for a script, it normalizes the path: `//` becomes `/`, `/a/../b` becomes `/b`, and `%41` becomes `A`. The script gets the normalized path in `PATH_INFO`. Apache rejects an encoded slash, `%2F`, with 404. lighttpd and nginx decode it, and the script cannot tell it from a real slash. To pass a value with slashes, put it into the query.",
  reference: "RFC 3875 §4.1.5",
  logged: [
    apache.silent("404 Not Found for %2F"),
    lighttpd.silent("%2F is a slash in PATH_INFO"),
    nginx.silent("%2F is a slash in PATH_INFO"),
  ],
  check: ({ route, request, env }) => {
    if (route.pathInfo === "") return null;
    const query = request.target.indexOf("?");
    const path = query < 0 ? request.target : request.target.slice(0, query);
    if (!/\/\/|%2[fF]|\/\.\.?(?:\/|$)|%2[eE]/.test(path.replace(/^https?:\/\//i, ""))) return null;
    const at = request.head.indexOf(path);
    return {
      detail: `The URL has “${path.slice(0, 200)}”; \`PATH_INFO\` is “${toDisplayText(route.pathInfo)}”.`,
      stream: "request",
      range: at < 0 ? null : [at, at + path.length],
      evidence: [{ kind: "variable", name: "PATH_INFO", value: env === null ? null : toDisplayText(route.pathInfo) }],
    };
  },
};
