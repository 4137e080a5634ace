// The start failed with ETXTBSY: another process has the file open for writing.
import { apache } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { refusedStart } from "../../../evidence/start-failure.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The script file is still open for writing",
  summary: "Another program has the file open for writing, so the system does not start it (“Text file busy”).",
  explanation:
    "A compiler, an editor or a copy in progress still has the file open. Linux does not start a program while another process can change it. Wait until the file is written, then send the request again. If the error stays, find the writer with `fuser FILE` or `lsof FILE`.",
  logged: [apache.logs("stderr", 500, { TEXT: "(26)Text file busy: exec of 'S' failed" })],
  on: "failures",
  check: (facts) => {
    const refused = refusedStart(facts);
    if (refused?.errno !== "ETXTBSY") return null;
    return {
      detail: `Another program has ${refused.file.path} open for writing, so the system does not start it.`,
      evidence: [refused.evidence],
    };
  },
};
