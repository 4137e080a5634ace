// Nobody may execute the script: its execute bits are off.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { modeAt, refusedStart } from "../../../evidence/start-failure.js";

const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "The script is not executable",
  summary: "The file lacks its execute bit, so the system refuses to start it.",
  explanation:
    "On Linux and macOS each file says who may read, write and execute it. A server starts a CGI script as a program, so the script needs its execute bit; a new file, or one that came through a download or a Windows disk, has none.\n\nSet it with chmod +x, or chmod 755. The folders above need their execute bit too, which for a folder means that one may enter it; that is another finding.",
  reference: "RFC 3875 §3.4",
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: (13)Permission denied: exec of 'S' failed",
      answers: "500 Internal Server Error",
    },
    { server: "lighttpd", message: "S: Permission denied", answers: "500 Internal Server Error" },
    {
      server: "Apache",
      message: "file permissions deny server execution",
      answers: "403 Forbidden, on Windows",
      unproved: true,
    },
    {
      server: "fcgiwrap",
      message:
        "Cannot get script name, are DOCUMENT_ROOT and SCRIPT_NAME (or SCRIPT_FILENAME) set and is the script executable?",
      answers: "403 Forbidden",
    },
  ],
  fixes: ["make-executable"],
};

export const rule: DeferredRule = {
  id: "not-executable",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const refused = refusedStart(subject);
    if (refused?.errno !== "EACCES" || refused.file.mode === null || (refused.file.mode & 0o111) !== 0) return null;
    const { path } = refused.file;
    return {
      detail: `Nobody may execute ${path}. Set the execute bit: chmod +x ${path}`,
      evidence: [refused.evidence, modeAt(refused.file)],
    };
  },
};
