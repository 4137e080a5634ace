// The file after #! exists and is not an executable program.
import { startFailedLogged } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { fileEvidence, modeEvidence, refusedStart } from "../../../evidence/start-failure.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The interpreter of the script is not executable",
  summary: "The first line names a folder, or a file that is not an executable program.",
  explanation:
    "The first line of a script names its interpreter. Something exists at that path, but the system cannot run it: it is a folder, a file without the execute bit, or a file in a folder that you have no permission to search. The script's own permissions may be correct. Check the interpreter with `ls -l`.",
  reference: "RFC 3875 §3.4",
  logged: startFailedLogged("EACCES"),
  fixes: ["set-shebang"],
  on: "failures",
  check: (facts) => {
    const refused = refusedStart(facts);
    const shebang = facts.file?.shebang;
    if (
      refused?.errno !== "EACCES" ||
      !shebang ||
      (shebang.state !== "not-executable" && shebang.closedFolder === null) ||
      ((refused.file.mode ?? 0) & 0o111) === 0
    )
      return null;
    if (shebang.closedFolder !== null)
      return {
        title: `The server may not search ${shebang.closedFolder.path}, the folder of the interpreter`,
        detail: `The script's first line names \`${shebang.program}\`. To reach it, this server's user needs the execute bit of every folder above it, and that of \`${shebang.closedFolder.path}\` is missing. Install the interpreter where every user may run it, or set the bit: \`chmod o+x ${shebang.closedFolder.path}\`.`,
        line: 1,
        fixes: [],
        evidence: [refused.evidence, modeEvidence(shebang.closedFolder), fileEvidence(refused.file, 1)],
      };
    return {
      title: `The interpreter ${shebang.program} is not executable`,
      detail: `The script's first line names \`${shebang.program}\`. It exists, but this server cannot run it.`,
      line: 1,
      evidence: [refused.evidence, fileEvidence(refused.file, 1)],
    };
  },
};
