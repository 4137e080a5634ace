// Neither a program nor a script that says what runs it.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { fileAt, refusedStart } from "../../../evidence/start-failure.js";

const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "The script does not say which program runs it",
  summary: "The file has no first line such as #!/usr/bin/env python3, and is no program itself.",
  explanation:
    'A server hands the file to the system to be started. The system knows two kinds of files that it can start: programs made by a compiler, and text whose first two bytes are #! followed by the program that reads the rest, the "shebang" line. This file is neither ("Exec format error"). An empty line or a space before #! is enough to hide it.\n\nIn a terminal the same script may run, because shells try a file as a shell script when the system refuses it; servers do not.',
  reference: "RFC 3875 §3.4",
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: (8)Exec format error: exec of 'S' failed",
      answers: "500 Internal Server Error",
    },
    { server: "lighttpd", message: "S: Exec format error", answers: "500 Internal Server Error" },
    { server: "fcgiwrap", message: "Cannot execute script (S)", answers: "502 Bad Gateway" },
  ],
  fixes: ["set-shebang"],
};

export const rule: DeferredRule = {
  id: "no-shebang",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const refused = refusedStart(subject);
    if (refused?.errno !== "ENOEXEC") return null;
    const { source, shebang, program } = refused.file;
    if (shebang !== null || program !== null || source.startsWith("\xef\xbb\xbf")) return null;
    const hidden = /^\s+#!/.test(source)
      ? " There is a #! further down, but it must be the very first thing in the file."
      : "";
    return {
      detail: `It is neither a program nor does it begin with #! and an interpreter.${hidden} Begin it with a line such as "#!/usr/bin/env python3".`,
      line: 1,
      evidence: [refused.evidence, fileAt(refused.file, 1)],
    };
  },
};
