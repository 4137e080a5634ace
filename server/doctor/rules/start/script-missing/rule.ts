// The file existed when the request was routed, and not when it was started.
import { apache, fcgiwrap, lighttpd } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { modeEvidence, refusedStart } from "../../../evidence/start-failure.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The script no longer exists",
  summary: "The file, or its folder, was removed before the server could start it.",
  explanation:
    "The script existed when the server received the request. When the system tried to start it, it was gone: deleted, renamed, or replaced by a tool that removes the old file first. Send the request again. If the error stays, find out what writes to the folder.",
  reference: "RFC 3875 §3.4",
  logged: [apache.logs("notFound", 404), lighttpd.silent(404), fcgiwrap.silent(403)],
  on: "failures",
  check: (facts) => {
    const refused = refusedStart(facts);
    if (refused?.errno !== "ENOENT" || refused.file.exists) return null;
    return {
      detail: `${refused.file.path}, or its folder, was removed before the script was started.`,
      evidence: [refused.evidence, modeEvidence(refused.file)],
    };
  },
};
