// The program named after #! is not there.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { fileAt, refusedStart } from "../../../evidence/start-failure.js";

const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "The program that should run the script does not exist",
  summary: "The first line names an interpreter that is not installed at that place.",
  explanation:
    'The first line of a script, #! and a path, names the program that is to run it: its interpreter. Here nothing is at that path. Either the interpreter is not installed, or it lies elsewhere: /usr/local/bin/python3 on one machine is /usr/bin/python3 on another.\n\nServers log "No such file or directory" with the name of the script, which is there; the missing file is the interpreter. Correct the path, or write "#!/usr/bin/env python3": env looks the name up along the PATH that the server gives, which may be shorter than the PATH of your login.',
  reference: "RFC 3875 §3.4",
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: (2)No such file or directory: exec of 'S' failed",
      answers: "500 Internal Server Error",
    },
    { server: "lighttpd", message: "S: No such file or directory", answers: "500 Internal Server Error" },
    { server: "fcgiwrap", message: "Cannot execute script (S)", answers: "502 Bad Gateway" },
    { server: "sh", message: "/usr/bin/env: ‘python9’: No such file or directory", answers: null, unproved: true },
  ],
  fixes: ["set-shebang"],
};

export const rule: DeferredRule = {
  id: "interpreter-missing",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const { file, process } = subject;
    const shebang = file?.shebang;
    if (!file || !shebang || shebang.carriageReturn || shebang.found !== null) return null;
    const refused = refusedStart(subject);
    if (refused?.errno === "ENOENT" && shebang.state === "absent")
      return {
        title: `The interpreter ${shebang.program} does not exist`,
        detail: `The script's first line asks for ${shebang.program}, and nothing is there. Correct the path, or write "#!/usr/bin/env NAME" to have NAME looked up on PATH.`,
        line: 1,
        evidence: [refused.evidence, { kind: "mode", path: shebang.program, mode: null }, fileAt(file, 1)],
      };
    if (process?.exitCode !== 127 || shebang.lookedFor === null) return null;
    const path = subject.env?.find(({ name }) => name === "PATH")?.value ?? null;
    return {
      title: `There is no ${shebang.lookedFor} on the PATH that scripts get`,
      detail: `The script's first line has env look for ${shebang.lookedFor}, and none of the folders of PATH holds it. Install it, or write its whole path after #!.`,
      line: 1,
      evidence: [{ kind: "variable", name: "PATH", value: path }, fileAt(file, 1)],
    };
  },
};
