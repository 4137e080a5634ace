// The shebang line ends in CR LF: the system looks for a program whose name ends in a carriage return.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { fileAt, refusedStart } from "../../../evidence/start-failure.js";

const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "The first line ends in a carriage return, so the interpreter is not found",
  summary:
    "The script was saved with the line ends of Windows, and the system takes the carriage return for a part of the interpreter's name.",
  explanation:
    "A text file marks the end of each line. Windows uses two bytes for that, carriage return and line feed; Linux and macOS use the line feed alone. When a script begins with #!, the system reads everything up to the line feed as the name of the program that is to run it. With the line ends of Windows that name ends in an invisible carriage return, and there is no such program.\n\nThat is why servers complain of a missing file although the script is there. Save the file with LF line ends; every editor can, and most version control tools can be told to.",
  reference: "RFC 3875 §3.4",
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: (2)No such file or directory: exec of 'S' failed",
      answers: "500 Internal Server Error",
    },
    { server: "lighttpd", message: "S: No such file or directory", answers: "500 Internal Server Error" },
    { server: "fcgiwrap", message: "Cannot execute script (S)", answers: "502 Bad Gateway" },
    { server: "sh", message: "/usr/bin/env: ‘python3\\r’: No such file or directory", answers: null, unproved: true },
    { server: "sh", message: "python3^M: bad interpreter: No such file or directory", answers: null, unproved: true },
  ],
  fixes: ["use-line-feeds"],
};

export const rule: DeferredRule = {
  id: "shebang-carriage-return",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const { file, process } = subject;
    const shebang = file?.shebang;
    if (!file || !shebang?.carriageReturn) return null;
    const refused = refusedStart(subject);
    // env itself starts, and then says that it cannot find "python3\r".
    const byEnv = process?.exitCode === 127 && shebang.lookedFor !== null && (subject.stdout?.bytes ?? 0) === 0;
    if (refused?.errno !== "ENOENT" && !byEnv) return null;
    const name = shebang.lookedFor ?? shebang.program;
    return {
      detail: `The script was saved with Windows line ends. The system takes everything after #! up to the line feed as the program's name, and there is no program named "${name.replace("\r", "")}\\r". Save the file with LF line ends.`,
      line: 1,
      evidence: [...(refused ? [refused.evidence] : []), fileAt(file, 1)],
    };
  },
};
