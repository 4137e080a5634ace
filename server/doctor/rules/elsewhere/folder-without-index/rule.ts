// A folder was asked for.
import type { InlineRule, RuleText } from "../../../engine/rule.js";

const text: RuleText = {
  stage: "elsewhere",
  severity: "hint",
  title: "The address is a folder's",
  summary: "A folder has no page of its own unless it holds an index file.",
  explanation:
    "The path leads to a folder. A server answers with the folder's index file if there is one, and redirects to the address with a slash at its end first. Apache refuses to run a folder as a script (AH02812).",
  reference: "RFC 3875 §3.2",
  logged: [
    {
      server: "Apache",
      message: "AH02812: stderr from S: attempt to invoke directory as script",
      answers: "403 Forbidden",
    },
    { server: "lighttpd", message: null, answers: "301, to the address with a slash" },
    { server: "fcgiwrap", message: null, answers: "403 Forbidden" },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "folder-without-index",
  text,
  when: "at-once",
  about: "no-script",
  check: ({ route, response, detail }) => {
    if (route.kind !== "none" || !detail || !(response?.status === 404 || response?.status === 301)) return null;
    return /has no index file|is a folder: its address/.test(detail) ? { detail: `${detail}.` } : null;
  },
};
