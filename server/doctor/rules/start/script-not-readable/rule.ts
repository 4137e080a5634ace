// The system starts the script, and its interpreter may not read it.
import { onlyStderrLogged } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { endOf } from "../../../evidence/error-tail.js";
import { endedByError } from "../../../evidence/process.js";
import { modeEvidence } from "../../../evidence/start-failure.js";
import { stderrMatch } from "../../../evidence/stderr.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The script's interpreter may not read the script",
  summary: "The script has an execute bit, but the server's user may not read it.",
  explanation:
    "To start a script the system needs its execute bit alone. But then the interpreter opens the same file and reads it, and for that the server's user needs the read bit. A compiled program runs without it.",
  logged: onlyStderrLogged,
  on: "failures",
  explains: "errors",
  check: (facts) => {
    const { file } = facts;
    if (file === null || file.source !== "" || file.sizeBytes === 0 || !endedByError(facts)) return null;
    const own = endOf(facts)?.own ?? "(?!)";
    const said = `${own}["']?: (?:\\[Errno 13\\] )?[Pp]ermission denied|[Pp]ermission denied -- ${own}`;
    const denied = stderrMatch(facts, new RegExp(said));
    if (denied === null) return null;
    return {
      detail: `The execute bit of ${file.path} lets the system start it. Its interpreter must read it, too: \`chmod +r\`.`,
      ...denied.location,
      line: null,
      evidence: [modeEvidence(file)],
    };
  },
};
