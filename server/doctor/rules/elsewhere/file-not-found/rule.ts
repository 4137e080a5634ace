// Nothing is at that path.
import type { InlineRule, RuleText } from "../../../engine/rule.js";

const text: RuleText = {
  stage: "elsewhere",
  severity: "hint",
  title: "There is no such file",
  summary: "The path of the request leads to nothing in this folder.",
  explanation:
    "Nothing in the workspace has that path. A letter in the other case is enough; so is a folder that the server's root does not hold. Apache logs AH02811 for a missing script, fcgiwrap answers 403 for one.",
  reference: "RFC 3875 §3.2",
  logged: [
    {
      server: "Apache",
      message: "AH02811: stderr from S: script not found or unable to stat",
      answers: "404 Not Found",
    },
    { server: "lighttpd", message: null, answers: "404 Not Found" },
    { server: "nginx", message: null, answers: "403 Forbidden" },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "file-not-found",
  text,
  when: "at-once",
  about: "no-script",
  check: ({ route, response, detail, request }) => {
    if (route.kind !== "none" || response?.status !== 404 || !detail?.includes("does not exist")) return null;
    if (/^\/(?:favicon\.ico|robots\.txt|apple-touch-icon|\.well-known\/)/.test(request.target)) return null; // browsers ask for these by themselves
    return { detail: `${detail}.` };
  },
};
