// The file was there when the request was routed, and gone when it was to be started.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { modeAt, refusedStart } from "../../../evidence/start-failure.js";

const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "The script is not there any more",
  summary: "The file, or its folder, was removed before it could be started.",
  explanation:
    "The request was for a script that was there a moment before. When the system was to start it, it was gone: deleted, renamed, or replaced by a tool that removes the old file first. Send the request again; if it persists, look at what writes to the folder.",
  reference: "RFC 3875 §3.4",
  logged: [
    {
      server: "Apache",
      message: "AH02811: stderr from S: script not found or unable to stat",
      answers: "404 Not Found",
    },
    { server: "lighttpd", message: null, answers: "404 Not Found" },
    { server: "fcgiwrap", message: null, answers: "403 Forbidden" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "script-missing",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const refused = refusedStart(subject);
    if (refused?.errno !== "ENOENT" || refused.file.exists) return null;
    return {
      detail: `${refused.file.path} was gone, or its folder was, when it should have been started.`,
      evidence: [refused.evidence, modeAt(refused.file)],
    };
  },
};
