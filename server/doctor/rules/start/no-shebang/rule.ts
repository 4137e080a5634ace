// The file is neither a binary program nor a script with a shebang.
import { startFailedLogged } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { fileEvidence, isDataAmongScripts, refusedStart } from "../../../evidence/start-failure.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The script does not name its interpreter",
  summary: "The file has no first line such as `#!/usr/bin/env python3` and is not a compiled program.",
  explanation:
    "A server asks the system to start the file. The system can start two kinds of files: compiled programs, and text whose first two bytes are `#!`, followed by the path of the interpreter (the “shebang” line). This file is neither (“Exec format error”). A blank line or a space before `#!` is enough to hide it.\n\nIn a terminal the same script may run, because a shell runs a file as a shell script when the system refuses it. Servers do not.",
  reference: "RFC 3875 §3.4",
  logged: startFailedLogged("ENOEXEC"),
  fixes: ["set-shebang"],
  on: "failures",
  check: (facts) => {
    const refused = refusedStart(facts);
    if (refused?.errno !== "ENOEXEC") return null;
    const { source, shebang, program } = refused.file;
    if (shebang !== null || program !== null || source.startsWith("\xef\xbb\xbf")) return null;
    if (isDataAmongScripts(refused)) return null;
    const hidden = /^\s+#!/.test(source)
      ? " It contains `#!` further down, but these must be its first two bytes."
      : "";
    return {
      detail: `The file is not a compiled program and does not begin with \`#!\` and an interpreter.${hidden} Add a first line such as \`#!/usr/bin/env python3\`.`,
      line: 1,
      evidence: [refused.evidence, fileEvidence(refused.file, 1)],
    };
  },
};
