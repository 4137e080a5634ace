// What the rule file-not-found says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "elsewhere",
  severity: "hint",
  title: "There is no such file",
  summary: "The path of the request leads to nothing in this folder.",
  explanation:
    "Nothing in the workspace has that path. A letter in the other case is enough; so is a folder that the server's root does not hold. Apache logs AH02811 for a missing script, fcgiwrap answers 403 for one.",
  reference: "RFC 3875 §3.2",
  logged: [
    { server: "Apache", message: "AH02811: stderr from S: script not found or unable to stat", answers: "404 Not Found" },
    { server: "lighttpd", message: null, answers: "404 Not Found" },
    { server: "nginx", message: null, answers: "403 Forbidden" },
  ],
  fixes: [],
};
