// Some program holds the script open for writing.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { refusedStart } from "../../../evidence/start-failure.js";

const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "The script is still being written",
  summary: 'The system does not start a program while another one has it open for writing ("Text file busy").',
  explanation:
    "A compiler, an editor or a copy in progress still holds the file open. The system refuses to start a program that may change under its feet. Wait until it is written, then send again. If it persists, find the writer: fuser FILE or lsof FILE.",
  reference: null,
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: (26)Text file busy: exec of 'S' failed",
      answers: "500 Internal Server Error",
    },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "being-written",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const refused = refusedStart(subject);
    if (refused?.errno !== "ETXTBSY") return null;
    return {
      detail: `Some program holds ${refused.file.path} open for writing; the system does not run such a file.`,
      evidence: [refused.evidence],
    };
  },
};
