// What the rule script-missing says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "The script is not there any more",
  summary: "The file, or its folder, was removed before it could be started.",
  explanation:
    "The request was for a script that was there a moment before. When the system was to start it, it was gone: deleted, renamed, or replaced by a tool that removes the old file first. Send the request again; if it persists, look at what writes to the folder.",
  reference: "RFC 3875 §3.4",
  logged: [
    { server: "Apache", message: "AH02811: stderr from S: script not found or unable to stat", answers: "404 Not Found" },
    { server: "lighttpd", message: null, answers: "404 Not Found" },
    { server: "fcgiwrap", message: null, answers: "403 Forbidden" },
  ],
  fixes: [],
};
