// A picture, a style sheet or other data where every file is run.

import { basename } from "node:path";
import { apache, fcgiwrap, lighttpd } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { isDataAmongScripts, modeEvidence, refusedStart } from "../../../evidence/start-failure.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The server tried to run a file that is no script",
  summary: "Every file in a folder for scripts is run, and this one holds data.",
  explanation:
    "In `cgi-bin`, and in any folder that a server takes for a folder of scripts, a request runs the file, whatever it holds. A picture, a style sheet or a page there is never sent: the system refuses to start it. An execute bit does not help. Move the file to a folder of ordinary files, and change the address in the pages that use it.",
  reference: "RFC 3875 §3.4",
  logged: [
    apache.logs("execFailed", 500, { N: "13", TEXT: "Permission denied" }),
    lighttpd.logs("execFailed", 500, { TEXT: "Permission denied" }),
    fcgiwrap.silent(403),
  ],
  on: "failures",
  check: (facts) => {
    const refused = refusedStart(facts);
    if (!refused || !isDataAmongScripts(refused)) return null;
    return {
      detail: `${basename(refused.file.path)} is no program and no script, and everything in its folder is run. Keep it in another folder.`,
      evidence: [refused.evidence, modeEvidence(refused.file)],
    };
  },
};
