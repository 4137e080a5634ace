// Its execute bit is set for somebody, and the system refuses all the same.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { modeAt, refusedStart } from "../../../evidence/start-failure.js";

const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "The script may not be executed by this server",
  summary: "The execute bit is set, yet the system refuses: for other users only, or by the file system.",
  explanation:
    "The script has an execute bit, but not for the user the server runs as, or the file system is mounted so that nothing on it may be executed (noexec), or a security module forbids it. Compare the file's owner and bits with the server's user: chmod 755 allows everybody.",
  reference: "RFC 3875 §3.4",
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: (13)Permission denied: exec of 'S' failed",
      answers: "500 Internal Server Error",
      unproved: true,
    },
    { server: "lighttpd", message: "S: Permission denied", answers: "500 Internal Server Error", unproved: true },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "not-permitted",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const refused = refusedStart(subject);
    if (refused?.errno !== "EACCES") return null;
    const { mode, shebang, folders, path } = refused.file;
    if (
      mode === null ||
      (mode & 0o111) === 0 ||
      shebang?.state === "not-executable" ||
      folders.some(({ searchable }) => !searchable)
    )
      return null;
    return {
      detail: `Its execute bit is set for somebody, yet the system refused ${path}: not for this server's user, or the file system is mounted noexec.`,
      evidence: [refused.evidence, modeAt(refused.file)],
    };
  },
};
