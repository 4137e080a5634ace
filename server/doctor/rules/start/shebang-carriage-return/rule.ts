// The shebang line ends in CRLF: the kernel looks for a program whose name ends in a carriage return.
import { toDisplayText } from "../../../../base/decode-text.js";
import { routeMessage } from "../../../../routing/messages.js";
import { sh, startFailedLogged, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { fileEvidence, refusedStart } from "../../../evidence/start-failure.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The first line ends in a carriage return, so the interpreter is not found",
  summary:
    "The script has Windows line endings, and the system takes the carriage return as part of the interpreter's name.",
  explanation:
    "A text file marks the end of each line. Windows uses two bytes, carriage return and line feed (CRLF). Linux and macOS use the line feed alone (LF). When a script begins with `#!`, the system reads everything up to the line feed as the name of the interpreter. With Windows line endings that name ends in an invisible carriage return, and no such program exists.\n\nThis is why servers report a missing file although the script exists. Save the file with LF line endings. Every editor can do this, and version control tools can be configured to.",
  reference: "RFC 3875 §3.4",
  logged: [
    ...startFailedLogged("ENOENT"),
    unproved(sh.says("/usr/bin/env: ‘python3\\r’: No such file or directory", null)),
    unproved(sh.says("python3^M: bad interpreter: No such file or directory", null)),
  ],
  fixes: ["use-line-feeds"],
  on: "failures",
  withoutScript: true,
  check: (facts) => {
    const { cause, file, process, route } = facts;
    // In a mode with an agent the server reads the first line, and starts nothing.
    if (route.file !== null && cause !== null && routeMessage.is(cause, "first-line-carriage-return"))
      return {
        detail: cause.text,
        line: 1,
        evidence: [{ kind: "file", path: toDisplayText(route.file), line: 1 }],
      };
    const shebang = file?.shebang;
    if (!file || !shebang?.carriageReturn) return null;
    const refused = refusedStart(facts);
    // `env` starts, and reports that it cannot find "python3\r".
    const byEnv = process?.exitCode === 127 && shebang.searchedFor !== null && (facts.stdout?.bytes ?? 0) === 0;
    if (refused?.errno !== "ENOENT" && !byEnv) return null;
    const name = shebang.searchedFor ?? shebang.program;
    return {
      detail: `The script has Windows line endings. The system reads everything between \`#!\` and the line feed as the interpreter's name, and there is no program named “${name.replace("\r", "")}\\r”. Save the file with LF line endings.`,
      line: 1,
      evidence: [...(refused ? [refused.evidence] : []), fileEvidence(file, 1)],
    };
  },
};
