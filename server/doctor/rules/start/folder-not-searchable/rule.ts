// A folder above the file may not be entered.
import type { InlineRule, RuleText } from "../../../engine/rule.js";

const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "A folder above the script may not be entered",
  summary: "To reach a file the server needs the execute bit of every folder above it.",
  explanation:
    "For a folder the execute bit means that one may enter it. To reach a script the server's user needs that bit on every folder from the root down; home folders are often closed to others. The script's own permissions may be right all the same. Allow it with chmod o+x on the folder that lacks it; \"namei -l PATH\" shows them all.",
  reference: "RFC 3875 §3.4",
  logged: [
    {
      server: "Apache",
      message:
        "AH00035: access to U denied (filesystem path 'S') because search permissions are missing on a component of the path",
      answers: "403 Forbidden",
      unproved: true,
    },
    { server: "lighttpd", message: null, answers: "403 Forbidden", unproved: true },
    { server: "fcgiwrap", message: null, answers: "403 Forbidden", unproved: true },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "folder-not-searchable",
  text,
  when: "at-once",
  about: "no-script",
  check: ({ route, response, detail }) =>
    route.kind === "none" && response?.status === 403 && detail?.includes("may not enter") === true
      ? {
          detail: `${detail}. Give the server's user the execute bit of that folder: chmod o+x FOLDER.`,
          evidence: [{ kind: "errno", errno: "EACCES" }],
        }
      : null,
};
